"""What the follow-ups carry out of the regulation."""
from django.utils.translation import gettext_lazy as _

from config.contributions.clauses import register
from reception.followups.permissions import Can

register(key="follow-ups", label=_("Follow-up calls and return visits"), page="follow_ups", capability=Can.READ, rows=("REC-59", "REC-60", "REC-61"))
