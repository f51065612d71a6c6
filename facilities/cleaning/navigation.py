"""The entry of cleaning rounds."""
from django.utils.translation import gettext_lazy as _

from config.contributions.navigation import register
from facilities.cleaning.permissions import Can

register(key="rounds", chapter="facilities", label=_("Cleaning rounds"), page="rounds", capability=Can.READ, order=20,
         words="cleaning rounds 清扫 清潔 保洁 qingsao baojie")
