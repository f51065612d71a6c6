"""What the incidents room carries out of the regulation."""
from django.utils.translation import gettext_lazy as _

from config.contributions.clauses import register
from facilities.incidents.permissions import Can

register(key="incidents", label=_("Incidents: report, response, lessons"), page="incidents", capability=Can.READ, kind="incident",
         rows=("FAC-27", "FAC-30", "FAC-31"))
