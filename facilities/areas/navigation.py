"""The entry of areas."""
from django.utils.translation import gettext_lazy as _

from config.contributions.navigation import offer_act, register
from facilities.areas.permissions import Can

register(key="areas", chapter="facilities", label=_("Areas"), page="areas", capability=Can.READ, order=10, words="区域 區域 quyu rooms zones")

offer_act(key="new-area", label=_("New area"), page="new_area", capability=Can.EDIT, order=32, words="区域 區域 quyu room")
