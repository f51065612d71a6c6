"""What complaints bring to the customer's page: the ones of this customer that the viewer may see, also as entries of the time line."""
from django.urls import reverse
from django.utils.text import Truncator

from complaints.handling import cells, queries
from complaints.handling.permissions import Can
from config.accounts.access import may
from config.contributions.panels import register, register_timeline
from config.web.choices import word


def of_customer(customer, user):
    """The box; None where there is nothing to see."""
    rows = queries.of_customer(customer, user) if may(user, Can.READ) else []
    return {"rows": [(row, cells.tone(row), word(row, "state")) for row in rows]} if rows else None


def entries(customer, user, limit):
    """When something was complained about or praised."""
    rows = queries.of_customer(customer, user)[:limit] if may(user, Can.READ) else []
    return [{"at": row.received_at, "title": f"{word(row, 'kind')} {row.number}", "detail": Truncator(row.matter).chars(60),
             "address": reverse("complaint", args=[row.pk]), "icon": "message-square-warning", "key": True} for row in rows]


register(key="complaints", place="customer", template="complaints/handling/_of_customer.html", context=of_customer, order=8)
register_timeline(key="complaints", place="customer", entries=entries)
