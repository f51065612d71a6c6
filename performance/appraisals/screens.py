"""What the appraisals carry out of the regulation."""
from django.utils.translation import gettext_lazy as _

from config.contributions.clauses import register
from performance.appraisals.permissions import Can

register(key="appraisals", label=_("Monthly appraisals from self-review to filing"), page="appraisals", capability=Can.READ,
         rows=("PRF-14", "PRF-18", "PRF-19", "PRF-20", "PRF-21"))
