"""SCH-01: the cleaning round of each hall on each day it opens (FAC-05)."""
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Q

from config import together
from config.accounts import trace
from config.accounts.actor import Actor
from facilities.areas.models import Area
from facilities.cleaning.models import CleaningRound, RoundItem
from facilities.cleaning.services import CLEANERS, DAILY, DAY, KIND, whose
from facilities.cleaning.surfaces import surfaces
from staff.duties import ladder
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.organisation.models import Hall
from staff.regulation import calendar, values

BEGINS = time(5)  # by the hall's own clock


def write_daily(since, until):
    """The rounds that begin after `since` and up to `until`, with their ticks and the duty of logistics; returns how many are new."""
    halls = list(Hall.objects.filter(areas__is_active=True).filter(Q(active_until=None) | Q(active_until__gte=since.date())).distinct().order_by("pk"))
    calendars = calendar.of_halls(halls)
    rounds = [one for hall in halls for one in rounds_of(hall, calendars[hall.pk], since, until)]
    there = set(CleaningRound.objects.filter(hall__in=halls, day__gte=since.date() - DAY).values_list("hall_id", "day"))
    rounds = [one for one in rounds if (one.hall_id, one.day) not in there]
    if not rounds:
        return 0
    actor = Actor.system(DAILY)
    for one in rounds:
        trace.mark(actor, one, act="created")
    together.insert(together.name(rounds))
    areas = list(Area.objects.filter(hall__in=halls, is_active=True))
    together.insert_new([RoundItem(round=one, area=area, code=code) for one in rounds for area in areas if area.hall_id == one.hall_id for code in surfaces()])
    served = ladder.halls_with(CLEANERS, until.date())
    return duties.make([duty_of(one, calendars[one.hall_id], staffed=one.hall_id in served) for one in rounds])


def rounds_of(hall, days, since, until):
    """The rounds of one hall in that time: one each day on which it works, from five in the morning, due by the hour that holds that day."""
    first, zone = days.day_of(since), ZoneInfo(hall.timezone)
    begins = [datetime.combine(first + n * DAY, BEGINS, zone) for n in range((days.day_of(until) - first).days + 1)]
    worked = [one.date() for one in begins if since < one <= until and days.works_on(one.date()) and hall.is_open_on(one.date())]
    hours = values.values_on("daily_cleaning_time", worked, hall) if worked else {}
    return [CleaningRound(hall=hall, day=day, due_at=datetime.combine(day, time.fromisoformat(hours[day]), zone)) for day in worked]


def duty_of(one, days, staffed=True):
    """What logistics of the hall have to do, or its manager where it has none: from five on, by the hour of the regulation, missed when the
    hall closes."""
    begins = datetime.combine(one.day, BEGINS, ZoneInfo(one.hall.timezone))
    closes = days.intervals(one.day)[-1][1]
    return Duty(schedule=DAILY, slot=one.day.isoformat(), kind=KIND, record_id=one.pk, hall=one.hall, **whose(one.hall, staffed), starts_at=begins,
                due_at=max(one.due_at, begins), misses_at=max(closes, one.due_at))
