"""The entry of areas."""
from django.utils.translation import gettext_lazy as _

from config.contributions.navigation import register
from facilities.areas.permissions import Can

register(key="areas", chapter="facilities", label=_("Areas"), page="areas", capability=Can.READ, order=10, words="区域 區域 quyu rooms zones")
