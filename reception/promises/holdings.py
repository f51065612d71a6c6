"""What a person owns in this room: promises to keep, handed to a colleague when they leave or move."""
from django.utils.translation import gettext_lazy as _

from config.contributions.holdings import register
from reception.promises import services, states
from reception.promises.models import Promise
from reception.promises.permissions import Can


def owned(employee):
    """The promises that this person still has to keep."""
    return Promise.objects.filter(owner=employee, state__in=states.RUNNING)


def hand_over(actor, records, to, now, reason=""):
    """Make `to` the one who keeps each of these."""
    for row in records:
        services.hand_over(actor, row, owner=to, reason=reason, now=now)


register(key="promises", label=_("Promises to customers"), owned=owned, hand_over=hand_over, capability=Can.EDIT)
