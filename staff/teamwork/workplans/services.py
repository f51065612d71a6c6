"""Verbs on plans: opening one, its goals and tasks, setting it, doing and dropping tasks, the review (STF-06)."""
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from config.web.periods import DAY, Period
from config.web.versions import claim_version
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.organisation.models import Employee
from staff.teamwork.services import end_of
from staff.teamwork.workplans import dates, queries, states
from staff.teamwork.workplans.models import PlanTask, WorkPlan

KIND, TASK_KIND = "work_plan", "plan_task"
PLANNING, TASK = "SCH-40", "plan-task"


@transaction.atomic
def begin(actor, *, hall, team, period, now):
    """The plan of a hall or a team for a month or year (a Period), opened by hand before the clock does it, or after; the one that is
    there already where it is."""
    if not may_plan(actor, hall, team):
        raise Refused(_("This place is not yours to plan. Choose a hall or a team that you lead."), field="place")
    there = WorkPlan.objects.filter(hall=hall, team=team, period=period.key).first()
    if there is not None:
        return there
    plan = WorkPlan(hall=hall, team=team, period=period.key, opens_at=now, due_at=max(dates.due(period, hall), now))
    trace.save(actor, plan, act="opened")
    person = queries.planners([plan], timezone.localtime(now).date())[plan.hall_id, plan.team_id]
    duties.make([duty_of(plan, person or actor.user.employee)])
    return plan


def may_plan(actor, hall, team):
    """Whether who acts leads this place."""
    return (f"team-{team.pk}" if team else f"hall-{hall.pk}") in dict(queries.places(actor.user))


def duty_of(plan, person):
    """The making of a plan as a duty: by the day of the regulation."""
    return Duty(schedule=PLANNING, slot=plan.period, kind=KIND, record_id=plan.pk, hall=plan.hall, employee=person, starts_at=plan.opens_at, due_at=plan.due_at)


def task_duty(plan, task, now):
    """A task of a plan that is set as a duty of its owner: from the beginning of the period on, by the end of its day."""
    due = end_of(task.due_on, plan.hall)
    begins = end_of(plan.span.first - timedelta(days=1), plan.hall)
    return Duty(schedule=TASK, slot=f"task {task.pk}", kind=TASK_KIND, record_id=task.pk, hall=plan.hall, employee=task.owner,
                starts_at=min(max(begins, now), due), due_at=due)


def _locked(actor, plan, verb):
    """The plan, locked, if it may go that way now and who acts leads its place."""
    plan = WorkPlan.objects.select_for_update(of=("self",)).select_related("hall", "team").get(pk=plan.pk)
    sentence = _("This plan is “%(state)s” by now. Look at it again.") % {"state": plan.get_state_display()}
    plan.state = states.PLANS[verb].apply(plan.state, sentence)
    if not WorkPlan.objects.planned_by(actor.user).filter(pk=plan.pk).exists():
        raise Refused(_("This plan is made by who leads the hall or the team."))
    return plan


@transaction.atomic
def set_goal(actor, plan, *, goal, version=None):
    """Write what is to be reached."""
    plan = _locked(actor, plan, "change")
    claim_version(plan, version)
    plan.goal = goal
    return trace.save(actor, plan, "goal", "version", act="goals written")


@transaction.atomic
def add_task(actor, plan, *, text, owner, due_on, now, serves=None):
    """Give somebody a task by a day of the period; of a plan that is set it is due to them at once."""
    plan, day = _locked(actor, plan, "change"), timezone.localtime(now).date()
    if owner.state != Employee.State.ON_DUTY:
        raise Refused(_("%(name)s is not on duty. Choose somebody else.") % {"name": owner}, field="owner")
    if due_on not in plan.span:
        raise Refused(_("The day lies outside the period of the plan. Choose a day within it."), field="due_on")
    if due_on < day:
        raise Refused(_("The day is past. Choose today or a later day."), field="due_on")
    if serves and not queries.tasks_above(plan).filter(pk=serves.pk).exists():
        raise Refused(_("Choose a task of the plan above."), field="serves")
    task = trace.save(actor, PlanTask(plan=plan, text=text, owner=owner, due_on=due_on, serves=serves), act="added")
    if plan.state == states.SET:
        duties.make([task_duty(plan, task, now)])
    return task


@transaction.atomic
def set_plan(actor, plan, *, now):
    """The plan is made: it needs goals and at least one task. Its tasks become duties of their owners."""
    plan = _locked(actor, plan, "set")
    tasks = list(PlanTask.objects.filter(plan=plan, state=states.TO_DO).select_related("owner"))
    if not plan.goal:
        raise Refused(_("The plan has no goals yet. Write what is to be reached, then set it."))
    if not tasks:
        raise Refused(_("The plan has no task yet. Add at least one with a person and a day, then set it."))
    plan.planner, plan.set_at = actor.user.employee, now
    trace.save(actor, plan, "state", "planner", "set_at", act="set")
    duties.finish(actor, KIND, plan.pk, now=now, schedule=PLANNING)
    duties.make([task_duty(plan, task, now) for task in tasks])
    return plan


@transaction.atomic
def review(actor, plan, *, note, now):
    """How the period went. What is not done stays due to its people."""
    plan = _locked(actor, plan, "review")
    if timezone.localtime(now).date() < plan.span.first:
        raise Refused(_("The period has not begun yet. Review the plan when it has."))
    plan.review_note, plan.reviewed_at, plan.reviewed_by = note, now, actor.user.employee
    return trace.save(actor, plan, "state", "review_note", "reviewed_at", "reviewed_by", act="reviewed")


def _locked_task(task, verb):
    """The task, locked, if it may go that way now."""
    task = PlanTask.objects.select_for_update(of=("self",)).select_related("plan__hall", "plan__team", "owner").get(pk=task.pk)
    task.state = states.TASKS[verb].apply(task.state, _("This task is “%(state)s” by now. Look at it again.") % {"state": task.get_state_display()})
    return task


@transaction.atomic
def finish_task(actor, task, *, result, now):
    """It is done, said by its owner or by who leads the place."""
    task = _locked_task(task, "finish")
    if task.owner_id != actor.user.employee.pk and not WorkPlan.objects.planned_by(actor.user).filter(pk=task.plan_id).exists():
        raise Refused(_("%(name)s does this task. Only they or who leads the place say that it is done.") % {"name": task.owner})
    if task.plan.state == states.TO_MAKE:
        raise Refused(_("The plan is not set yet. Set it first."))
    task.result, task.ended_at = result, now
    trace.save(actor, task, "state", "result", "ended_at", act="done")
    duties.finish(actor, TASK_KIND, task.pk, now=now, schedule=TASK)
    return task


@transaction.atomic
def drop_task(actor, task, *, reason, now):
    """It is not asked any more, and why; said by who leads the place, and not of what is their own unless they made the plan before it was set."""
    task = _locked_task(task, "drop")
    if not WorkPlan.objects.planned_by(actor.user).filter(pk=task.plan_id).exists():
        raise Refused(_("A task is dropped by who leads the hall or the team."))
    if task.plan.state != states.TO_MAKE and task.owner_id == actor.user.employee.pk:
        raise Refused(_("Nobody drops a task of their own. Ask your superior."))
    task.result, task.ended_at = reason, now
    trace.save(actor, task, "state", "result", "ended_at", act="dropped", reason=reason)
    duties.withdraw(actor, TASK_KIND, task.pk, reason=reason, now=now)
    return task


def period_of(text):
    """The month or year that a form names, or None."""
    period = Period.read(text)
    return period if period and period.kind != DAY else None
