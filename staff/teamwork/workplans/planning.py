"""SCH-40: the plan of every hall and team for the next month, and in December for the next year, opened by the clock with its duty."""
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from config import together
from config.accounts import trace
from config.accounts.actor import Actor
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.duties.states import OPEN
from staff.organisation.models import Hall, Team
from staff.teamwork.workplans import dates, queries, services, states
from staff.teamwork.workplans.models import PlanTask, WorkPlan


def write_plans(since, until):
    """The plans whose planning opens after `since` and up to `until`, each with the duty of who leads the place; those that are there are
    left alone, and what lost its duty is asked again. Returns how many duties are new."""
    opening = opened(since, until)
    there = set(WorkPlan.objects.filter(period__in={plan.period for plan in opening}).values_list("hall_id", "team_id", "period"))
    new, actor = [plan for plan in opening if (plan.hall_id, plan.team_id, plan.period) not in there], Actor.system(services.PLANNING)
    for plan in together.name(new):
        trace.mark(actor, plan, act="opened")
    if new:
        together.insert(new)
    return duties.make([*asked_of(new, until), *missing(until)])


def opened(since, until):
    """The plans of all places whose planning opens in that time, whether they are there or not."""
    first, last = timezone.localtime(since).date() - timedelta(days=1), timezone.localtime(until).date() + timedelta(days=1)
    halls = list(Hall.objects.select_related("manager").filter(Q(active_until=None) | Q(active_until__gte=first)).order_by("pk"))
    teams = list(Team.objects.select_related("hall__manager").order_by("pk"))
    found = []
    for period in dates.planned_between(first, last):
        for hall in [*(hall for hall in halls if hall.active_until is None or hall.active_until >= period.first), None]:
            ours = [team for team in teams if team.hall_id == (hall and hall.pk)]
            if not hall and not ours:
                continue
            opens = dates.opens(period, hall)
            if since < opens <= until:
                due = dates.due(period, hall)
                found += [WorkPlan(hall=hall, team=team, period=period.key, opens_at=opens, due_at=max(opens, due)) for team in ([None] if hall else []) + ours]
    return found


def asked_of(plans, until):
    """The duties of making these plans; where nobody leads the place there is none, and the plan stands as missing."""
    planners = queries.planners(plans, timezone.localtime(until).date())
    found = [(plan, planners[plan.hall_id, plan.team_id]) for plan in plans]
    return [services.duty_of(plan, person) for plan, person in found if person]


def missing(until):
    """The duties of plans that are to be made and are asked of nobody, such as after a change of manager."""
    asked = Duty.objects.filter(kind=services.KIND, schedule=services.PLANNING).values("record_id")
    plans = WorkPlan.objects.filter(state=states.TO_MAKE).exclude(pk__in=asked).select_related("hall__manager", "team")
    return asked_of(list(plans), until)


def write_tasks(since, until):
    """A duty for every task of a plan that is set and is asked of nobody, or of who handed it over; returns how many that were."""
    tasks = list(PlanTask.objects.filter(state=states.TO_DO).exclude(plan__state=states.TO_MAKE).select_related("plan__hall", "owner"))
    known = Duty.objects.filter(kind=services.TASK_KIND, schedule=services.TASK, record_id__in=[task.pk for task in tasks])
    asked = set(known.filter(state=OPEN).values_list("record_id", flat=True)) | set(known.exclude(state=OPEN).values_list("record_id", "employee_id"))
    rows = [task for task in tasks if task.pk not in asked and (task.pk, task.owner_id) not in asked]
    return duties.make([services.task_duty(task.plan, task, until) for task in rows])
