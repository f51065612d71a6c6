"""What this room adds to a customer's page: communications on its time line, for who may read them, and how complete the file is."""
from config.contributions.panels import register, register_timeline
from config.web import addresses
from reception.customers.queries import communications_of, may_see


def entries(customer, user, limit):
    """The newest communications as entries of the time line."""
    if not may_see(user, "communications", customer):
        return []
    address = addresses.of("customer", customer.pk)
    return [{"at": row.at, "title": f"{row.get_method_display()}: {row.topic}", "detail": row.next_step, "icon": "message-square",
             "address": f"{address}#communication-{row.pk}"} for row in communications_of(customer)[:limit]]


register_timeline(key="communications", place="customer", entries=entries)


def complete(customer, user):
    """How complete the file is: a box that reads itself when it comes into view."""
    return {"pk": customer.pk}


register(key="completeness", place="customer", template="reception/customers/_completeness_box.html", context=complete, order=5)
