"""Service legs: tickets, calls and what may follow (lifecycles.md 5.1, service leg). The visit follows its legs."""
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts import trace
from config.errors import Refused
from config.numbers.services import TAKE, written
from reception.visits import calling, posts, states
from reception.visits.models import ServiceLeg
from reception.visits.recording import locked_person, locked_visit, record
from staff.regulation import values
from staff.shifts.queries import shift_of
from staff.training.eligibility import may_serve, reasons_for, services_given_by

TICKET = ("INSERT INTO reception_ticketcounter (hall_id, day, prefix, last) "
          "SELECT hall_id, %(day)s, %(prefix)s, 1 FROM staff_serviceoffer WHERE hall_id = %(hall)s AND service_id = %(service)s "
          "ON CONFLICT (hall_id, day, prefix) DO UPDATE SET last = reception_ticketcounter.last + 1 RETURNING last")
ARRIVAL = (f"WITH series AS ({TAKE}), ticket AS ({TICKET}) SELECT series.last, (SELECT last FROM ticket), "  # noqa: S608 - both are ours
           "nextval(pg_get_serial_sequence('reception_visit', 'id')), nextval(pg_get_serial_sequence('reception_serviceleg', 'id')) FROM series")
STARTED_ELSEWHERE = gettext_lazy("Another counter took this ticket a moment ago. Call the next one.")


def next_ticket(hall, day, service):
    """The next number of a service's letter in a hall on a day, or None when the hall does not offer the service. No number twice, none
    skipped by a commit."""
    with connection.cursor() as cursor:
        cursor.execute(TICKET, ticket_of(hall, day, service))
        found = cursor.fetchone()
        return found and found[0]


def ticket_of(hall, day, service):
    """What TICKET is run with; without a service it gives none."""
    return {"hall": hall.pk, "day": day, "service": service and service.pk, "prefix": service and service.prefix}


