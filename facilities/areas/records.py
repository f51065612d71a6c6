"""Areas as other rooms point at them."""
from django.utils.translation import gettext_lazy as _

from config.contributions.records import register

register(key="area", model="facilities.Area", label=_("Area"), title=str, page="area", confidentiality="internal")
