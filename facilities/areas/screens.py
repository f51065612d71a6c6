"""What the areas carry out of the regulation."""
from django.utils.translation import gettext_lazy as _

from config.contributions.clauses import register
from facilities.areas.permissions import Can

register(key="areas", label=_("Areas of the halls"), page="areas", capability=Can.READ, kind="area", rows=("FAC-01",))
