"""What promises tell whoever takes a shift over: what the giver still has to keep, so that no promise leaves with the shift (FIELD 4.11)."""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.contributions.handovers import register
from reception.promises import states
from reception.promises.models import Promise
from reception.promises.services import KIND

MOST = 40


def running(hall, giver, now):
    """The promises of the giver in this hall that somebody still has to keep, the soonest first."""
    rows = Promise.objects.filter(hall=hall, owner=giver, state__in=states.RUNNING).order_by("due_at", "pk")[:MOST]
    return [{"kind": KIND, "id": row.pk, "since": row.due_at.isoformat()} for row in rows]


def tell(line):
    """That there is one; its moment stands beside it, and what was promised is read in it."""
    return _("Promise to a customer, due")


register(key="promises", label=gettext_lazy("Promises to keep"), find=running, tell=tell, order=16)
