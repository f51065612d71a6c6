"""The entry of taking a complaint."""
from django.utils.translation import gettext_lazy as _

from complaints.handling.permissions import Can
from config.contributions.navigation import register

register(key="new-complaint", chapter="complaints", label=_("Take a complaint"), page="new_complaint", capability=Can.REGISTER, order=5,
         words="complaint new tousu shouli 投诉 受理 投訴")
