"""Plans for screens: progress, what stands above and below, who makes the plan of a place (STF-06)."""
from django.db.models import Count, Q
from django.utils import timezone

from config.accounts.access import reach
from config.web.periods import MONTH, YEAR, Period
from staff.organisation.models import Assignment, Employee, Hall, Team
from staff.teamwork.permissions import Can
from staff.teamwork.workplans import states
from staff.teamwork.workplans.models import PlanTask, WorkPlan

LEADER = "supervisor"


def for_list(user):
    """The plans in reach with place and progress: `count` tasks that were not dropped, `done`, `behind` (late)."""
    return with_progress(WorkPlan.objects.visible_to(user))


def with_progress(plans):
    """These plans with the progress of their tasks."""
    today, kept = timezone.localdate(), ~Q(tasks__state=states.DROPPED)
    return plans.select_related("hall", "team", "planner", "reviewed_by").annotate(
        count=Count("tasks", filter=kept), done=Count("tasks", filter=Q(tasks__state=states.DONE)),
        behind=Count("tasks", filter=Q(tasks__state=states.TO_DO, tasks__due_on__lt=today)))


def tasks_of(plan):
    """The tasks of a plan, those that were dropped last, with names."""
    rows = PlanTask.objects.filter(plan=plan).select_related("owner", "serves")
    return sorted(rows, key=lambda row: (row.state == states.DROPPED, row.due_on, row.pk))


def above(plan):
    """The plan that this one serves: of the hall for the same period, of the hall's year for its month; None for the hall's year."""
    if plan.hall_id is None:
        return None
    period = plan.period if plan.team_id else Period.of(YEAR, plan.span.first).key
    return WorkPlan.objects.filter(hall=plan.hall_id, team=None, period=period).exclude(pk=plan.pk).select_related("hall", "team").first()


def tasks_above(plan):
    """The tasks that a task of this plan may be a part of."""
    upper = above(plan)
    return PlanTask.objects.filter(plan=upper).exclude(state=states.DROPPED) if upper else PlanTask.objects.none()


def below(plan, user):
    """The plans of the hall's teams for the same period that this person may see, with their progress."""
    if plan.team_id:
        return []
    return list(for_list(user).filter(hall=plan.hall_id, period=plan.period, team__isnull=False).order_by("team_id"))


def leaders(teams, day):
    """{team id: who leads it on a day}: its supervisor on duty. One statement."""
    held = Assignment.objects.filter(role=LEADER, team__in=teams, employee__state=Employee.State.ON_DUTY, starts_on__lte=day).exclude(ends_on__lt=day)
    return {row.team_id: row.employee for row in held.select_related("employee").order_by("-starts_on", "-pk")}


def planners(plans, day):
    """{place: who makes its plan}: a team's supervisor, else the manager of the hall, for (hall id, team id)."""
    leading = leaders({plan.team_id for plan in plans if plan.team_id}, day)
    found = {}
    for plan in plans:
        manager = plan.hall.manager if plan.hall_id else None
        person = leading.get(plan.team_id) or manager
        found[plan.hall_id, plan.team_id] = person if person and person.state == Employee.State.ON_DUTY else None
    return found


def places(user):
    """[(key, name)] of the halls and teams whose plan this person may make: 'hall-1', 'team-2'."""
    far = reach(user, Can.PLAN)
    halls, teams = Hall.objects.open_on(timezone.localdate()).order_by("pk"), Team.objects.order_by("hall_id", "pk").select_related("hall")
    if not far.everything:
        halls, teams = halls.filter(pk__in=far.halls), teams.filter(Q(hall_id__in=far.halls) | Q(pk__in=far.teams))
    return [*((f"hall-{hall.pk}", hall) for hall in halls), *((f"team-{team.pk}", team) for team in teams)]


def periods(today):
    """The months and years that may be planned by hand: this one and the next."""
    month, year = Period.of(MONTH, today), Period.of(YEAR, today)
    return [month, month.next(), year, year.next()]
