"""Customers as records that other rooms point at."""
from django.utils.translation import gettext_lazy as _

from config.contributions.records import register

register(key="customer", model="reception.Customer", label=_("Customer"), title=str, page="customer", confidentiality="confidential", number="CU")
