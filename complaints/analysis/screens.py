"""What the figures of complaints carry out of the regulation."""
from django.utils.translation import gettext_lazy as _

from complaints.analysis.permissions import Can
from config.contributions.clauses import register

register(key="complaint-dashboard", label=_("Complaint dashboard"), page="complaint_dashboard", capability=Can.ANALYSE, rows=("CMP-20", "CMP-28"))
register(key="complaint-analyses", label=_("Monthly complaint analyses"), page="complaint_analyses", capability=Can.ANALYSE, rows=("CMP-19",))
