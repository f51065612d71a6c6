"""The clock of a complaint: first answer, next report, solution, worked out anew from the facts in the hall's working time (CMP-05, CMP-06, CMP-15;
FIELD 2.3 rows 7 to 11). Pauses do not count; extensions add working days; a limit that a changed calendar moves keeps both values."""
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from complaints.handling import states
from complaints.handling.facts import ComplaintDeadline, ComplaintEntry, ComplaintExtension
from complaints.handling.models import Complaint, Kind, Severity
from config.accounts import trace
from config.accounts.actor import Actor
from staff.regulation import calendar as calendars
from staff.regulation import values
from staff.regulation.working_time import NoWorkingTime, after, after_days, between

ACK, UPDATE, SOLVE = LIMITS = ("ack", "update", "solve")
FIELDS = ("ack_due_at", "update_due_at", "solve_due_at", "next_due_at", "paused")
NAMES = {ACK: _("first answer"), UPDATE: _("next report"), SOLVE: _("solution")}
AMBER = timedelta(hours=4)  # of working time before a limit: from then on it is shown as near, as the look study draws it
SEVERITIES = (Severity.MINOR, Severity.NORMAL, Severity.GRAVE)  # in the order of complaint_resolution_days


@dataclass(frozen=True)
class Limit:
    """One limit as it is shown: `left` working time until `due_at`, negative for how late it is; None while the clock rests."""

    key: str
    label: str
    due_at: object
    left: timedelta | None
    tone: str  # ok, soon, late, paused

    @property
    def is_late(self):
        """Whether it has passed."""
        return self.tone == "late"


def promise_days(severity, day, hall):
    """Working days until the solution, by severity (complaint_resolution_days)."""
    return values.value("complaint_resolution_days", day, hall)[SEVERITIES.index(severity)]


def usual_promise(severity, hall, now, calendar=None):
    """By when a complaint of this severity is solved as the regulation promises it: the end of a working day; calendar days where the hall
    never works."""
    calendar = calendar or calendars.of(hall)
    return in_days(calendar, now, promise_days(severity, calendar.day_of(now), hall))


def in_days(calendar, start, count, rests=()):
    """The end of the `count`-th working day after `start`, moved on by as much working time as was paused since."""
    try:
        moment = after_days(calendar, start, count)
        paused = sum((between(calendar, begins, ends) for begins, ends in rests if ends), timedelta())
        return after(calendar, moment, paused) if paused else moment
    except NoWorkingTime:
        return start + timedelta(days=count)


def in_hours(calendar, start, hours, rests=()):
    """`hours` of working time after `start`; None while a pause runs before that."""
    try:
        return after(calendar, start, timedelta(hours=float(hours)), rests)
    except NoWorkingTime:
        return start + timedelta(hours=float(hours))


def work_out(row, calendar=None):
    """Work out the limits of a complaint from its facts and set them on the row (not saved): `ack_due_at` until it is acknowledged,
    `update_due_at` while it is in hand, `solve_due_at` always, `next_due_at` the nearest that still asks for something."""
    calendar = calendar or calendars.of(row.hall)
    rests = list(row.pauses.values_list("began_at", "ended_at")) if row.pk else []
    row.paused = any(until is None for _since, until in rests)
    row.ack_due_at = ack_due(row, calendar, rests)
    row.solve_due_at = solve_due(row, calendar, rests)
    row.update_due_at = update_due(row, calendar, rests)
    running = [due for due in (row.ack_due_at if row.state == states.REGISTERED else None, row.update_due_at,
                               row.solve_due_at if row.state in states.RUNNING else None) if due]
    row.next_due_at = min(running, default=None) if row.state in states.OPEN and not row.paused else None


def ack_due(row, calendar, rests):
    """When the first answer is due: `complaint_ack_hours` of working time after it was registered."""
    return in_hours(calendar, row.registered_at, values.value("complaint_ack_hours", calendar.day_of(row.registered_at), row.hall),
                    [one for one in rests if row.acknowledged_at is None or one[0] < row.acknowledged_at])


