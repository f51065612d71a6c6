"""What the regulation room carries out itself."""
from django.utils.translation import gettext_lazy as _

from config.contributions.clauses import register
from staff.regulation.permissions import Can

register(key="regulations", label=_("Regulations, their versions and readers"), page="regulations", capability=Can.READ, kind="regulation",
         rows=("GEN-03", "STF-56"))
register(key="working-calendar", label=_("Working calendar: holidays, moved working days, hours of the halls"), page="working_calendar",
         capability=Can.CALENDAR, rows=("GEN-21",))
register(key="questions", label=_("Questions about the rules"), page="questions", capability=Can.READ, kind="question", rows=("GEN-04",))
register(key="laws", label=_("Laws and policies"), page="laws", capability=Can.READ, kind="law", rows=("GEN-22",))
register(key="hall-rules", label=_("Rules of the halls"), page="hall_rules", capability=Can.READ, kind="hall_rule", rows=("INF-01", "INF-03"))
