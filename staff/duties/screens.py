"""What the duties room carries out of the regulation."""
from django.utils.translation import gettext_lazy as _

from config.accounts.access import SIGNED_IN
from config.contributions.clauses import register

register(key="my-day", label=_("My day: what is due to me, and what my people left undone"), page="home", capability=SIGNED_IN, rows=("GEN-06", "GEN-08"))
