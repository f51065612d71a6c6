"""The entries of complaints."""
from django.utils.translation import gettext_lazy as _

from complaints.handling.permissions import Can
from config.contributions.navigation import register

register(key="complaint-register", chapter="complaints", label=_("Complaint register"), page="complaints", capability=Can.READ, order=4,
         words="complaints register tousu jianyi biaoyang 投诉 投訴 建议 建議 表扬 表揚")
