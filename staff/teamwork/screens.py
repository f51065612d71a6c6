"""What the teamwork room carries out of the regulation."""
from django.utils.translation import gettext_lazy as _

from config.contributions.clauses import register
from staff.teamwork.permissions import Can

register(key="work-plans", label=_("Work plans: goals, tasks and review of halls and teams"), page="work_plans", capability=Can.READ_PLANS, rows=("STF-06",))
