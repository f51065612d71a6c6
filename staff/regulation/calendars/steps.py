"""How a limit in working time comes about, day by day, for whoever asks why it falls then. Pure; counts with the clock itself."""
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from staff.regulation.working_time import NOTHING, after, after_days

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """One day, or several alike on which nothing counts: `why` says what day it is, `spans` are (from, until) as far as they count, `left` is
    what is to come afterwards: a timedelta, or a number of working days. `late`: the hall works on that day, but what counts begins later."""

    first: date
    last: date
    why: str
    spans: tuple = field(default=())
    counted: object = NOTHING
    left: object = NOTHING
    late: bool = False


def of_time(calendar, why, start, span):
    """(due, [Step]) of `span` working time after `start`; `why(day)` says in words what a day is."""
    due, left, found = after(calendar, start, span), span, []
    for day in days(calendar, start, due):
        spans = tuple((max(opens, start), min(closes, due)) for opens, closes in calendar.intervals(day) if max(opens, start) < min(closes, due))
        counted = sum((closes - opens for opens, closes in spans), NOTHING)
        left -= counted
        late = not spans and calendar.works_on(day) and day == calendar.day_of(start)
        found.append(Step(day, day, why(day), spans, counted, left, late))
    return due, joined(found)


def of_days(calendar, why, start, count):
    """(due, [Step]) of `count` working days after `start`: the day of `start` itself is none of them."""
    due, left, found, begun = after_days(calendar, start, count), count, [], False
    for day in days(calendar, start, due):
        spans = tuple((max(opens, start), closes) for opens, closes in calendar.intervals(day) if closes > start)
        counted = 1 if spans and begun else 0
        begun, left = begun or bool(spans), left - counted
        found.append(Step(day, day, why(day), spans, counted, left, not spans and calendar.works_on(day)))
    return due, joined(found)


def days(calendar, start, due):
    """Every day from that of `start` to that of `due`; an end at midnight is of the day before."""
    day, last = calendar.day_of(start), calendar.day_of(max(start, due - timedelta(microseconds=1)))
    while day <= last:
        yield day
        day += DAY


def joined(steps):
    """The same with neighbouring days on which nothing counts for the same reason as one."""
    found = []
    for step in steps:
        before = found[-1] if found else None
        if before and not (before.spans or step.spans or before.late or step.late) and before.why == step.why:
            found[-1] = replace(before, last=step.last)
        else:
            found.append(step)
    return found
