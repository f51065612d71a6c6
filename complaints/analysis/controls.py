"""What complaints show of the regulation's clauses: answered first in time, solved within the promise, the customer asked in time, closed with a cause."""
from datetime import datetime, time, timedelta

from django.db.models import Case, DateTimeField, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.handling import states
from complaints.handling.models import Complaint, Kind
from complaints.handling.services.common import KIND
from complaints.handling.solving import ComplaintRating
from config.contributions.figures import CONTROLS, Control
from config.web.templatetags import hk
from staff.regulation import values

ACK, SOLVE, ASK = ("complaint_ack_hours",), ("complaint_resolution_days",), ("complaint_followup_days",)


def within(field, period, viewer, capability):
    """The complaints in reach whose moment lies in the period; without those about the viewer."""
    begin, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in (period.first, period.last + timedelta(days=1)))
    rows = Complaint.objects.visible_to(viewer, capability).filter(kind=Kind.COMPLAINT).exclude(state=states.MERGED)
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


def asked(period, viewer, capability):
    """Those carried out whose customer was asked, or should have been by now."""
    rows = within("implemented_at", period, viewer, capability).exclude(Q(customer=None, contact_phone="", contact_email=""))
    return rows.annotate(ask_due=ask_due()).filter(Q(satisfaction__isnull=False) | Q(ask_due__lt=timezone.now()))


def ask_due():
    """By when the customer is asked: the days of the regulation in the hall on that day after it was carried out."""
    steps, usual = values.steps(*ASK)[ASK[0]]
    whens = [When(Q(implemented_at__date__gte=since) & (Q() if hall is None else Q(hall_id=hall)), then=Value(timedelta(days=int(days))))
             for hall, since, days in steps]
    days = Case(*whens, default=Value(timedelta(days=int(usual))), output_field=DurationField())
    return ExpressionWrapper(F("implemented_at") + days, output_field=DateTimeField())


def asked_in_time():
    """Rated in this turn by then."""
    return Q(Exists(ComplaintRating.objects.filter(complaint=OuterRef("pk"), turn=OuterRef("turn"), at__lte=OuterRef("ask_due"))))


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
add("complaints-followed-up", label=_("Customers are asked in time how it was handled"), clauses=("S3 §8.2.5", "S0 §4.2.4"), parameters=ASK, rows=asked,
    kept=asked_in_time, moment="implemented_at", tells=lambda row: gettext("%(stars)s of 5") % {"stars": row.satisfaction} if row.satisfaction else "—",
    definition=_("Every complaint that was carried out, of a customer who can be reached: whether they said how satisfied they are within the days that "
                 "the regulation allows."))
add("complaints-closed-with-cause", label=_("Complaints are closed with their root cause"), clauses=("S4 §3.6.5", "S0 §4.3.4"), rows=closed,
    kept=lambda: ~Q(cause=""), moment="closed_at", tells=lambda row: row.get_cause_display() or gettext("without a cause"),
    definition=_("Every complaint that was closed, satisfied or not agreed."))
