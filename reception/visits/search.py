"""Visits in the command bar and among the results: by number, by ticket, by what finds the customer; appointments by who is expected."""
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.contributions.search import register
from config.web.templatetags.hk import moment
from reception.visits import queries
from reception.visits.permissions import Can
from reception.visits.queue_models import Appointment


def find(user, words, limit):
    """The newest visits in reach that the words may mean."""
    rows = queries.narrowed(queries.visits_for_list(user), user, words).order_by("-arrived_at", "-pk")[:limit]
    return [{"label": f"{visit.number} {visit.shown_name}".strip(), "detail": f"{visit.hall} · {visit.purpose}", "url": reverse("visit", args=[visit.pk]),
             "icon": "footprints"} for visit in rows]


def find_appointments(user, words, limit):
    """The appointments in reach with this visitor, the last first."""
    rows = queries.expected(Appointment.objects.visible_to(user).select_related("hall", "customer", "purpose"), words).order_by("-at", "-pk")[:limit]
    return [{"label": row.shown_name or _("unnamed visitor"), "detail": f"{moment(row.at)} · {row.hall} · {row.purpose}",
             "url": reverse("appointment", args=[row.pk]), "icon": "calendar"} for row in rows]


register(key="visits", label=gettext_lazy("Visits"), find=find, order=30, capability=Can.READ, page="visits", shortest=2)
register(key="appointments", label=gettext_lazy("Appointments"), find=find_appointments, order=31, capability=Can.READ, page="appointments", shortest=2)
