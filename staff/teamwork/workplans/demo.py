"""A year of plans in the demo: set before the month in most cases, tasks done, reviewed; the next month's as far as it has come."""
import datetime
from pathlib import Path

import yaml
from django.db import connection
from simple_history.utils import bulk_create_with_history

from config.web.periods import MONTH, YEAR, Period
from staff.duties import states as duty_states
from staff.duties.models import Duty, ScheduleMark
from staff.teamwork.services import end_of
from staff.teamwork.workplans import dates, planning, queries, services, states
from staff.teamwork.workplans.models import PlanTask, WorkPlan

FILE = Path(__file__).parent.parent / "data" / "plans.yaml"
WHY = "demo data"
DAY = datetime.timedelta(days=1)
MONTHS = 12
LATE_EVERY = 7  # one plan in so many was set after its day
MARKS = (services.PLANNING, services.TASK)


def load(world):
    """The plans of the last months and of the year, with tasks and duties; what the clock has opened since then."""
    facts = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    plans = [made(world, place, period, n, facts) for n, (place, period) in enumerate(wanted(world, facts))]
    plans = [plan for plan in plans if plan.opens_at <= world.now]
    bulk_create_with_history(plans, WorkPlan, default_change_reason=WHY)
    tasks = [task for plan in plans for task in tasks_of(world, plan, facts)]
    bulk_create_with_history(tasks, PlanTask, default_change_reason=WHY)
    Duty.objects.bulk_create([*(duty_of_plan(plan) for plan in plans if plan.maker), *(duty_of_task(task) for task in tasks if task.plan.set_at)])
    planning.write_plans(world.now - 31 * DAY, world.now)
    ScheduleMark.objects.bulk_create(ScheduleMark(key=key, through=world.now) for key in MARKS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE staff_workplan, staff_plantask")


def wanted(world, facts):
    """(place, period) of the plans: every living hall and team, each month of the year and the next, and the year itself."""
    month, found = Period.of(MONTH, world.today), []
    for _n in range(MONTHS):
        month = month.before()
    months = [month := month.next() for _n in range(MONTHS + 1)]
    for period in [*months, Period.of(YEAR, world.today)]:
        found += [(world.halls[code], period) for code in facts["halls"]]
        found += [(world.teams[code], period) for code in facts["teams"]]
    return found


def made(world, place, period, n, facts):
    """One plan: the year and the months up to this one are set, those that are over reviewed."""
    is_team = hasattr(place, "hall_id") and not hasattr(place, "timezone")
    hall, team = (place.hall, place) if is_team else (place, None)
    opens, due = dates.opens(period, hall), dates.due(period, hall)
    plan = WorkPlan(hall=hall, team=team, period=period.key, opens_at=opens, due_at=due)
    plan.facts = facts["teams" if team else "halls"][team.code if team else hall.code]
    plan._history_date, plan.maker = min(opens, world.now), queries.planners([plan], world.today)[hall.pk, team.pk if team else None]
    at = due + (2 * DAY if n % LATE_EVERY == 4 else -DAY * world.random.choice((.6, 1.5, 3.2, 5)))
    if plan.maker is None or at > world.now or period.first > world.today:
        return plan
    plan.state, plan.goal, plan.planner, plan.set_at = states.SET, plan.facts["year" if period.kind == YEAR else "goal"], plan.maker, at
    if period.last < world.today - 3 * DAY:
        plan.state, plan.review_note, plan.reviewed_by = states.REVIEWED, world.random.choice(facts["review"]), plan.maker
        plan.reviewed_at = end_of(period.last, hall) + 2 * DAY + datetime.timedelta(hours=10)
    return plan


def tasks_of(world, plan, facts):
    """The tasks of a plan that is set: done by their day, a few of them late, the coming ones open."""
    span = plan.span
    for n, (who, text) in enumerate(plan.facts["tasks"] if plan.set_at else ()):
        due = span.first + (len(span) * (n + 1) // (len(plan.facts["tasks"]) + 1)) * DAY
        task = PlanTask(plan=plan, text=text, owner=world.people[who], due_on=due)
        task._history_date = plan.set_at
        at = end_of(due, plan.hall) - DAY * world.random.choice((.4, .5, 1.3, 2.4, -.5))
        if at < world.now:
            task.state, task.ended_at, task.result = states.DONE, at, world.random.choice(facts["results"])
        yield task


def duty_of_plan(plan):
    """The making of a plan, as it was done."""
    return over(services.duty_of(plan, plan.maker), plan.set_at, plan.maker)


def duty_of_task(task):
    """A task as a duty, as it was done."""
    return over(services.task_duty(task.plan, task, task.plan.set_at), task.ended_at, task.owner)


def over(duty, at, who):
    """A duty that was done at a moment, or stays open without one."""
    if at:
        duty.state, duty.done_at, duty.done_by_id = duty_states.DONE if at <= duty.due_at else duty_states.LATE, at, who.user_id
    return duty


def append(world):
    """The clock goes on, and opens what the missing days bring."""
    mark = ScheduleMark.objects.get(key=services.PLANNING)
    planning.write_plans(mark.through, world.now)
    ScheduleMark.objects.filter(key__in=MARKS).update(through=world.now)
