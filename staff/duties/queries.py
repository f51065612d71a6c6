"""What is due to whom: My day, what a superior has to know of, what the clock did (GEN-06, GEN-08, GEN-25)."""
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from config.accounts.access import reach
from config.contributions import records, schedules
from config.web.spelling import fits, folded
from staff.duties import states
from staff.duties.models import Duty, ScheduleMark, ScheduleRun
from staff.duties.permissions import Can
from staff.duties.plans import PLANS
from staff.organisation.models import Posting
from staff.organisation.queries import employee_of, people_named

SHOWN = 60  # duties of one person on My day; more are on the list
LIST = "duties"


@dataclass(frozen=True)
class Due:
    """A line of My day: what, where it leads, why it is asked, and how it stands."""

    duty: Duty
    title: str
    address: str
    label: str
    clause: str
    tone: str
    late_minutes: int


def my_day(user, now):
    """What this person can do now and later today, by its due moment, what is late first: at most SHOWN lines, and a statement a kind
    of record. What starts later today stands there too, so that one sees the day."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    rows = list(Duty.objects.for_user(user).filter(state=states.OPEN, starts_at__lt=midnight).select_related("hall").order_by("due_at", "pk")[:SHOWN])
    return told(rows, user, now)


def told(rows, user, now):
    """Duties in words; one about a record that this person may not open is told by its schedule alone, without a link."""
    found = records.resolve([(row.kind, row.record_id) for row in rows if row.kind], user)
    return [line(row, found.get((row.kind, row.record_id)), now) for row in rows]


def line(duty, resolved, now):
    """One duty in words."""
    plan = PLANS.get(duty.schedule)
    label = str(plan.label) if plan else duty.schedule
    address = resolved.address if resolved else reverse(plan.page) if plan and plan.page and not duty.kind else ""
    late = int((now - duty.due_at).total_seconds() // 60)
    tone = "late" if late > 0 else "soon" if late > -60 else "wait"
    return Due(duty, resolved.title if resolved else label, address, label, ", ".join(plan.clauses) if plan else "", tone, max(late, 0))


def to_know_of(user, now):
    """What others have left undone and this person has to know of: told to them by the ladder, or missed and not explained in a hall whose
    people's time they plan. The oldest first."""
    employee, far = employee_of(user), reach(user, Can.EXCUSE)
    if employee is None:
        return []
    missed = Q(state=states.MISSED, reason="") & (Q() if far.everything else Q(hall__in=far.halls))
    rows = Duty.objects.filter(Q(state=states.OPEN, told_to=employee) | (missed if far else Q(pk__in=[]))).exclude(employee=employee)
    return told(list(rows.select_related("hall", "employee").order_by("due_at", "pk")[:SHOWN]), user, now)


def visible_to(user):
    """The duties that this person may list: their own, and those of the people or halls whose time they see."""
    far = reach(user, Can.READ)
    if far.everything:
        return Duty.objects.all()
    return Duty.objects.filter(Duty.objects.condition_for(user) | of_people(far))


def meant(words):
    """The condition that a duty is of a schedule of this name, or of a person of this name."""
    typed, text = folded(words), words.casefold()
    keys = [plan.key for plan in PLANS.all() if typed and (text in str(plan.label).casefold() or fits(typed, [str(plan.label)]) is not None)]
    return Q(schedule__in=keys) | Q(employee__in=people_named(words))


def to_excuse(user):
    """The duties that this person may excuse: those of the people of the teams and halls whose time they plan, and not yet over."""
    far = reach(user, Can.EXCUSE)
    rows = Duty.objects.filter(state__in=[states.OPEN, states.MISSED])
    if far.everything:
        return rows
    return rows.filter(of_people(far))


def of_people(far):
    """The condition that a duty is of a hall or of the people of a team in this reach."""
    members = Posting.objects.on(timezone.localdate()).filter(team_id__in=far.teams).values("employee_id")
    return Q(hall__in=far.halls) | Q(employee__in=members) if far.teams else Q(hall__in=far.halls)


def excusable(pks, user):
    """Those of these duties that this person may excuse; their own are left out."""
    if not reach(user, Can.EXCUSE):
        return set()
    return set(to_excuse(user).filter(pk__in=pks).exclude(employee=employee_of(user)).values_list("pk", flat=True))


def clock():
    """Every schedule of the timetable with what became of it: [{schedule, mark, last, problem, created}], the parked ones first."""
    newest = ScheduleRun.objects.filter(key=OuterRef("key")).order_by("-began_at", "-pk")
    marks = {mark.key: mark for mark in ScheduleMark.objects.annotate(
        created=Subquery(newest.filter(problem="").values("created")[:1]), made_at=Subquery(newest.filter(problem="").values("began_at")[:1]),
        problem=Subquery(newest.values("problem")[:1]),
        left=Subquery(newest.filter(problem__gt="", until=OuterRef("through")).values("problem")[:1]))}
    rows = [{"schedule": one, "mark": marks.get(one.key), "next": next_turn(one.cadence)} for one in schedules.all()]
    return sorted(rows, key=lambda row: (not (row["mark"] and row["mark"].failures), row["schedule"].key))


def next_turn(cadence):
    """When beat comes next to an entry of this cadence."""
    now = timezone.now()
    if isinstance(cadence, int | float):
        return now + timedelta(seconds=cadence)
    return now + cadence.remaining_estimate(now)

