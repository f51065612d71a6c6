"""Customers in the command bar, for who may read files."""
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.accounts.access import may
from config.contributions.search import register
from reception.customers.permissions import Can
from reception.customers.queries import suggest


def find(user, words, limit):
    """Files in reach that fit, masked."""
    if not may(user, Can.READ):
        return []
    return [{"label": row.label, "detail": " ".join(part for part in ("".join(row.phone), row.company) if part), "url": reverse("customer", args=[row.pk]),
             "icon": "user"} for row in suggest(user, None, words, limit=limit)]


register(key="customers", label=_("Customers"), find=find, order=10)
