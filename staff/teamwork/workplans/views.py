"""Pages of plans: all of them with their progress, one plan with its tasks, one task (STF-06)."""
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.access import may
from config.errors import Refused
from config.web.history import in_words
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page, VerbPage
from staff.organisation.models import Hall
from staff.teamwork.permissions import Can
from staff.teamwork.workplans import cells, forms, queries, services, states
from staff.teamwork.workplans.models import PlanTask, WorkPlan


class PlanList(ListPage):
    """The plans in reach with their progress, the newest period first."""

    capability, export_capability, kind, title = Can.READ_PLANS, Can.READ_PLANS, services.KIND, gettext_lazy("Work plans")
    filters, default_sort = forms.PlanFilters, "-due_at"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("This month"), "period=month"), (gettext_lazy("Next month"), "period=next_month"),
                   (gettext_lazy("This year"), "period=year"), (gettext_lazy("Overdue"), "state=missing"))
    empty = gettext_lazy("No plan yet. The clock opens the plan of each hall and team before the month begins.")
    columns = (
        Column("plan", gettext_lazy("Plan"), cells.name, draw=cells.link),
        Column("state", gettext_lazy("State"), cells.state_word, draw=cells.state, css="bare"),
        Column("progress", gettext_lazy("Tasks done"), cells.progress, css="num"),
        Column("planner", gettext_lazy("Made by"), lambda p: str(p.planner or "—"), css="name"),
        Column("due", gettext_lazy("To be made by"), lambda p: p.due_at, sort="due_at", draw=cells.due, css="num"),
        Column("hall", gettext_lazy("Hall"), lambda p: str(p.hall or ""), several_halls=True),
    )

    def rows(self):
        """In reach."""
        return queries.for_list(self.request.user)

    def context(self):
        """The way to one that is made by hand."""
        makes = may(self.request.user, Can.PLAN) and bool(queries.places(self.request.user))
        return {"add_url": reverse("new_plan") if makes else "", "add_label": _("Make a plan")}


class PlanPage(Page):
    """One plan: goals, progress, tasks, the plans below, the review."""

    capability = Can.READ_PLANS

    def get(self, request, pk):
        """The page."""
        plan = get_object_or_404(queries.for_list(request.user), pk=pk)
        plans = may(request.user, Can.PLAN) and WorkPlan.objects.planned_by(request.user).filter(pk=pk).exists()
        changes, upper = plans and plan.state in (states.TO_MAKE, states.SET), queries.above(plan)
        tasks = queries.tasks_of(plan)
        return self.show("staff/teamwork/plan.html", {
            "plan": plan, "name": cells.name(plan), "tone": cells.tone(plan), "state": cells.state_word(plan), "late": plan.is_late(timezone.now()),
            "tasks": [(task, cells.task_tone(task), cells.task_word(task)) for task in tasks], "may_change": changes,
            "may_set": changes and plan.state == states.TO_MAKE, "ready": bool(plan.goal and plan.count),
            "may_review": plans and plan.state == states.SET and plan.span.first <= timezone.localdate(),
            "upper": upper if upper and WorkPlan.objects.visible_to(request.user).filter(pk=upper.pk).exists() else None,
            "upper_name": cells.name(upper) if upper else "",
            "below": [(one, cells.tone(one), cells.state_word(one)) for one in queries.below(plan, request.user)], "history": in_words(plan, limit=20)})


