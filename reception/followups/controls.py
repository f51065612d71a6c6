"""What follow-ups show of the regulation's clauses: customers are called within the days after a purchase and by the calendar."""
from datetime import datetime, time, timedelta

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.contributions.figures import CONTROLS, Control
from config.web.templatetags import hk
from reception.followups.models import FollowUp
from reception.followups.services import KIND
from reception.followups.states import CLOSED

BY = ("followup_after_purchase_days", "return_visit_months")


def judged(period, viewer, capability):
    """The follow-ups in reach due in the period that are recorded, or were due by now."""
    begin, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in (period.first, period.last + timedelta(days=1)))
    rows = FollowUp.objects.visible_to(viewer, capability).filter(due_at__gte=begin, due_at__lt=end).exclude(state=CLOSED, recorded_at=None)
    return rows.filter(Q(recorded_at__isnull=False) | Q(due_at__lt=timezone.now()))


def tell(row):
    """When the talk was recorded and when it was due."""
    due = hk.moment(row.due_at)
    if row.recorded_at:
        return gettext("recorded %(at)s, due %(due)s") % {"at": hk.moment(row.recorded_at), "due": due}
    return gettext("not recorded, due %(due)s") % {"due": due}


CONTROLS.add(Control(
    key="follow-ups", label=_("Follow-ups are made on time"), clauses=("S0 §3.3.4.1", "S0 §3.3.4.2", "S1a §10.1", "S3 §3.5.1", "S4 §3.5.1"),
    parameters=BY, stored=BY, rows=judged, kept=lambda: Q(recorded_at__lte=F("due_at")), person="employee",
    kind=KIND, moment="due_at", tells=tell, definition=_("Every follow-up that was recorded or due; one given up was not made.")))
