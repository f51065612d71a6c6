"""What a visit counts as, said in the database: its day and hour by its hall's own clock, its times against the targets of that day.

The list of visits filters by these, and the figures count by them: therefore a figure and the list it opens are the same visits.
"""
from datetime import datetime, time, timedelta

from django.db.models import (
    Case,
    DateField,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Cast, Extract, Floor, Greatest
from django.utils import timezone

from config.web.periods import Period
from reception.visits import states
from staff.organisation.models import Posting
from staff.regulation import values

GREET_TARGET, WAIT_TARGET = "greeting_target_seconds", "visit_wait_target_minutes"
NEAR = timedelta(days=2)  # no two zones of the earth are farther apart
LOCAL = Func(F("hall__timezone"), F("arrived_at"), function="timezone", output_field=DateTimeField())
REAL = Q(assumed=False, imported=False)  # what was measured: neither closed by the day's end nor copied from paper
GREETING = {"measured": REAL & Q(greeted_at__isnull=False), "in_time": Q(greeted_in__lte=F("greet_target")),
            "late": Q(greeted_in__gt=F("greet_target"))}
WAIT = {"measured": REAL & Q(served_at__isnull=False), "within": Q(waited__lte=F("wait_target")), "over": Q(waited__gt=F("wait_target"))}


def seconds_to(moment):
    """Whole seconds from arrival to a moment of the visit, as the pages say them; null before it."""
    took = ExpressionWrapper(F(moment) - F("arrived_at"), output_field=DurationField())
    return Cast(Floor(Greatest(Extract(took, "epoch"), Value(0))), IntegerField())


def target(rows, default, factor):
    """The value of a parameter in each visit's own hall on its own day, times `factor`."""
    whens = [When(Q(local_day__gte=since) if hall is None else Q(hall_id=hall, local_day__gte=since), then=Value(int(value * factor)))
             for hall, since, value in rows]
    return Case(*whens, default=Value(int(default * factor)), output_field=IntegerField())


CLOCK = {"local_day": Cast(LOCAL, DateField()), "local_hour": Cast(Func(LOCAL, template="extract(hour from %(expressions)s)"), IntegerField())}


def judgement():
    """`greeted_in`, `waited` (seconds) and what the targets of the day allow, as expressions; one statement for the targets."""
    known = values.steps(GREET_TARGET, WAIT_TARGET)
    return {"greeted_in": seconds_to("greeted_at"), "waited": seconds_to("served_at"), "greet_target": target(*known[GREET_TARGET], 1),
            "wait_target": target(*known[WAIT_TARGET], 60)}


def by_own_clock(rows):
    """The visits with `local_day` and `local_hour` to filter by."""
    return rows.alias(**CLOCK)


def judged(rows):
    """The visits with their own clock and the judgement, to filter by."""
    return by_own_clock(rows).alias(**judgement())


def in_team(rows, team):
    """The visits whose adviser worked in this team (its id) on the day of the visit."""
    there = Posting.objects.on(OuterRef("local_day")).filter(employee=OuterRef("adviser"), team=team)
    return by_own_clock(rows).filter(Exists(there))


def measured(rows, known=None):
    """The same, to group by and to add up. `known` is a `judgement()` made before."""
    return rows.annotate(**CLOCK).annotate(**(known or judgement()))


def greeting(kind):
    """The condition of a kind of greeting, for `judged` visits: 'measured', 'in_time', 'late'."""
    return GREETING["measured"] & GREETING[kind] if kind else Q()


def wait(kind):
    """The condition of a kind of wait, for `judged` visits: 'measured' (served), 'within', 'over'."""
    return WAIT["measured"] & WAIT[kind] if kind else Q()


UNSERVED = Q(state=states.LEFT)


def on_days(rows, first, last, hall=None):
    """The visits that arrived from day `first` to day `last` (either may be None) by the clock of their hall."""
    return by_own_clock(rows).filter(arrived_within(first, last, hall))


def arrived_within(first, last, hall=None):
    """The condition of these days, for visits with their own clock.

    Of one hall they are two moments; of several the index finds the days around and each hall's own day decides.
    """
    if hall is not None:
        begin = Period.between(first, first).bounds(hall.timezone)[0] if first else None
        end = Period.between(last, last).bounds(hall.timezone)[1] if last else None
        return between(begin, end)
    begin, end = (timezone.make_aware(datetime.combine(day, time.min)) if day else None for day in (first, last))
    days = (Q(local_day__gte=first) if first else Q()) & (Q(local_day__lte=last) if last else Q())
    return between(begin and begin - NEAR, end and end + NEAR) & days


def between(begin, end):
    """The condition of an arrival at `begin` or later and before `end`; None is no border."""
    return (Q(arrived_at__gte=begin) if begin else Q()) & (Q(arrived_at__lt=end) if end else Q())
