"""What a person owns in this room: customers, handed to a colleague when they leave or move."""
from django.utils.translation import gettext_lazy as _

from config.contributions.holdings import register
from reception.customers.completeness_models import Confirmation
from reception.customers.models import Customer
from reception.customers.permissions import Can
from reception.customers.services import change
from reception.customers.services.completeness import hand_over_mark


def owned(employee):
    """The files of which this person is the owner."""
    return Customer.objects.filter(owner=employee, merged_into__isnull=True)


def hand_over(actor, records, to, now, reason=""):
    """Make `to` the owner of these files, each with its history row."""
    for customer in records:
        change(actor, customer, owner=to, reason=reason, now=now)


register(key="customers", label=_("Customers"), owned=owned, hand_over=hand_over, capability=Can.EDIT)


def asked(employee):
    """What this person still has to confirm with customers."""
    return Confirmation.objects.filter(owner=employee, asked_at=None)


def hand_over_asked(actor, records, to, now, reason=""):
    """Let `to` ask."""
    for row in records:
        hand_over_mark(actor, row, owner=to, reason=reason, now=now)


register(key="confirmations", label=_("Fields to confirm with customers"), owned=asked, hand_over=hand_over_asked, capability=Can.EDIT)
