"""What a person holds in the plans: the tasks that are not done. Handed over when they leave."""
from django.utils.translation import gettext_lazy as _

from config.accounts import trace
from config.contributions.holdings import register
from staff.duties import services as duties
from staff.teamwork.permissions import Can
from staff.teamwork.workplans import services, states
from staff.teamwork.workplans.models import PlanTask


def hand_over(actor, records, to, now, reason=""):
    """The successor does them; what was due to the leaver is due to them."""
    for task in records.select_for_update(of=("self",)).select_related("plan__hall", "plan__team"):
        task.owner = to
        trace.save(actor, task, "owner", act="handed over", reason=reason)
        duties.withdraw(actor, services.TASK_KIND, task.pk, reason=str(to), now=now)
        if task.plan.state != states.TO_MAKE:
            duties.make([services.task_duty(task.plan, task, now)])


register(key="plan_tasks", label=_("Tasks of work plans"),
         owned=lambda employee: PlanTask.objects.filter(owner=employee, state=states.TO_DO), hand_over=hand_over, capability=Can.PLAN)
