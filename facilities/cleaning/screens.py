"""What the cleaning rounds carry out of the regulation."""
from django.utils.translation import gettext_lazy as _

from config.contributions.clauses import register
from facilities.cleaning.permissions import Can

register(key="rounds", label=_("Cleaning rounds with the standard of each surface"), page="rounds", capability=Can.READ, rows=("FAC-05", "FAC-07"))
