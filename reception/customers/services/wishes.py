"""What the customer wants and what to mind: the choice (REC-28), the attention mark, the check with the customer."""
from django.db import transaction
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from config.web.versions import claim_version
from reception.customers.events import choice_made
from reception.customers.models import Customer
from reception.customers.services.files import locked

Choice = Customer.Choice


def may_be_contacted(customer):
    """Whether we may approach the customer by ourselves; calls we promised or that they asked for are another matter (REC-28)."""
    return customer.choice == Choice.OPEN and customer.merged_into_id is None


@transaction.atomic
def set_choice(actor, customer, *, choice, reason, now, version=None):
    """Record the customer's own choice. "declined" and "do not contact" close sales attempts and take the customer off call lists.

    Every choice needs its reason, taking one back too. Raises Refused without one, or when the choice stands already.
    """
    customer = locked(customer)
    claim_version(customer, version)
    if not reason.strip():
        raise Refused(_("Write down why, in the customer's words if you can."), field="reason")
    if choice == customer.choice:
        raise Refused(_("This is the customer's choice already. Choose another one or leave it."), field="choice")
    customer.choice, customer.choice_reason, customer.choice_at = choice, reason.strip(), now
    trace.save(actor, customer, "choice", "choice_reason", "choice_at", "version", act="choice", reason=reason.strip())
    choice_made.send(Customer, customer_id=customer.pk, choice=choice, reason=reason)
    return customer


@transaction.atomic
def set_attention(actor, customer, *, attention, now, version=None):
    """Set or clear the mark that colleagues mind when the customer comes; it is never shown to visitors."""
    customer = locked(customer)
    claim_version(customer, version)
    customer.attention = attention.strip()
    trace.save(actor, customer, "attention", "version", act="attention mark" if customer.attention else "attention mark cleared")
    return customer


@transaction.atomic
def confirm_with_customer(actor, customer, *, now):
    """Note that the file was read over with the customer, by whom and when."""
    customer = locked(customer)
    customer.confirmed_at, customer.confirmed_by = now, actor.user
    trace.save(actor, customer, "confirmed_at", "confirmed_by", act="checked with the customer")
    return customer
