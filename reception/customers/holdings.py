"""What a person owns in this room: customers, handed to a colleague when they leave or move."""
from django.utils.translation import gettext_lazy as _

from config.contributions.holdings import register
from reception.customers.models import Customer
from reception.customers.services import change


def owned(employee):
    """The files of which this person is the owner."""
    return Customer.objects.filter(owner=employee, merged_into__isnull=True)


def hand_over(actor, records, to, now):
    """Make `to` the owner of these files, each with its history row."""
    for customer in records:
        change(actor, customer, owner=to, now=now)


register(key="customers", label=_("Customers"), owned=owned, hand_over=hand_over)