def next_of_arrival(hall, day, service):
    """{"number", "visit", "sequence", "leg"} of a visitor who arrives: the visit's number of the year, the next ticket as `next_ticket`
    gives it, and the ids of visit and leg. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(ARRIVAL, {"kind": "VS", "year": day.year, "count": 1, **ticket_of(hall, day, service)})
        last, sequence, visit, leg = cursor.fetchone()
    return {"number": written("VS", day.year, last), "visit": visit, "sequence": sequence, "leg": leg}


def take_ticket(actor, visit, service, *, at=None, **wish):
    """(new) -> queued: a ticket for one service of the visit, waiting since `at`, else since the arrival. None, and nothing happens,
    without a service or when the hall does not offer it. `wish`: priority with priority_from, wanted_employee."""
    at = at or visit.arrived_at
    sequence = service and next_ticket(visit.hall, visit.hall.day_of(at), service)
    if not sequence:
        return None
    leg = trace.save(actor, ticket(visit, service, sequence, at=at, **wish), act="queued")
    record_queued(actor, visit, leg)
    return leg


def ticket(visit, service, sequence, *, at, **facts):
    """The ticket of this number, not yet saved."""
    return ServiceLeg(visit=visit, hall=visit.hall, service=service, day=visit.hall.day_of(at), prefix=service.prefix, sequence=sequence, queued_at=at,
                      **facts)


def record_queued(actor, visit, leg):
    """The event that a ticket was taken."""
    record(actor, visit, "queued", at=leg.queued_at, leg=leg, detail={"ticket": leg.ticket} | ({"priority": leg.priority} if leg.priority else {}))


@transaction.atomic
def add_service(actor, visit, service, *, now):
    """Another service wanted in the same visit, with a ticket and times of its own (FIELD 2.1 20)."""
    visit = locked_visit(visit)
    if visit.state not in states.PRESENT:
        raise Refused(_("This visit has ended. Reopen it to add a service."))
    leg = take_ticket(actor, visit, service, at=now)
    if leg is None:
        raise Refused(_("This hall does not offer that service. Choose one of its own."), field="service")
    return leg


def locked(leg):
    """The leg as it is now, with its visit, both locked; the visit first, so that two acts never wait for each other."""
    visit = locked_visit(leg.visit)
    fresh = ServiceLeg.objects.select_for_update(of=("self",)).select_related("service", "post", "employee").get(pk=leg.pk)
    fresh.visit = visit
    return fresh


def waiting_legs(hall, day):
    """The queue of a hall: queued legs, longest wait first."""
    return ServiceLeg.objects.filter(hall=hall, day=day, state=states.QUEUED).order_by("queued_at", "pk")


@transaction.atomic
def call_next(actor, *, hall, post, employee, now):
    """Call whoever is next by the hall's rule (calling.py) among those this person may serve; None when nobody waits. Two counters never
    get the same ticket. A first call opens the counter; one that is paused or closed does not call."""
    refuse_unready(employee, hall, now)
    posts.ready_to_call(actor, post, employee, now)
    free = calling.in_turn(callable_legs(employee, hall, post, now), hall, now)
    leg = free.select_related("service", "visit").select_for_update(skip_locked=True, of=("self", "visit")).first()
    if leg is None:
        return None
    return _call(actor, locked(leg), post=post, employee=employee, now=now, verb="call")


def callable_legs(employee, hall, post, now):
    """The queue as one person at one counter sees it: what is theirs to call, longest wait first."""
    free = waiting_legs(hall, hall.day_of(now)).filter(_wanted(employee, post))
    wanted = set(free.order_by().values_list("service", flat=True).distinct())
    return free.filter(service__in=services_given_by(employee, wanted, now))


def refuse_unready(employee, hall, now):
    """Refuse to call while off shift, or with a ticket in hand; the lock on the person keeps two presses from calling two visitors."""
    locked_person(employee)
    shift = shift_of(employee, now)
    if not shift or shift.hall_id != hall.pk:
        raise Refused(_("%(name)s is not on shift in this hall now. Have the shift entered first.") % {"name": employee})
    held = ServiceLeg.objects.filter(employee=employee, hall=hall, day=hall.day_of(now), state__in=states.IN_HAND).first()
    if held:
        raise Refused(_("%(ticket)s is still at your counter. Finish it, park it or put it back before you call the next.") % {"ticket": held.ticket})


def _wanted(employee, post):
    """Legs that are for nobody in particular, or for this person and this counter."""
    return (Q(wanted_employee__isnull=True) | Q(wanted_employee=employee)) & (Q(wanted_post__isnull=True) | Q(wanted_post=post))


@transaction.atomic
def call(actor, leg, *, post, employee, now, reason=""):
    """queued -> called. Calling somebody who is neither the longest waiting of the service nor next by the hall's rule needs a reason,
    and so does a ticket that waits for another person or counter."""
    refuse_unready(employee, leg.hall, now)
    posts.ready_to_call(actor, post, employee, now)
    waiting = waiting_legs(leg.hall, leg.day).filter(_wanted(employee, post), service=leg.service)
    firsts = {waiting.values_list("pk", flat=True).first(), calling.in_turn(waiting, leg.hall, now).values_list("pk", flat=True).first()}
    leg = locked(leg)
    refuse_unable(employee, leg.service, now)
    in_turn = leg.state != states.QUEUED or leg.pk in firsts
    if not in_turn and not reason:
        raise Refused(_("Others wait longer for this service, or this ticket waits for somebody else. Say why it is called now."), field="reason")
    return _call(actor, leg, post=post, employee=employee, now=now, verb="call" if in_turn else "call_out_of_order", reason=reason)


def refuse_unable(employee, service, now):
    """Refuse with the first reason why this person may not give the service today."""
    if reasons := may_serve(employee, service, now):
        raise Refused(reasons[0])


def _call(actor, leg, *, post, employee, now, verb, reason=""):
    leg.state = states.LEG[verb].apply(leg.state, str(STARTED_ELSEWHERE))
    leg.post, leg.employee, leg.called_at, leg.calls = post, employee, now, leg.calls + 1
    trace.save(actor, leg, act="called", reason=reason)
    record(actor, leg.visit, "called" if verb == "call" else "called_out_of_order", at=now, leg=leg, employee=employee, post=post, reason=reason,
           detail={"priority": leg.priority} if leg.has_priority(now) else None)
    return leg


@transaction.atomic
def recall(actor, leg, *, now):
    """Call again; each recall is a fact with its time."""
    leg = locked(leg)
    states.LEG["recall"].apply(leg.state, _("This ticket is not called now."))
    leg.calls += 1
    trace.save(actor, leg, "calls", act="recalled")
    record(actor, leg.visit, "recalled", at=now, leg=leg, employee=leg.employee, post=leg.post)
    return leg


@transaction.atomic
def start(actor, leg, *, now):
    """called -> serving: the waiting time ends here. Counters call `services.start_leg`, which moves the visit along."""
    leg = locked(leg)
    leg.state = states.LEG["start"].apply(leg.state, _("Call the ticket before serving it."))
    leg.started_at = leg.started_at or now
    trace.save(actor, leg, act="started")
    record(actor, leg.visit, "started", at=now, leg=leg, employee=leg.employee, post=leg.post)
    return leg


@transaction.atomic
def finish(actor, leg, *, result="", now):
    """serving -> done, with the result."""
    leg = locked(leg)
    leg.state = states.LEG["finish"].apply(leg.state, _("This ticket is not being served now."))
    leg.ended_at, leg.result = now, result
    trace.save(actor, leg, act="done")
    record(actor, leg.visit, "done", at=now, leg=leg, employee=leg.employee, post=leg.post, reason=result)
    return leg


@transaction.atomic
def no_show(actor, leg, *, now):
    """called -> did not come; time and number of calls are kept."""
    leg = locked(leg)
    leg.state = states.LEG["no_show"].apply(leg.state, _("Only a called ticket can be marked as not come."))
    leg.ended_at = now
    trace.save(actor, leg, act="did not come")
    record(actor, leg.visit, "no_show", at=now, leg=leg, employee=leg.employee, post=leg.post, detail={"calls": leg.calls})
    return leg


@transaction.atomic
def rejoin(actor, leg, *, now):
    """did not come -> queued with the old arrival time, within `no_show_rejoin_minutes`."""
    leg = locked(leg)
    state = states.LEG["rejoin"].apply(leg.state, _("This ticket is in the queue already."))
    minutes = values.value("no_show_rejoin_minutes", leg.day, leg.hall_id)
    if now > leg.ended_at + timedelta(minutes=minutes):
        raise Refused(_("More than %(minutes)s minutes have passed since the call. Give the visitor a new ticket.") % {"minutes": minutes})
    leg.state, leg.ended_at, leg.post, leg.employee = state, None, None, None
    trace.save(actor, leg, act="rejoined")
    record(actor, leg.visit, "rejoined", at=now, leg=leg)
    return leg


@transaction.atomic
def park(actor, leg, *, reason, now):
    """queued or serving -> parked (fills in a form), keeping the place in the queue."""
    leg = locked(leg)
    leg.state = states.LEG["park"].apply(leg.state, _("Only a waiting or served ticket can be parked."))
    trace.save(actor, leg, act="parked", reason=reason)
    record(actor, leg.visit, "parked", at=now, leg=leg, employee=leg.employee, post=leg.post, reason=reason)
    return leg


@transaction.atomic
def unpark(actor, leg, *, now):
    """parked -> queued at the old place."""
    leg = locked(leg)
    leg.state = states.LEG["unpark"].apply(leg.state, _("This ticket is not parked."))
    leg.post, leg.employee = None, None
    trace.save(actor, leg, act="back in the queue")
    record(actor, leg.visit, "unparked", at=now, leg=leg)
    return leg


@transaction.atomic
def transfer(actor, leg, *, note, now, service=None, post=None, employee=None):
    """serving -> queued for another service, counter or person, with a note."""
    leg = locked(leg)
    if not (service or post or employee):
        raise Refused(_("Say to which service, counter or person the visitor is transferred."), field="service")
    if service and not leg.hall.offers.filter(service=service).exists():
        raise Refused(_("This hall does not offer that service. Choose one of its own."), field="service")
    if employee:
        refuse_unable(employee, service or leg.service, now)
    leg.state = states.LEG["transfer"].apply(leg.state, _("Only a ticket that is being served can be transferred."))
    leg.service, leg.wanted_post, leg.wanted_employee, leg.post, leg.employee = service or leg.service, post, employee, None, None
    trace.save(actor, leg, act="transferred", reason=note)
    record(actor, leg.visit, "transferred", at=now, leg=leg, employee=employee, post=post, reason=note, detail={"service": leg.service_id})
    return leg


@transaction.atomic
def put_back(actor, leg, *, reason, now):
    """called or serving -> queued with the old arrival time."""
    leg = locked(leg)
    leg.state = states.LEG["put_back"].apply(leg.state, _("Only a called or served ticket can be put back."))
    leg.post, leg.employee = None, None
    trace.save(actor, leg, act="put back", reason=reason)
    record(actor, leg.visit, "put_back", at=now, leg=leg, reason=reason)
    return leg


@transaction.atomic
def set_priority(actor, leg, priority, *, reason, now):
    """Let a waiting ticket go before others within the hall's share, or take that away again; why is kept."""
    leg = locked(leg)
    states.LEG["prioritise"].apply(leg.state, _("Only a waiting or parked ticket can be given priority."))
    if priority == leg.priority:
        raise Refused(_("The ticket has this priority already. Choose another."), field="priority")
    leg.priority, leg.priority_from = priority, now if priority else None
    trace.save(actor, leg, "priority", "priority_from", act="priority", reason=reason)
    record(actor, leg.visit, "prioritised", at=now, leg=leg, reason=reason, detail={"priority": priority})
    return leg


