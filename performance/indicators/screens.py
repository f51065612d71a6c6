"""What indicators and controls carry out of the regulation."""
from django.utils.translation import gettext_lazy as _

from config.contributions.clauses import register
from performance.indicators.permissions import Can

register(key="indicators", label=_("Indicators, each opening its records"), page="indicators", capability=Can.READ, rows=("GEN-17", "PRF-07"))
