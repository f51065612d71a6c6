"""Correcting what was written about a visit; its state is moved by the other verbs alone."""
from django.db import transaction

from config.accounts import trace
from config.web.versions import claim_version
from reception.customers import services as customers
from reception.visits.recording import locked_visit
from reception.visits.services.moves import details_of, involve_adviser


@transaction.atomic
def change(actor, visit, *, version, now, **facts):
    """Correct what was written about a visit; the state is moved by verbs alone. A `customer` of None takes a wrong one away.

    Refused when somebody changed it since it was opened.
    """
    visit = locked_visit(visit)
    claim_version(visit, version)
    if "details" in facts:
        visit.details = details_of(visit.template_version, facts.pop("details"))
    if "customer" in facts:
        _change_customer(visit, facts.pop("customer"), now=now)
    for name, value in facts.items():
        setattr(visit, name, value)
    return trace.save(actor, visit, act="changed")


def _change_customer(visit, customer, *, now):
    """The visit is of this file, or of none; who serves it works on the new file and no longer on the old one."""
    if customer == visit.customer:
        return
    if visit.customer_id:
        customers.release(visit.customer, None, kind="visit", record_id=visit.pk, now=now)
    visit.customer = customer
    if customer:
        customers.came(customer, visit.hall, at=visit.arrived_at, now=now)
        involve_adviser(visit, now=now)
