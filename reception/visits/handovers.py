"""What the reception tells whoever takes a shift over: who waits, who is being served by the giver, whose ticket is parked, who is expected."""
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.contributions.handovers import register
from reception.visits import states
from reception.visits.models import ServiceLeg, Visit, ticket
from reception.visits.queue_models import Appointment

MOST = 40


def waiting(hall, giver, now):
    """Who waits in the hall, and whom the giver serves now; whoever came first stands first."""
    rows = Visit.objects.filter(hall=hall, state__in=[states.WAITING, states.GREETED]) | Visit.objects.filter(
        hall=hall, state=states.IN_SERVICE, adviser=giver)
    return [{"kind": "visit", "id": row.pk, "number": row.number, "state": row.state, "since": row.arrived_at.isoformat()}
            for row in rows.order_by("arrived_at", "pk")[:MOST]]


def tell_visit(line):
    """The number of the visit and how it stood."""
    return f"{line['number']} · {Visit.State(line['state']).label}"


def parked(hall, giver, now):
    """Tickets that nobody waits on now and that may come back."""
    rows = ServiceLeg.objects.filter(hall=hall, day=hall.day_of(now), state__in=states.AWAY).order_by("queued_at", "pk")[:MOST]
    return [{"kind": "visit", "id": row.visit_id, "ticket": ticket(row.prefix, row.sequence), "state": row.state, "since": row.queued_at.isoformat()}
            for row in rows]


def tell_ticket(line):
    """The ticket and how it stood."""
    return f"{line['ticket']} · {ServiceLeg.State(line['state']).label}"


def expected(hall, giver, now):
    """Whom the hall expects within the next day."""
    rows = Appointment.objects.filter(hall=hall, state=states.PLANNED, at__gte=now, at__lt=now + timedelta(days=1)).order_by("at", "pk")[:MOST]
    return [{"kind": "appointment", "id": row.pk, "party": row.party_size, "since": row.at.isoformat()} for row in rows]


def tell_expected(line):
    """How many come."""
    return _("Expected, people: %(n)s") % {"n": line["party"]}


register(key="visits", label=gettext_lazy("Who is here"), find=waiting, tell=tell_visit, order=10)
register(key="parked", label=gettext_lazy("Parked tickets"), find=parked, tell=tell_ticket, order=12)
register(key="expected", label=gettext_lazy("Who is expected"), find=expected, tell=tell_expected, order=14)
