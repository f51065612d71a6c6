"""What complaints show of the regulation's clauses: answered first in time, solved within the promise, the customer asked in time, closed with a cause."""
from datetime import datetime, time, timedelta

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.analysis import scopes
from complaints.handling import states
from complaints.handling.models import Complaint, Kind
from complaints.handling.services.common import KIND
from config.accounts.access import among
from config.contributions.figures import CONTROLS, Control
from config.web.templatetags import hk

ACK, SOLVE = ("complaint_ack_hours",), ("complaint_resolution_days",)


def within(field, period, viewer, capability):
    """The complaints in reach whose moment lies in the period; without those about the viewer."""
    begin, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in (period.first, period.last + timedelta(days=1)))
    rows = scopes.reached(viewer, capability).filter(kind=Kind.COMPLAINT).exclude(state=states.MERGED)
    return rows.filter(**{f"{field}__gte": begin, f"{field}__lt": end})


def acknowledged(period, viewer, capability):
    """Those that were answered first, or should have been by now."""
    return within("ack_due_at", period, viewer, capability).filter(Q(acknowledged_at__isnull=False) | Q(ack_due_at__lt=timezone.now())).exclude(
        acknowledged_at=None, state__in=states.OVER)


def solved(period, viewer, capability):
    """Those that were solved, or should have been by now."""
    rows = within("solve_due_at", period, viewer, capability).exclude(state__in=(states.WITHDRAWN, states.NOT_ACCEPTED, states.UNREACHABLE))
    return rows.filter(Q(implemented_at__isnull=False) | Q(closed_at__isnull=False) | Q(solve_due_at__lt=timezone.now(), paused=False))


def in_promise():
    """Carried out by its moment, or closed by it where nothing had to be carried out."""
    return Q(implemented_at__lte=F("solve_due_at")) | Q(implemented_at=None, closed_at__lte=F("solve_due_at"))


def closed(period, viewer, capability):
    """Those that ended in agreement or without."""
    return within("closed_at", period, viewer, capability).filter(state__in=states.SOLVED)


def tell(done, due):
    """What says when it was done and when it was due."""
    def said(row):
        at, until = getattr(row, done), getattr(row, due)
        facts = {"at": hk.moment(at) if at else "", "due": hk.moment(until)}
        return (gettext("on %(at)s, due %(due)s") if at else gettext("not yet, due %(due)s")) % facts
    return said


def add(key, **facts):
    """One control over complaints."""
    return CONTROLS.add(Control(key=key, kind=KIND, person="handler", **facts))


add("complaints-answered", label=_("Complaints get a first answer in time"), clauses=("S3 §3.5.3", "S0 §4.3.1"), parameters=ACK, stored=ACK, rows=acknowledged,
    kept=lambda: Q(acknowledged_at__lte=F("ack_due_at")), moment="ack_due_at", tells=tell("acknowledged_at", "ack_due_at"),
    definition=_("Every complaint whose first answer was given or due, in working time; one that ended before is left out."))
add("complaints-solved", label=_("Complaints are solved within the promise"), clauses=("S0 §4.1.2", "S0 §4.3.1"), parameters=SOLVE, stored=SOLVE, rows=solved,
    kept=in_promise, moment="solve_due_at", tells=tell("implemented_at", "solve_due_at"),
    definition=_("Every complaint that was solved, or whose solution was due; withdrawn ones and customers who were not reached are left out."))
add("complaints-closed-with-cause", label=_("Complaints are closed with their root cause"), clauses=("S4 §3.6.5", "S0 §4.3.4"), rows=closed,
    kept=lambda: ~Q(cause=""), moment="closed_at", tells=lambda row: row.get_cause_display() or gettext("without a cause"),
    definition=_("Every complaint that was closed, satisfied or not agreed."))
