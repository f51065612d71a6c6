"""What cleaning tells whoever takes a shift over: the rounds of the hall that are not finished."""
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.contributions.handovers import register
from facilities.cleaning import states
from facilities.cleaning.models import CleaningRound
from facilities.cleaning.services import KIND

MOST = 10


def unfinished(hall, giver, now):
    """The rounds that still have something to tick."""
    rows = (CleaningRound.objects.filter(hall=hall, state__in=states.OPEN, day__lte=hall.day_of(now)).order_by("day", "pk")
            .annotate(all_items=Count("items"), ticked=Count("items", filter=Q(items__ticked_at__isnull=False))))
    return [{"kind": KIND, "id": row.pk, "done": row.ticked, "of": row.all_items, "since": row.due_at.isoformat()} for row in rows[:MOST]]


def tell(line):
    """How far it is."""
    return _("Cleaning round: %(done)s of %(of)s surfaces done") % {"done": line["done"], "of": line["of"]}


register(key="rounds", label=gettext_lazy("Unfinished rounds"), find=unfinished, tell=tell, order=20)
