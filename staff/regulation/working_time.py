"""The working-time clock: one pure rule for every limit that runs in working time (GEN-21).

A Calendar says when a hall works: the intervals of each weekday, and the days that are unlike their weekday (holidays, moved working days,
exceptions of the hall). Moments are aware; spans are elapsed time, also over a change to summer time. Nothing is counted along: a limit is
worked out anew from the facts, so that it can be worked out again when a calendar changes.
"""
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
NOTHING = timedelta(0)
FARTHEST = 3 * 366  # days in which a limit has to come; a hall that works so little sets no limits


class NoWorkingTime(Exception):
    """The hall never works long enough for the limit to come."""


@dataclass(frozen=True)
class Calendar:
    """When a hall works.

    `week`: for each weekday from Monday its intervals, (opens, closes) in minutes of the day, in order, 1440 being midnight at its end.
    `special`: {day: intervals} of the days unlike their weekday; none for a closed one.
    `later`: ((first day, week), …) in order, of the weeks that hold from a day on.
    """

    zone: str
    week: tuple
    special: Mapping = field(default_factory=dict)
    later: tuple = ()
    known: dict = field(default_factory=dict, init=False, repr=False, compare=False)  # the moments of the days that were asked for

    def week_on(self, day):
        """The week that holds on that day."""
        return week_on(self.week, self.later, day)

    def spans(self, day):
        """((opens, closes), …) of a day, in minutes of it."""
        return self.special[day] if day in self.special else self.week_on(day)[day.weekday()]

    def intervals(self, day):
        """[(start, end)] of a day, as moments in UTC."""
        if day not in self.known:
            self.known[day] = [(self._moment(day, opens), self._moment(day, closes)) for opens, closes in self.spans(day)]
        return self.known[day]

    def works_on(self, day):
        """Whether the hall works at all on that day."""
        return bool(self.spans(day))

    def day_of(self, moment):
        """The day it is in the hall."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def _moment(self, day, minutes):
        day, minutes = (day + DAY, 0) if minutes == 1440 else (day, minutes)
        return datetime.combine(day, time(minutes // 60, minutes % 60), ZoneInfo(self.zone)).astimezone(UTC)


def week_on(week, later, day):
    """The last of the weeks that begins by that day."""
    return next((other for begins, other in reversed(later) if begins <= day), week)


def special_days(week, *, holidays=(), moved=(), exceptions=None, later=()):
    """What `Calendar.special` is made of: closed on holidays; on moved working days the hours of the weekday, or of the first day of the week
    that has any where the hall is closed on that weekday. What the hall itself says of a day (`exceptions`) stands above both."""
    worked = {day: moved_hours(week_on(week, later, day), day) for day in moved}
    return dict.fromkeys(holidays, ()) | worked | dict(exceptions or {})


def moved_hours(week, day):
    """The hours of a moved working day."""
    return week[day.weekday()] or next((spans for spans in week if spans), ())


def between(calendar, start, end, pauses=()):
    """The working time from `start` to `end` without the pauses, as a timedelta; none where `end` lies before `start`.

    `pauses` are (from, until) with `until` None for one that still runs; they may overlap.
    """
    spent, day, last = NOTHING, calendar.day_of(start), calendar.day_of(end)
    rests = merged(pauses, end)
    while day <= last:
        for opens, closes in calendar.intervals(day):
            opens, closes = max(opens, start), min(closes, end)
            if opens < closes:
                spent += closes - opens - rest_within(rests, opens, closes)
        day += DAY
    return spent


def after(calendar, start, span, pauses=()):
    """The moment at which `span` of working time has passed since `start`, pauses not counted; None while a pause still runs before that.

    A span of nothing is over at `start` itself if the hall works then, else when it next does. Raises NoWorkingTime.
    """
    rests, left, day = merged(pauses, None), span, calendar.day_of(start)
    for _ in range(FARTHEST):
        for opens, closes in calendar.intervals(day):
            for begins, ends in free(rests, max(opens, start), closes):
                if ends - begins >= left and (left or ends > begins):
                    return begins + left
                left -= ends - begins
            if rests and rests[-1][1] is None and closes > rests[-1][0]:
                return None
        day += DAY
    raise NoWorkingTime


def after_days(calendar, start, count):
    """The end of the `count`-th working day after the one of `start`; a start outside working hours belongs to the next working day."""
    day, found = calendar.day_of(start), -1
    for _ in range(FARTHEST):
        ends = [closes for _opens, closes in calendar.intervals(day) if closes > start]
        if ends:
            found += 1
            if found == count:
                return ends[-1]
        day += DAY
    raise NoWorkingTime


def merged(pauses, now):
    """The pauses in order and apart: [(from, until)]; one that still runs ends at `now`, or stays open (None) without one."""
    found = []
    for begins, ends in sorted(((begins, ends or now) for begins, ends in pauses), key=lambda one: (one[0], one[1] or datetime.max.replace(tzinfo=UTC))):
        if found and (found[-1][1] is None or begins <= found[-1][1]):
            last = found[-1][1]
            found[-1] = (found[-1][0], None if None in (last, ends) else max(last, ends))
        elif ends is None or ends > begins:
            found.append((begins, ends))
    return found


def rest_within(rests, opens, closes):
    """How much of the interval is pause."""
    return sum((max(NOTHING, min(ends, closes) - max(begins, opens)) for begins, ends in rests), NOTHING)


def free(rests, opens, closes):
    """[(begins, ends)] of what the pauses leave of an interval, in order."""
    edges = [opens]
    for begins, ends in rests:
        if begins < closes and (ends is None or ends > opens):
            edges += [max(begins, opens), closes if ends is None else min(ends, closes)]
    edges.append(closes)
    return [(begins, ends) for begins, ends in list(pairwise(edges))[::2] if begins <= ends and begins < closes]

