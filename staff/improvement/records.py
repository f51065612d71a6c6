"""Improvement items and suggestions as other rooms point at them."""
from django.utils.translation import gettext_lazy as _

from config.contributions.records import register
from staff.improvement import services
from staff.improvement.suggestions import services as suggestions

register(key=services.KIND, model="staff.Action", label=_("Improvement item"), title=str, page="improvement", confidentiality="internal", number="IM")
register(key=suggestions.KIND, model="staff.Suggestion", label=_("Suggestion"), title=str, page="suggestion", confidentiality="internal", number="SG")
