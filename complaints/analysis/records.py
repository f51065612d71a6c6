"""Analyses of complaints as other rooms point at them."""
from django.utils.translation import gettext_lazy as _

from complaints.analysis.monthly import KIND
from config.contributions.records import register

register(key=KIND, model="complaints.ComplaintAnalysis", label=_("Complaint analysis"), title=str, page="complaint_analysis", joins=("hall",))
