"""Visits in service belong to their adviser; whoever leaves hands them to another."""
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.contributions import holdings
from reception.visits import services, states
from reception.visits.models import Visit
from reception.visits.permissions import Can


def owned(employee):
    """The visits this person serves now, and those that wait for them."""
    return Visit.objects.filter(adviser=employee, state__in=states.PRESENT)


def hand_over(actor, records, to, now, reason=""):
    """Give each visit to `to`: by name, since the one who gives it is not there to offer it."""
    for visit in records:
        services.reassign(actor, visit, to, reason=reason or gettext("handed over with everything else"), now=now)


holdings.register(key="visits", label=_("Visits in service"), owned=owned, hand_over=hand_over, capability=Can.EDIT)
