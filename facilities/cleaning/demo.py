"""Twelve months of cleaning in the demo's halls with areas: most rounds done on time and checked, some late, a few missed and explained."""
import datetime
from zoneinfo import ZoneInfo

from django.db import connection
from simple_history.utils import bulk_create_with_history

from config.contributions.demo import register
from facilities.cleaning import plans, states
from facilities.cleaning.models import CleaningRound, RoundItem
from facilities.cleaning.surfaces import surfaces
from staff.duties import states as duty_states
from staff.duties.models import Duty, ScheduleMark
from staff.regulation import calendar

WHY = "demo data"
REASONS = ("停水", "人手不足，客流过大", "清洁用品未到货")
TICKS = """
INSERT INTO facilities_rounditem (round_id, area_id, code, ticked_at, ticked_by_id)
SELECT r.id, a.id, c.code, CASE WHEN r.done_by_id IS NOT NULL THEN r.started_at + (r.done_at - r.started_at) * (c.place / %(count)s::float) END, r.done_by_id
FROM facilities_cleaninground r JOIN facilities_area a ON a.hall_id = r.hall_id AND a.is_active
CROSS JOIN unnest(%(codes)s::text[]) WITH ORDINALITY AS c(code, place) WHERE r.id = ANY(%(rounds)s)"""


def load(world):
    """The year."""
    write(world, world.first_day)
    ScheduleMark.objects.create(key=plans.DAILY, through=world.now)


def append(world, first_day, last_day):
    """The clock makes the missing rounds by itself; those of past days are done like the others."""
    write(world, first_day)
    ScheduleMark.objects.filter(key=plans.DAILY).update(through=world.now)


def write(world, first_day):
    """The rounds from `first_day` to today, with ticks and duties; today's stands as far as the hour is."""
    halls = [hall for code, hall in sorted(world.halls.items()) if world.areas.get(code) and cleaners(world, code)]
    days, made = calendar.of_halls(halls), []
    there = set(CleaningRound.objects.filter(day__gte=first_day).values_list("hall_id", "day"))
    for hall in halls:
        begin = datetime.datetime.combine(first_day, datetime.time(), ZoneInfo(hall.timezone))
        found = [one for one in plans.rounds_of(hall, days[hall.pk], begin, world.now) if (hall.pk, one.day) not in there]
        made += [lived(world, one, cleaners(world, hall.code), days[hall.pk]) for one in found]
    rounds = bulk_create_with_history(made, CleaningRound, batch_size=1000, default_change_reason=WHY)
    with connection.cursor() as cursor:
        cursor.execute(TICKS, {"codes": list(surfaces()), "count": len(surfaces()), "rounds": [one.pk for one in rounds]})
    begin_today(world, [one for one in rounds if one.state == states.IN_PROGRESS])
    Duty.objects.bulk_create([duty(one, days[one.hall_id]) for one in rounds], batch_size=1000, ignore_conflicts=True)


def cleaners(world, code):
    """The logistics people of a hall."""
    return [person for person in world.staff.get(code, []) if person.user and person.user.username.startswith("logistics")]


def lived(world, one, people, days):
    """What became of a round: an hour's work before nine mostly, checked by the manager every fourth day."""
    random, person = world.random, people[0]
    closes = days.intervals(one.day)[-1][1]
    one.started_at = one.due_at - datetime.timedelta(minutes=random.randint(35, 75))
    one.done_at = one.started_at + datetime.timedelta(minutes=random.randint(25, 50) if random.random() < .93 else random.randint(80, 120))
    if random.random() < .015 and closes < world.now:
        one.state, one.started_at, one.done_at, one.reason = states.MISSED, None, None, random.choice(REASONS)
    elif one.done_at > world.now:
        one.state = states.IN_PROGRESS if one.started_at < world.now else states.CREATED
        one.started_at, one.done_at = (one.started_at if one.state == states.IN_PROGRESS else None), None
    else:
        one.state, one.done_by = states.DONE, person
        if one.day.toordinal() % 4 == 0 and one.day < world.today and one.hall.manager_id:
            one.state, one.checked_by, one.score = states.CHECKED, one.hall.manager, random.choice((78, 85, 88, 90, 92, 95, 98))
    return one


def begin_today(world, rounds):
    """Of a round that runs, the first areas are ticked."""
    for one in rounds:
        items = list(RoundItem.objects.filter(round=one))
        for place, item in enumerate(items[: len(items) // 3]):
            item.ticked_at = one.started_at + datetime.timedelta(minutes=place)
            item.ticked_by = one.hall.areas.exclude(responsible=None).first().responsible
        RoundItem.objects.bulk_update(items[: len(items) // 3], ["ticked_at", "ticked_by"])


def duty(one, days):
    """The duty of a round as the clock and its people left it."""
    row = plans.duty_of(one, days)
    if one.state == states.MISSED:
        row.state, row.done_at, row.reason = duty_states.MISSED, row.misses_at, one.reason
    elif one.done_at:
        row.state, row.done_at, row.done_by_id = (duty_states.DONE if one.done_at <= row.due_at else duty_states.LATE), one.done_at, one.done_by.user_id
    return row


register(key="cleaning", order=62, load=load, append=append)
