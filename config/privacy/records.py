"""Accounts as records that logs point at."""
from django.utils.translation import gettext_lazy as _

from config.contributions import records

records.register(key="account", model="config.User", label=_("Account"), title=str, confidentiality="confidential")
