"""The entry of follow-ups."""
from django.utils.translation import gettext_lazy as _

from config.contributions.navigation import register
from reception.followups.permissions import Can

register(key="follow-ups", chapter="reception", group="customers", label=_("Follow-ups"), page="follow_ups", capability=Can.READ, order=30,
         words="follow-up call return visit 回访 huifang 跟进")
