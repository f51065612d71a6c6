"""My day: the complaint that is overdue longest, with its owner and its cause, for who looks after complaints (CMP-20)."""
from django.urls import reverse
from django.utils import timezone

from complaints.analysis import figures, scopes
from complaints.analysis.permissions import Can
from complaints.handling.models import Complaint
from config.accounts.access import reach
from config.contributions.panels import register


def oldest(_record, user):
    """The box; None for who looks after nobody's complaints, and while nothing is overdue."""
    far = reach(user, Can.ANALYSE)
    if not (far.everything or far.halls or far.teams):
        return None
    row = figures.oldest_late(Complaint.objects.visible_to(user, Can.ANALYSE), timezone.now())
    if row is None:
        return None
    return {"row": row, "names": scopes.shows_names(far), "may_open": bool(figures.readable(user, [row])), "url": reverse("complaint_dashboard"),
            "late_url": f"{reverse('complaint_figure_records')}?figure=late&hall="}


register(key="oldest-late-complaint", place="my_day", template="complaints/analysis/_oldest.html", context=oldest, order=12)