class BeginPlan(FormPage):
    """A plan that the clock has not opened."""

    capability, once = Can.PLAN, True
    form, done = forms.BeginForm, gettext_lazy("Write the goals and add the tasks, then set the plan.")

    def form_kwargs(self, target):
        """Places follow who plans."""
        return {"viewer": self.request.user}

    def initial(self, target):
        """The period that comes next."""
        return {"period": queries.periods(timezone.localdate())[1].key}

    def act(self, target, answers):
        """Open it."""
        place = answers["place"]
        hall, team = (place, None) if isinstance(place, Hall) else (place.hall, place)
        return services.begin(self.actor, hall=hall, team=team, period=answers["period"], now=timezone.now())

    def next_address(self, target, result):
        """Its page."""
        return reverse("work_plan", args=[result.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Make a plan"), "cancel_url": reverse("work_plans"), "back_label": _("Work plans"), "submit_label": _("Open the plan")}


class PlanVerb(VerbPage, abstract=True):
    """What who leads the place does with a plan."""

    capability, heading, submit = Can.PLAN, "", ""

    def target(self, pk):
        """The plan."""
        return get_object_or_404(WorkPlan.objects.planned_by(self.request.user).select_related("hall", "team"), pk=pk)

    def next_address(self, target, result):
        """Its page."""
        return reverse("work_plan", args=[target.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": self.heading, "back_label": cells.name(target), "submit_label": self.submit, "cancel_url": self.next_address(target, None)}


class WriteGoal(PlanVerb):
    """The goals."""

    form, done = forms.GoalForm, gettext_lazy("The goals are written.")
    heading, submit = gettext_lazy("Goals"), gettext_lazy("Save")

    def initial(self, target):
        """As they stand."""
        return {"goal": target.goal, "version": target.version}

    def act(self, target, answers):
        """Write them."""
        return services.set_goal(self.actor, target, **answers)


class AddTask(PlanVerb):
    """A task."""

    form, done = forms.TaskForm, gettext_lazy("The task stands in the plan.")
    heading, submit = gettext_lazy("Add a task"), gettext_lazy("Add")

    @property
    def once(self):
        """Two tasks may read alike; one press makes one."""
        return True

    def form_kwargs(self, target):
        """Tasks above follow the plan."""
        return {"plan": target}

    def act(self, target, answers):
        """Add it."""
        return services.add_task(self.actor, target, now=timezone.now(), **answers)


class Review(PlanVerb):
    """How it went."""

    form, done = forms.ReviewForm, gettext_lazy("The plan is reviewed.")
    heading, submit = gettext_lazy("Review the plan"), gettext_lazy("Save the review")

    def act(self, target, answers):
        """Review it."""
        return services.review(self.actor, target, now=timezone.now(), **answers)


class SetPlan(Page):
    """The plan is made, by one button."""

    capability = Can.PLAN
    http_method_names = ["post"]

    def post(self, request, pk):
        """Set it, or say what it lacks."""
        plan = get_object_or_404(WorkPlan.objects.planned_by(request.user), pk=pk)
        try:
            services.set_plan(self.actor, plan, now=timezone.now())
            messages.success(request, _("The plan is set. Its tasks stand on My day of their people."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("work_plan", args=[pk]))


class TaskPage(Page):
    """One task."""

    capability = Can.READ_PLANS

    def get(self, request, pk):
        """The page."""
        task = get_object_or_404(PlanTask.objects.visible_to(request.user).select_related("plan__hall", "plan__team", "owner", "serves"), pk=pk)
        open_now = task.state == states.TO_DO and may(request.user, Can.PLAN)
        mine, leads = task.owner.user_id == request.user.pk, open_now and WorkPlan.objects.planned_by(request.user).filter(pk=task.plan_id).exists()
        is_set = task.plan.state != states.TO_MAKE
        return self.show("staff/teamwork/task.html", {
            "task": task, "plan_name": cells.name(task.plan), "tone": cells.task_tone(task), "state": cells.task_word(task), "is_set": is_set,
            "may_finish": open_now and is_set and (mine or leads), "may_drop": leads and not (mine and is_set), "history": in_words(task, limit=20)})


class TaskVerb(VerbPage, abstract=True):
    """What is done with a task."""

    capability, heading, submit = Can.PLAN, "", ""

    def target(self, pk):
        """The task; the service asks whose it is."""
        return get_object_or_404(PlanTask.objects.visible_to(self.request.user, Can.PLAN).select_related("plan__hall", "plan__team", "owner"), pk=pk)

    def next_address(self, target, result):
        """Its page."""
        return reverse("plan_task", args=[target.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": self.heading, "back_label": cells.name(target.plan), "sub_text": target.text,
                "submit_label": self.submit, "cancel_url": self.next_address(target, None)}


class FinishTask(TaskVerb):
    """It is done."""

    form, done = forms.FinishTaskForm, gettext_lazy("The task is done.")
    heading, submit = gettext_lazy("The task is done"), gettext_lazy("Done")

    def act(self, target, answers):
        """Say so."""
        return services.finish_task(self.actor, target, now=timezone.now(), **answers)


class DropTask(TaskVerb):
    """It is not asked any more."""

    form, done = forms.DropTaskForm, gettext_lazy("The task is dropped. Its owner is excused with the reason.")
    heading, submit = gettext_lazy("Drop the task"), gettext_lazy("Drop")

    def act(self, target, answers):
        """Drop it."""
        return services.drop_task(self.actor, target, now=timezone.now(), **answers)
