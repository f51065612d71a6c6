"""Incidents as other rooms point at them."""
from django.utils.translation import gettext_lazy as _

from config.contributions.records import register
from facilities.incidents.services import KIND

register(key=KIND, model="facilities.Incident", label=_("Incident"), title=str, page="incident", confidentiality="confidential", number="IN")
