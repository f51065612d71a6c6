"""The entries of the figures of complaints."""
from django.utils.translation import gettext_lazy as _

from complaints.analysis.permissions import Can
from config.contributions.navigation import register

register(key="complaint-dashboard", chapter="complaints", label=_("Complaint dashboard"), page="complaint_dashboard", capability=Can.ANALYSE, order=1,
         words="complaints dashboard figures overdue causes tousu kanban 投诉看板 投訴看板")
