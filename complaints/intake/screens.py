"""What taking in carries out of the regulation."""
from django.utils.translation import gettext_lazy as _

from complaints.handling.permissions import Can
from config.contributions.clauses import register

register(key="complaint-intake", label=_("Complaints are written down at once, with apology and promise"), page="new_complaint", capability=Can.REGISTER,
         rows=("CMP-03", "CMP-04", "CMP-05"))