def solve_due(row, calendar, rests):
    """When the solution is due: what was promised, with the extensions granted in this turn; a new turn has a new clock."""
    base, start = row.promised_until, row.turn_began_at
    if row.turn > 1 or base is None:
        base = usual_promise(row.severity, row.hall, start, calendar)
    more = sum(row.extensions.filter(outcome=ComplaintExtension.Outcome.GRANTED, asked_at__gte=start).values_list("days", flat=True)) if row.pk else 0
    mine = [(max(since, start), until) for since, until in rests if until and until > start]
    paused = sum((between(calendar, since, until) for since, until in mine), timedelta())
    try:
        base = after_days(calendar, base, more) if more else base
        return after(calendar, base, paused) if paused else base
    except NoWorkingTime:
        return base + timedelta(days=more)


def update_due(row, calendar, rests):
    """When the customer is to be told how it stands: `complaint_update_days` working days after they were last told; not for the lighter path,
    nor before it is acknowledged, nor for who left no way to be reached."""
    if row.kind != Kind.COMPLAINT or row.state not in states.OPEN or row.acknowledged_at is None or row.is_anonymous:
        return None
    since = max(row.reported_at or row.acknowledged_at, row.turn_began_at)
    days = values.value("complaint_update_days", calendar.day_of(since), row.hall)
    return in_days(calendar, since, days, [(max(begins, since), ends) for begins, ends in rests if ends and ends > since])


def refresh(row, now=None):
    """Work the clock out anew and save it."""
    work_out(row)
    Complaint.objects.filter(pk=row.pk).update(**{name: getattr(row, name) for name in FIELDS})
    return row


@transaction.atomic
def recompute(hall, *, reason, now):
    """A calendar or a limit changed: the open complaints of the hall get their limits anew, and where one moved both values are kept (FIELD 2.3 row
    11). Returns how many moved."""
    calendar, moved = calendars.of(hall), 0
    rows = list(Complaint.objects.select_for_update(of=("self",), no_key=True).select_related("hall").filter(hall=hall, state__in=states.OPEN).order_by("pk"))
    for row in rows:
        was = {limit: getattr(row, f"{limit}_due_at") for limit in LIMITS}
        work_out(row, calendar)
        changed = [ComplaintDeadline(complaint=row, limit=limit, was=was[limit], became=getattr(row, f"{limit}_due_at"), reason=reason[:100], at=now)
                   for limit in LIMITS if was[limit] and getattr(row, f"{limit}_due_at") and was[limit] != getattr(row, f"{limit}_due_at")]
        if changed:
            ComplaintDeadline.objects.bulk_create(changed)
            trace.save(Actor.system("complaint-clock"), row, *FIELDS, act="limits moved", reason=reason)
            moved += 1
    return moved


def clocks_of(row, now, calendar=None):
    """The Limits that run now, the nearest first."""
    if row.state not in states.OPEN:
        return []
    calendar = calendar or calendars.of(row.hall)
    asked = [(ACK, row.ack_due_at if row.state == states.REGISTERED else None), (UPDATE, row.update_due_at),
             (SOLVE, row.solve_due_at if row.state in states.RUNNING else None)]
    return sorted((limit_of(key, due, row, now, calendar) for key, due in asked if due), key=lambda one: one.due_at)


def limit_of(key, due, row, now, calendar):
    """How one limit stands at `now`."""
    if row.paused:
        return Limit(key, str(NAMES[key]), due, None, "paused")
    left = between(calendar, now, due) if now <= due else -between(calendar, due, now)
    return Limit(key, str(NAMES[key]), due, left, tone_of(due, left, now))


def tone_of(due, left, now):
    """late once it has passed, soon within the last hours of working time, else ok."""
    if due < now:
        return "late"
    return "soon" if left <= AMBER else "ok"


def last_told(row):
    """When the customer was last told something, by any way; None for never."""
    return row.entries.filter(kind__in=[ComplaintEntry.Kind.TOLD, ComplaintEntry.Kind.PUBLISHED]).order_by("-at").values_list("at", flat=True).first()
