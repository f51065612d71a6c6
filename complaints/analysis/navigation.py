"""The entries of the figures of complaints."""
from django.utils.translation import gettext_lazy as _

from complaints.analysis.permissions import Can
from complaints.handling.permissions import Can as Handling
from config.contributions.navigation import register

register(key="complaint-dashboard", chapter="complaints", label=_("Complaint dashboard"), page="complaint_dashboard", capability=Can.ANALYSE, order=1,
         words="complaints dashboard figures overdue causes tousu kanban 投诉看板 投訴看板")
register(key="goodwill-ledger", chapter="complaints", label=_("Compensation and goodwill"), page="goodwill_ledger", capability=Handling.READ, order=50,
         words="compensation goodwill cost ledger peichang buchang 赔偿 补偿 賠償 補償")
register(key="complaint-analyses", chapter="complaints", label=_("Complaint analyses"), page="complaint_analyses", capability=Can.ANALYSE, order=60,
         words="complaint analysis monthly report tousu fenxi yuebao 投诉分析 投訴分析 月报 月報")
