"""The measures after incidents that somebody is responsible for go to the successor."""
from django.utils.translation import gettext_lazy as _

from config.contributions.holdings import register
from facilities.incidents.models import IncidentMeasure
from facilities.incidents.permissions import Can
from staff.organisation.holdings import give

register(key="incident_measures", label=_("Measures after incidents"), owned=lambda employee: IncidentMeasure.objects.filter(owner=employee, done_at=None),
         hand_over=give("owner"), capability=Can.LEAD)
