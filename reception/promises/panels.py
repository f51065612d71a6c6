"""What promises bring to other pages: a box on the customer's page that reads itself, and the broken ones of one's people on My day."""
from config.accounts.access import may
from config.contributions.panels import register
from reception.promises import queries
from reception.promises.permissions import Can


def of_customer(customer, user):
    """The box; what is in it is read by itself when it comes into view. None for who sees no promises."""
    return {"kind": "customer", "pk": customer.pk, "adds": may(user, Can.EDIT)} if may(user, Can.READ) else None


def broken(_record, user):
    """The place for the broken promises of one's people, read by itself; None for who stands above nobody."""
    return {"aside": True} if queries.stands_above(user) else None


register(key="promises", place="customer", template="reception/promises/_of_customer.html", context=of_customer, order=10)
register(key="broken-promises", place="my_day", template="reception/promises/_broken_box.html", context=broken, order=29)
