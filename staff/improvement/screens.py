"""What the improvement room carries out of the regulation."""
from django.utils.translation import gettext_lazy as _

from config.contributions.clauses import register
from staff.improvement.permissions import Can

register(key="improvements", label=_("Improvement register: problem, measure, re-check, effect"), page="improvements", capability=Can.READ, rows=("GEN-24",))
