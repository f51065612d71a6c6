"""What this room adds to a customer's time line: communications, for who may read them."""
from django.urls import reverse

from config.contributions.panels import register_timeline
from reception.customers.queries import communications_of, may_see


def entries(customer, user, limit):
    """The newest communications as entries of the time line."""
    if not may_see(user, "communications", customer):
        return []
    address = reverse("customer", args=[customer.pk])
    return [{"at": row.at, "title": f"{row.get_method_display()}: {row.topic}", "detail": row.next_step, "icon": "message-square",
             "address": f"{address}#communication-{row.pk}"} for row in communications_of(customer)[:limit]]


register_timeline(key="communications", place="customer", entries=entries)
