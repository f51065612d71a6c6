"""A year of the improvement register and of suggestions: most carried out, re-checked and effective, one reopened, the newest under way."""
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
from staff.improvement import plans, queries, services, states
from staff.improvement.models import Action, Measure
from staff.improvement.suggestions import services as suggestions
from staff.improvement.suggestions import states as suggestion_states
from staff.improvement.suggestions.models import Suggestion

DATA = Path(__file__).with_name("data")
WHY = "demo data"
DAY = datetime.timedelta(days=1)
DAYS_AGO = (*range(340, 60, -13), 46, 44, 34, 29, 20, 12, 9, 6, 4, 2, 1)
NEVER_AGREED = 6  # days ago that one was reported for which no measure is agreed yet
SUGGESTED = (*range(330, 20, -16), 15, 12, 5, 3, 1)
UNANSWERED = 12
MARKS = (*plans.WAITS, suggestions.ANSWER)


def load(world):
    """The items with their measures, the suggestions, and what both ask of people now."""
    facts = yaml.safe_load((DATA / "improvements.yaml").read_text(encoding="utf-8"))
    rows = [made(world, facts[n % len(facts)], ago, n) for n, ago in enumerate(DAYS_AGO)]
    bulk_create_with_history(numbered(rows, services.SERIES, "raised_at"), Action, default_change_reason=WHY)
    bulk_create_with_history([measure(row) for row in rows if row.state not in states.TO_AGREE or row.turn > 1], Measure, default_change_reason=WHY)
    load_suggestions(world)
    Duty.objects.bulk_create([duty for row in rows for duty in duties_of(row)])
    plans.writer(services.EFFECT)(world.now - DAY, world.now)
    ScheduleMark.objects.bulk_create(ScheduleMark(key=key, through=world.now) for key in MARKS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE staff_action, staff_measure, staff_suggestion")


def numbered(rows, series, at):
    """Give the rows their numbers, in their order."""
    for year, count in Counter(getattr(row, at).year for row in rows).items():
        given = iter(numbers.take(series, year, count))
        for row in rows:
            if getattr(row, at).year == year:
                row.number = next(given)
    return rows


def moment(world, day, n):
    """An hour of a working day, never after now."""
    at = timezone.make_aware(datetime.datetime.combine(day, datetime.time(9 + n % 7, world.random.randint(0, 59))))
    return min(at, world.now)


def made(world, facts, ago, n):
    """One item, as far as it has come by now."""
    hall, day = world.halls[facts["hall"]], world.today - ago * DAY
    at = moment(world, day, n)
    row = Action(source=facts["source"], hall=hall, department=hall.department, problem=facts["problem"], raised_by=world.people[facts["by"]], raised_at=at,
                 owner=hall.manager or world.people[facts["owner"]], begins_at=at, due_at=services.within(hall, day))
    row._history_date, row.facts, row.asked = at, facts, []
    if ago != NEVER_AGREED:
        live(world, row, n)
    return row


def live(world, row, n):
    """Let it go its way: agreed in a day or two, done around its day, re-checked, its effect judged after the days of the regulation."""
    random, facts, owner = world.random, row.facts, world.people[row.facts["owner"]]
    agreed = row.raised_at + datetime.timedelta(hours=random.choice((5, 20, 26, 44)))
    if agreed > world.now:
        return
    row.asked.append((services.MEASURE, row.owner, row.raised_at, row.due_at, agreed))
    judge = row.raised_by if row.raised_by_id != owner.pk else queries.on_duty(row.hall.manager, row.department.head)
    row.owner, row.cause, row.checker, row.state, row.agreed_at = owner, facts["cause"], judge, states.AGREED, agreed
    row.due_on = agreed.date() + random.choice((5, 7, 10)) * DAY
    row.begins_at, row.due_at = agreed, services.end_of(row.due_on, row.hall)
    done = agreed + (row.due_at - agreed) * random.choice((.5, .7, .8, .9, .95, 1.15))
    if done > world.now:
        row.state = states.IN_WORK if n % 2 else states.AGREED
        return
    row.asked.append((services.WORK, owner, agreed, row.due_at, done))
    row.state, row.done_at, row.check_on = states.DONE, done, done.date() + 30 * DAY
    row.begins_at, row.due_at = done, services.within(row.hall, done.date())
    seen = done + datetime.timedelta(hours=random.choice((4, 22, 30)))
    if seen < world.now:
        judged(world, row, judge, seen)


def judged(world, row, judge, seen):
    """The re-check, and the judgement of the effect once its day has come."""
    row.asked.append((services.RECHECK, judge, row.begins_at, row.due_at, seen))
    row.rechecked_at, row.rechecked_by = seen, judge
    row.begins_at, row.due_at = services.bounds(row.check_on, row.hall)[0], services.within(row.hall, row.check_on)
    at = row.begins_at + datetime.timedelta(hours=world.random.choice((10, 33, 58)))
    row.judge = queries.judges([row], world.today)[row.pk] or judge
    if at > world.now:
        return
    row.asked.append((services.EFFECT, row.judge, row.begins_at, row.due_at, at))
    row.effective, row.judged_at = row.facts.get("effective", True), at
    if row.effective or world.now - at > 60 * DAY:
        row.effect = row.facts["effect"] if row.effective else row.facts["effect_later"]
        row.effective, row.state, row.closed_at = True, states.CLOSED, at
        return
    row.state, row.turn, row.effect = states.REOPENED, 2, row.facts["effect"]
    row.seen_at, row.finished_at = row.rechecked_at, row.done_at
    row.done_at = row.check_on = row.rechecked_at = row.rechecked_by = None
    row.begins_at, row.due_at = at, services.within(row.hall, at.date())


def measure(row):
    """The measure of an item, as far as it has come."""
    facts, done = row.facts, getattr(row, "finished_at", row.done_at)
    one = Measure(action=row, corrective=facts["measure"], preventive=facts["preventive"], owner=row.owner, due_on=row.due_on, agreed_at=row.agreed_at,
                  agreed_by=row.hall.manager or row.owner, result=facts["result"] if done else "", done_at=done)
    one._history_date = row.agreed_at
    if row.rechecked_at or row.turn > 1:
        one.note = "现场查看，已按措施完成"
    if hasattr(row, "judged_at"):
        one.effective, one.effect, one.checked_at, one.checked_by = row.effective, row.effect, row.judged_at, row.judge
    return one


def duties_of(row):
    """What an item asked of people, done, and what it asks now; the check of the effect is the clock's."""
    for schedule, person, begins, due, done in row.asked:
        yield Duty(schedule=schedule, slot=f"{row.number}/1", kind=services.KIND, record_id=row.pk, hall=row.hall, employee=person,
                   starts_at=begins, due_at=due, state=duty_states.DONE if done <= due else duty_states.LATE, done_at=done, done_by_id=person.user_id)
    if services.step(row) not in (None, services.EFFECT):
        yield services.duty_of(row, services.doer(row))


def load_suggestions(world):
    """The suggestions with their answers and duties."""
    facts = yaml.safe_load((DATA / "suggestions.yaml").read_text(encoding="utf-8"))
    rows = numbered([suggested(world, facts[n % len(facts)], ago, n) for n, ago in enumerate(SUGGESTED)], suggestions.SERIES, "sent_at")
    bulk_create_with_history(rows, Suggestion, default_change_reason=WHY)
    duties = [suggestions.duty_of(row, row.department.head) for row in rows]
    for row, duty in zip(rows, duties, strict=True):
        if row.answered_at:
            duty.state, duty.done_at, duty.done_by_id = duty_states.DONE, row.answered_at, row.assigned_to.user_id
    Duty.objects.bulk_create(duties)


def suggested(world, facts, ago, n):
    """One suggestion; most are answered within a few days."""
    person, department = world.people[facts["by"]], world.departments[facts["to"]]
    day = world.today - ago * DAY
    at, hall = moment(world, day, n), next((hall for code, hall in world.halls.items() if person in world.staff.get(code, [])), None)
    row = Suggestion(topic=facts["topic"], title=facts["title"], grounds=facts["grounds"], suggested_by=person, hall=hall, department=department, sent_at=at,
                     due_at=services.end_of(day + 10 * DAY, hall))
    row._history_date, answered = at, at + world.random.choice((1, 2, 3, 5, 8)) * DAY
    if ago != UNANSWERED and answered < world.now:
        row.state = suggestion_states.CLOSED if ago > 30 else suggestion_states.ANSWERED
        row.assigned_to, row.outcome, row.reply, row.answered_at = department.head, facts["outcome"], facts["reply"], answered
        row.closed_at = answered + DAY if row.state == suggestion_states.CLOSED else None
    return row


def append(world, first_day, last_day):
    """Nobody reports by themselves; the clock only goes on."""
    ScheduleMark.objects.filter(key__in=MARKS).update(through=world.now)


register(key="improvement", order=61, load=load, append=append)
