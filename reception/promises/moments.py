"""By when, as people say it: today 17:00, tomorrow noon, Friday, in three working days; by the working calendar of the hall."""
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from staff.regulation.working_time import NoWorkingTime, after_days

TODAY, TOMORROW, FRIDAY, THREE_DAYS, OTHER = "today", "tomorrow", "friday", "days", "other"
AFTERNOON, NOON, DAYS = time(17), time(12), 3
DAY = timedelta(days=1)


def offered(calendar, now):
    """{choice: moment} of what may be promised at `now`: only moments ahead in which the hall works, each moment once."""
    today = calendar.day_of(now)
    found = {TODAY: on_day(calendar, today, AFTERNOON), TOMORROW: on_day(calendar, today + DAY, NOON),
             FRIDAY: end_of(calendar, today + ((4 - today.weekday()) % 7) * DAY), THREE_DAYS: in_days(calendar, now)}
    ahead = {}
    for choice, moment in found.items():
        if moment and moment > now and moment not in ahead.values():
            ahead[choice] = moment
    return ahead


def on_day(calendar, day, clock):
    """That time of the day, or when the hall closes if it closes earlier; None on a day on which it does not work, or opens only later."""
    wanted, spans = datetime.combine(day, clock, ZoneInfo(calendar.zone)), calendar.intervals(day)
    ends = [min(closes, wanted) for opens, closes in spans if opens < wanted]
    return ends[-1] if ends else None


def end_of(calendar, day):
    """When the hall closes on the day; None where it does not work then."""
    spans = calendar.intervals(day)
    return spans[-1][1] if spans else None


def in_days(calendar, now):
    """The end of the third working day from now; None for a hall that never works."""
    try:
        return after_days(calendar, now, DAYS)
    except NoWorkingTime:
        return None
