"""When the planning of a month or a year opens, and by when the plan is there (SCH-40)."""
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from config.web.periods import YEAR, Period
from staff.regulation import values

BEGINS = time(6)  # by the hall's own clock
ANNUAL_OPENS = (12, 1)  # the year is planned from 1 December on


def zone_of(hall):
    """The clock of a hall, or of the house."""
    return ZoneInfo(hall.timezone if hall else settings.TIME_ZONE)


def month_before(period):
    """The first day of the month before a period."""
    return (period.first - timedelta(days=1)).replace(day=1)


def opens(period, hall):
    """When the planning of a period opens: on `planning_open_day` of the month before; of a year on 1 December."""
    first = month_before(period)
    day = 1 if period.kind == YEAR else values.value("planning_open_day", first, hall)
    return datetime.combine(first.replace(day=day), BEGINS, zone_of(hall))


def due(period, hall):
    """By when the plan of a period is to be there: the end of `monthly_plan_due_day` of the month before."""
    first = month_before(period)
    day = first.replace(day=values.value("monthly_plan_due_day", first, hall))
    return datetime.combine(day + timedelta(days=1), time(), zone_of(hall))


def planned_between(since, until):
    """The months and years whose planning may open between two days: of each month the next one, of December the next year too."""
    found, first = [], date(since.year, since.month, 1)
    while first <= until:
        following = Period.of("month", first).next()
        found.append(following)
        if first.month == ANNUAL_OPENS[0]:
            found.append(Period.of(YEAR, following.first))
        first = following.first
    return found