@transaction.atomic
def abandon(actor, leg, *, now):
    """The visitor gave this service up; out of the averages."""
    leg = locked(leg)
    leg.state = states.LEG["abandon"].apply(leg.state, _("This ticket is being served or has ended."))
    leg.ended_at = now
    trace.save(actor, leg, act="given up")
    record(actor, leg.visit, "abandoned", at=now, leg=leg)
    return leg


def start_with_visit(actor, visit, employee, *, post, now):
    """The visit begins to be served: its first waiting ticket begins with it, if this person may give that service."""
    waiting = visit.legs.select_for_update(of=("self",)).select_related("service").filter(state__in=[states.QUEUED, states.CALLED])
    leg = waiting.order_by("queued_at", "pk").first()
    if leg is None or reasons_for([employee], leg.service, now)[employee.pk]:
        return
    if leg.state == states.QUEUED:
        leg.called_at, leg.calls = now, leg.calls + 1
        record(actor, visit, "called", at=now, leg=leg, employee=employee, post=post)
    leg.state, leg.employee, leg.post, leg.started_at = states.SERVING, employee, post, now
    trace.save(actor, leg, act="started")
    record(actor, visit, "started", at=now, leg=leg, employee=employee, post=post)


def change_hands(actor, visit, employee, *, now):
    """A handover: the tickets in service go along."""
    for leg in visit.legs.select_for_update().filter(state=states.SERVING):
        leg.employee = employee
        trace.save(actor, leg, act="handed over")


def end_with_visit(actor, visit, *, at, assumed):
    """The visit ended: served tickets are done, waiting ones given up."""
    for leg in visit.legs.select_for_update().filter(state__in=states.OPEN_LEGS):
        served = leg.state == states.SERVING
        leg.state, leg.assumed = states.DONE if served else states.ABANDONED, assumed
        if leg.started_at and leg.started_at > at:
            leg.started_at = None  # pressed after the visitor had left: a time of writing, not of what happened
        leg.ended_at = max(at, leg.queued_at)
        trace.save(actor, leg, act="ended with the visit")
        record(actor, visit, "done" if served else "abandoned", at=leg.ended_at, leg=leg, employee=leg.employee, post=leg.post, detail={"assumed": assumed})
