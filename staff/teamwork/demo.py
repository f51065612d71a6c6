"""A year of requests in the demo: to departments and to logistics, most delivered in time and rated, some declined, the newest under way."""
import datetime
from collections import Counter
from pathlib import Path

import yaml
from django.db import connection
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from config.contributions.demo import register
from config.numbers import services as numbers
from staff.duties import states as duty_states
from staff.duties.models import Duty, ScheduleMark
from staff.organisation.models import Posting
from staff.teamwork import queries, services, states
from staff.teamwork.models import RequestPart, WorkRequest
from staff.teamwork.workplans import demo as workplans

FILE = Path(__file__).with_name("data") / "requests.yaml"
DAY = datetime.timedelta(days=1)
DAYS_AGO = (*range(330, 20, -9), 14, 9, 6, 4, 2, 1, 0)
UNANSWERED = 6  # days ago that one was sent which nobody has answered


def load(world):
    """The requests of the year with their parts and duties."""
    texts = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    places = {row.employee_id: row for row in Posting.objects.on(world.today).select_related("department", "hall")}
    rows = [made(world, texts[n % len(texts)], places, ago, n) for n, ago in enumerate(DAYS_AGO)]
    rows = numbered(rows)
    bulk_create_with_history(rows, WorkRequest, default_change_reason="demo data")
    divided = [RequestPart(request=row, employee=world.people[part["who"]], what=part["what"], done_at=row.delivered_at)
               for row in rows for part in row.facts.get("parts", ()) if row.owner_id]
    bulk_create_with_history(divided, RequestPart, default_change_reason="demo data")
    Duty.objects.bulk_create([duty for row in rows for duty in duties_of(row)])
    ScheduleMark.objects.bulk_create(ScheduleMark(key=key, through=world.now) for key in (services.ANSWER, services.WORK))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE staff_workrequest")


def numbered(rows):
    """Give the requests their numbers, in the order in which they were sent."""
    for year, count in Counter(row.sent_at.year for row in rows).items():
        given = iter(numbers.take(services.SERIES, year, count))
        for row in rows:
            if row.sent_at.year == year:
                row.number = next(given)
    return rows


def made(world, facts, places, ago, n):
    """One request, as far as it has come by now."""
    random, asking = world.random, world.people[facts["by"]]
    day = world.today - ago * DAY
    at = min(timezone.make_aware(datetime.datetime.combine(day, datetime.time(9 + n % 6, random.randint(0, 59)))), world.now)
    hall = world.halls[facts["hall"]] if "hall" in facts else None
    department = hall.department if hall else world.departments[facts["to"]]
    needed = day + random.choice((2, 3, 4, 5)) * DAY
    row = WorkRequest(kind=facts["kind"], title=facts["title"], need=facts["need"], asked_by=asking, from_department=places[asking.pk].department,
                      from_hall=places[asking.pk].hall, to_department=department, to_hall=hall, needed_by=needed, sent_at=at,
                      due_at=services.end_of(needed, hall))
    row._history_date, row.facts = at, facts
    if ago != UNANSWERED:
        live(world, row, world.people[facts["owner"]], n)
    return row


def live(world, row, owner, n):
    """Let it go its way: answered within hours, one in twelve declined, delivered by its day or a little late, rated a day after."""
    random, answered = world.random, row.sent_at + datetime.timedelta(hours=world.random.randint(2, 20))
    if answered > world.now:
        return
    row.answered_by, row.answered_at, row.state = owner, answered, states.ACCEPTED
    if n % 12 == 7:
        row.state, row.answer = states.DECLINED, row.facts.get("no", "本周人手已排满，下周可以安排。")
        return
    row.owner, row.state = owner, states.IN_WORK
    delivered = row.sent_at + (row.due_at - row.sent_at) * random.choice((.4, .6, .8, .95, .95, 1.2))
    if delivered > world.now:
        return
    row.state, row.result, row.delivered_at = states.DELIVERED, row.facts["result"], max(delivered, answered)
    rated = row.delivered_at + DAY * random.choice((.2, .8, 1.5))
    if rated < world.now:
        row.state, row.score, row.rated_at = states.RATED, random.choice((3, 4, 4, 5, 5, 5)), rated
        row.comment = random.choice(("及时周到", "结果可用", "沟通顺畅", ""))
        if rated + DAY < world.now:
            row.state, row.closed_at = states.CLOSED, rated + DAY


def duties_of(row):
    """The duties of a request as they stand: its answer, and the work of the one responsible."""
    answer = services.duty_of(row, services.ANSWER, **(queries.answerer(row, row.sent_at.date()) or {"employee_id": row.asked_by_id}))
    yield over(answer, row.answered_at, row.answered_by)
    if row.owner_id:
        yield over(services.duty_of(row, services.WORK, employee_id=row.owner_id), row.delivered_at, row.owner)


def over(duty, at, who):
    """A duty that was done at a moment, or stays open without one."""
    if at:
        duty.state, duty.done_at, duty.done_by_id = duty_states.DONE if at <= duty.due_at else duty_states.LATE, at, who.user_id
    return duty


def append(world, first_day, last_day):
    """Nobody asks by themselves; the clock only goes on."""
    ScheduleMark.objects.filter(key__in=[services.ANSWER, services.WORK]).update(through=world.now)


def append_plans(world, first_day, last_day):
    """The plans that the missing days bring."""
    workplans.append(world)


register(key="requests", order=63, load=load, append=append)
register(key="work-plans", order=64, load=workplans.load, append=append_plans)
