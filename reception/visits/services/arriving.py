"""A visitor arrives: the walk-in is logged, or who was expected today is met (REC-02)."""
from django.db import transaction
from django.utils.translation import gettext as _

from config import together
from config.accounts import trace
from config.errors import Refused
from config.numbers.services import public_code
from reception.customers import services as customers
from reception.visits import arrivals, queue, states
from reception.visits.events import visit_logged
from reception.visits.hosts import doorbell
from reception.visits.models import Visit
from reception.visits.recording import locked_person, record, recorded_together, to_write
from reception.visits.services.moves import be_assigned, be_greeted, be_guided, details_of, known_steps, template_version, work_on
from reception.visits.services.serving import assign, guide, tick_steps

FIELDS = ("visitor_name", "party_size", "source", "need", "interest", "intention", "note")


@transaction.atomic(savepoint=False)
def log_visit(actor, *, hall, purpose, now, arrived_at=None, customer=None, new_customer=None, party_size=1, service=None, version=None,
              details=None, steps=(), area=None, adviser=None, receptionist=None, priority="", appointment=None, **facts):
    """Log a walk-in (REC-02); hall and purpose alone are enough.

    `new_customer` is what `customers.register_customer` takes (name, phones, company). `service` is wanted on a ticket; without
    one it is the purpose's usual service; there is a ticket if the hall offers it. `version` is the reception template's of that day,
    where the caller has read it. With `steps` ticked the visitor counts as greeted now, or without a time where an earlier arrival is
    told: nobody measured it. A free `adviser` begins at once, a busy one is waited for. `priority` is the class in which the ticket is
    called. Who is expected today (`appointment`, or found by the customer; False for who said that they are not) takes the appointment's
    place in the queue, and who arrived for it already is that same visit. It makes no savepoint: who catches a refusal within a
    transaction makes one, and a public code that is taken is drawn again by the page's `oneoff.once`. Refused: hall not open that day,
    arrival in the future, adviser off shift, area full, a template field that cannot be read.
    """
    arrived_at = arrived_at or now
    day = _refuse_unlikely(hall, arrived_at, now)
    if adviser:
        locked_person(adviser)
    if appointment is None:
        appointment = arrivals.expected(hall, day, customer, new_customer)
    if appointment and appointment.visit_id:
        return _met_again(actor, appointment.visit, customer=customer, steps=steps, area=area, adviser=adviser, now=now, **facts)
    version = version or template_version(hall, day)
    customer = _customer_file(actor, *arrivals.told_before(appointment, customer, new_customer), hall=hall, arrived_at=arrived_at, now=now)
    wanted = service or appointment and appointment.service or purpose.service
    taken = queue.next_of_arrival(hall, day, wanted)
    visit = Visit(
        pk=taken["visit"], number=taken["number"], public_code=public_code(), hall=hall, purpose=purpose, customer=customer, party_size=party_size,
        template_version=version, details=details_of(version, details), arrived_at=arrived_at, receptionist=receptionist,
        steps=known_steps(version, steps), created_at=now, created_by=actor.user, **{key: facts[key] for key in FIELDS if key in facts})
    with recorded_together(visit):
        begins = _first_moves(actor, visit, area=area, adviser=adviser, now=now)
        leg = _ticket(actor, visit, wanted, taken, priority=priority, appointment=appointment) if taken["sequence"] else None
        if appointment:
            arrivals.takes_place(actor, appointment, visit, now=now)
        _write(actor, visit, leg)
        if begins:
            work_on(actor, visit, adviser, now=now)
    if adviser or appointment and appointment.employee_id:
        doorbell.ring(visit)
    visit_logged.send(sender=Visit, visit_id=visit.pk, hall_id=visit.hall_id)
    return visit


def _refuse_unlikely(hall, arrived_at, now):
    """Refuse an arrival in a hall that is not open that day, or in the future; returns the day of it in the hall."""
    day = hall.day_of(arrived_at)
    if not hall.is_open_on(day):
        raise Refused(_("%(hall)s is not open on this day. Choose another hall or another day.") % {"hall": hall}, field="hall")
    if arrived_at > now:
        raise Refused(_("The arrival lies in the future. Enter the time when the visitor came."), field="arrived_at")
    return day


def _met_again(actor, visit, *, steps, area, adviser, now, **facts):
    """Who is logged here arrived already another way: what was asked now is done to that one visit."""
    visit = arrivals.meets(actor, visit, now=now, **{key: value for key, value in facts.items() if key in (*FIELDS, "customer")})
    if steps and visit.state in states.PRESENT:
        visit = tick_steps(actor, visit, done=steps, now=now)
    if area and visit.area_id != area.pk:
        visit = guide(actor, visit, area, now=now)
    if adviser and visit.state in {states.WAITING, states.GREETED}:
        visit = assign(actor, visit, adviser, now=now)
    return visit


def _customer_file(actor, customer, new_customer, *, hall, arrived_at, now):
    """The file of who came, known in this hall from now on: a new one, the one that was chosen, or None."""
    if new_customer:
        return customers.register_customer(actor, hall=hall, now=now, **new_customer)
    if customer:
        customers.came(customer, hall, at=arrived_at, now=now)
    return customer


def _first_moves(actor, visit, *, area, adviser, now):
    """Arrived and, where it was told, greeted, led to an area, given to an adviser; whether service begins with it."""
    record(actor, visit, "arrived", at=visit.arrived_at)
    if visit.steps:
        be_greeted(actor, visit, now=now)
    if area:
        be_guided(actor, visit, area, now=now)
    begins = bool(adviser) and be_assigned(actor, visit, adviser, now=now)
    if visit.arrived_at < now:
        visit.greeted_at = None  # an arrival told afterwards: when they were greeted, nobody measured
    return begins


def _ticket(actor, visit, service, taken, *, priority, appointment):
    """The ticket of a logged visit, with the priority it was given or the appointment's, whose place it takes; not yet saved."""
    wish = arrivals.ticket_facts(appointment, visit.arrived_at) if appointment else {}
    if priority:
        wish |= {"priority": priority, "priority_from": visit.arrived_at}
    leg = queue.ticket(visit, service, taken["sequence"], at=visit.arrived_at, pk=taken["leg"], **wish)
    queue.record_queued(actor, visit, leg)
    return leg


def _write(actor, visit, leg):
    """Visit, ticket and events so far, with their history, in one statement."""
    trace.mark(actor, visit, act="logged")
    if leg:
        trace.mark(actor, leg, act="queued")
    together.insert([visit, *([leg] if leg else []), *to_write(visit)])
