"""What complaints tell whoever takes a shift over: those of the giver, and those of the hall that nobody handles yet, what is due first (CMP-07,
FIELD 2.4 row 14)."""
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.handling import states
from complaints.handling.models import Complaint
from complaints.handling.reach import about
from complaints.handling.services.common import KIND
from config.contributions.handovers import register

MOST = 40


def running(hall, giver, now):
    """The open complaints of the giver, and those without a handler; none that is about the giver."""
    rows = Complaint.objects.filter(Q(handler=giver) | Q(handler=None), hall=hall, state__in=states.OPEN)
    rows = rows.exclude(pk__in=about(giver.pk)) if giver else rows
    rows = rows.order_by(F("next_due_at").asc(nulls_last=True), "pk")[:MOST]
    return [{"kind": KIND, "id": row.pk, "since": (row.next_due_at or row.solve_due_at or row.since).isoformat()} for row in rows]


def tell(line):
    """That there is one; whom it is from is read in it, by who may."""
    return _("Complaint, next due")


register(key="complaints", label=gettext_lazy("Open complaints"), find=running, tell=tell, order=14)
