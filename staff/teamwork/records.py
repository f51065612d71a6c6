"""Requests, plans and their tasks as other rooms point at them."""
from django.utils.translation import gettext_lazy as _

from config.contributions.records import register
from staff.teamwork.services import KIND
from staff.teamwork.workplans import cells
from staff.teamwork.workplans import services as plans

register(key=KIND, model="staff.WorkRequest", label=_("Request"), title=str, page="work_request", confidentiality="internal", number="RQ")
register(key=plans.KIND, model="staff.WorkPlan", label=_("Work plan"), title=cells.name, page="work_plan", confidentiality="internal", joins=("hall", "team"))
register(key=plans.TASK_KIND, model="staff.PlanTask", label=_("Task of a plan"), title=str, page="plan_task", confidentiality="internal")
