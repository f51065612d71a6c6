"""Plans of halls and teams with their tasks: item, owner, due, state, review note (STF-06)."""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import reach
from config.web.periods import Period
from config.web.versions import Versioned
from staff.teamwork.permissions import Can
from staff.teamwork.workplans import states


def managed(far):
    """The condition that a plan is of a hall whose manager this person is: they make the plan of a team that nobody leads, wherever their role lies."""
    return Q(hall__manager_id=far.employee_id) if far.employee_id else Q(pk__in=[])


class PlanQuerySet(models.QuerySet):
    """Plans by viewer."""

    def visible_to(self, user, capability=Can.READ_PLANS):
        """Those of the halls and teams in reach or under one's management, those in which one has a task, and for who leads a team the plan of its hall."""
        far = reach(user, capability)
        if far.everything or not far:
            return self if far else self.none()
        tasks = PlanTask.objects.filter(owner_id=far.employee_id).values("plan_id")
        above = Q(hall_id__in=far.own_halls, team=None) if far.teams else Q(pk__in=[])
        return self.filter(Q(hall_id__in=far.halls) | Q(team_id__in=far.teams) | above | Q(pk__in=tasks) | managed(far))

    def planned_by(self, user):
        """Those that this person makes and reviews: of the halls and teams that they lead."""
        far = reach(user, Can.PLAN)
        if far.everything or not far:
            return self if far else self.none()
        return self.filter(Q(hall_id__in=far.halls) | Q(team_id__in=far.teams) | managed(far))

    def late(self, now):
        """Those that are missing after their day."""
        return self.filter(state=states.TO_MAKE, due_at__lt=now)


class WorkPlan(Versioned):
    """The plan of a hall, or of a team, for a month ('2026-11') or a year ('2026'). The clock opens it; until it is set it is missing."""

    class State(models.TextChoices):
        """How it stands."""

        TO_MAKE = states.TO_MAKE, pgettext_lazy("plan", "to be made")
        SET = states.SET, pgettext_lazy("plan", "set")
        REVIEWED = states.REVIEWED, pgettext_lazy("plan", "reviewed")

    hall = models.ForeignKey("staff.Hall", null=True, on_delete=models.PROTECT, related_name="plans", verbose_name=_("hall"))
    team = models.ForeignKey("staff.Team", null=True, on_delete=models.PROTECT, related_name="plans", verbose_name=_("team"))
    period = models.CharField(_("period"), max_length=7)
    opens_at = models.DateTimeField(_("open from"))
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.TO_MAKE)
    goal = models.TextField(_("goals"), blank=True)
    planner = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="plans_made", verbose_name=_("made by"))
    set_at = models.DateTimeField(_("set"), null=True)
    review_note = models.TextField(_("review"), blank=True)
    reviewed_at = models.DateTimeField(_("reviewed"), null=True)
    reviewed_by = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("reviewed by"))
    history = HistoricalRecords()

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-period", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["hall", "team", "period"], name="plan_once", nulls_distinct=False),
            models.CheckConstraint(name="plan_is_of_a_place", condition=Q(hall__isnull=False) | Q(team__isnull=False)),
            models.CheckConstraint(name="plan_due_after_it_opens", condition=Q(due_at__gte=models.F("opens_at"))),
            models.CheckConstraint(name="plan_that_is_set_has_a_goal", condition=Q(state=states.TO_MAKE)
                                   | ~Q(goal="") & Q(set_at__isnull=False, planner__isnull=False)),
            models.CheckConstraint(name="reviewed_plan_has_its_note", condition=~Q(state=states.REVIEWED) | ~Q(review_note="") & Q(reviewed_at__isnull=False)),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="plan_due"), models.Index(fields=["period"], name="plan_by_period")]

    def __str__(self):
        return f"{self.place} {self.period}"

    @property
    def place(self):
        """The team, or the hall."""
        return self.team or self.hall

    @property
    def span(self):
        """The month or the year."""
        return Period.read(self.period)

    def is_late(self, now):
        """Whether it is missing after its day."""
        return self.state == states.TO_MAKE and self.due_at < now


class TaskQuerySet(models.QuerySet):
    """Tasks by viewer."""

    def visible_to(self, user, capability=Can.READ_PLANS):
        """One's own, and those of the plans one sees."""
        far = reach(user, capability)
        if far.everything or not far:
            return self if far else self.none()
        return self.filter(Q(owner_id=far.employee_id) | Q(plan__in=WorkPlan.objects.visible_to(user, capability).values("pk")))


class PlanTask(Versioned):
    """A task of a plan: what, whose, by when. `serves` is the task of the plan above that it is a part of."""

    class State(models.TextChoices):
        """How it stands."""

        TO_DO = states.TO_DO, pgettext_lazy("task", "to do")
        DONE = states.DONE, pgettext_lazy("task", "done")
        DROPPED = states.DROPPED, pgettext_lazy("task", "dropped")

    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="tasks")
    text = models.CharField(_("task"), max_length=200)
    owner = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="plan_tasks", verbose_name=_("responsible"))
    due_on = models.DateField(_("due"))
    serves = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts", verbose_name=_("part of"))
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.TO_DO)
    result = models.CharField(_("result"), max_length=300, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    history = HistoricalRecords()

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [models.CheckConstraint(name="ended_task_has_its_moment", condition=Q(state=states.TO_DO, ended_at__isnull=True)
                                              | ~Q(state=states.TO_DO) & Q(ended_at__isnull=False))]

    def __str__(self):
        return self.text

    def is_late(self, today):
        """Whether it is not done after its day."""
        return self.state == states.TO_DO and self.due_on < today
