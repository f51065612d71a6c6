"""The verbs of a visit, from arrival to leaving (lifecycles.md 5.1; REC-02 to 08). Those of its service legs stand in queue.py."""
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from config.accounts import trace
from config.contributions import guards
from config.errors import Refused
from config.numbers.services import next_number, public_code
from config.web.versions import claim_version
from facilities.areas.models import Area
from reception.customers import services as customers
from reception.visits import arrivals, queue, rules, states
from reception.visits.events import visit_closed, visit_logged
from reception.visits.models import Handover, TemplateVersion, Visit, VisitEvent
from reception.visits.recording import locked_person, locked_visit, record, recorded_together
from staff.shifts.queries import on_duty, shift_of

FIELDS = ("visitor_name", "party_size", "source", "need", "interest", "intention", "note")


@transaction.atomic(savepoint=False)
def log_visit(actor, *, hall, purpose, now, arrived_at=None, customer=None, new_customer=None, party_size=1, service=None, version=None,
              details=None, steps=(), area=None, adviser=None, receptionist=None, priority="", appointment=None, **facts):
    """Log a walk-in (REC-02); hall and purpose alone are enough.

    `new_customer` is what `customers.register_customer` takes (name, phones, company). `service` is wanted on a ticket; without
    one it is the purpose's usual service; there is a ticket if the hall offers it. `version` is the reception template's of that day,
    where the caller has read it. With `steps` ticked the visitor counts as greeted now, or without a time where an earlier arrival is
    told: nobody measured it. A free `adviser` begins at once, a busy one is waited for. `priority` is the class in which the ticket is
    called. Who is expected today (`appointment`, or found by the customer) takes the appointment's place in the queue, and who arrived
    for it already is that same visit. It makes no savepoint: who catches a refusal within a transaction makes one, and a public code
    that is taken is drawn again by the page's `oneoff.once`. Refused: hall not open that day, arrival in the future, adviser off shift,
    area full, a template field that cannot be read.
    """
    arrived_at = arrived_at or now
    day = _refuse_unlikely(hall, arrived_at, now)
    if adviser:
        locked_person(adviser)
    appointment = appointment or arrivals.expected(hall, day, customer, new_customer)
    if appointment and appointment.visit_id:
        return _met_again(actor, appointment.visit, customer=customer, steps=steps, area=area, adviser=adviser, now=now, **facts)
    version = version or template_version(hall, day)
    if new_customer:
        customer = customers.register_customer(actor, hall=hall, now=now, **new_customer)
    elif customer:
        customers.know_in_hall(customer, hall, now=now)
        customers.seen(customer, at=arrived_at)
    visit = Visit(
        number=next_number("VS", day.year), public_code=public_code(), hall=hall, purpose=purpose, customer=customer, party_size=party_size,
        template_version=version, details=details_of(version, details), arrived_at=arrived_at, receptionist=receptionist,
        steps=known_steps(version, steps), created_at=now, created_by=actor.user, **{key: facts[key] for key in FIELDS if key in facts})
    with recorded_together(visit):
        record(actor, visit, "arrived", at=arrived_at)
        if steps:
            _greet(actor, visit, now=now)
        if area:
            _guide(actor, visit, area, now=now)
        begins = adviser and _assign(actor, visit, adviser, now=now)
        if arrived_at < now:
            visit.greeted_at = None  # an arrival told afterwards: when they were greeted, nobody measured
        trace.save(actor, visit, act="logged")
        wish = arrivals.ticket_facts(appointment, arrived_at) if appointment else {}
        wish |= {"priority": priority, "priority_from": arrived_at} if priority else {}
        queue.take_ticket(actor, visit, service or appointment and appointment.service or purpose.service, **wish)
        if appointment:
            arrivals.takes_place(actor, appointment, visit, now=now)
        if begins:
            _work_on(actor, visit, adviser, now=now)
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
        visit = tick_steps(actor, visit, {*visit.steps, *steps}, now=now)
    if area and visit.area_id != area.pk:
        visit = guide(actor, visit, area, now=now)
    if adviser and visit.state in {states.WAITING, states.GREETED}:
        visit = assign(actor, visit, adviser, now=now)
    return visit


def template_version(hall, day):
    """The version of the hall's reception template in force on `day`, or None."""
    return (TemplateVersion.objects.filter(template__halls__hall=hall, valid_from__lte=day).order_by("-valid_from", "-number").first())


def details_of(version, raw):
    """The template's fields read from `raw`; a sentence beside the field otherwise."""
    if not version or not raw:
        return {}
    try:
        return rules.read_details(version.fields, raw)
    except rules.Unreadable as wrong:
        sentence = _("Enter a number.") if wrong.why == "number" else _("Choose one of the offered answers.")
        raise Refused(sentence, field=f"detail_{wrong.key}") from wrong


def known_steps(version, steps):
    """The ticked steps that the template knows."""
    return [step["key"] for step in (version.steps if version else []) if step["key"] in set(steps)]


@transaction.atomic
def change(actor, visit, *, version, now, **facts):
    """Correct what was written about a visit; the state is moved by verbs alone. A `customer` of None takes a wrong one away.

    Refused when somebody changed it since it was opened.
    """
    visit = locked_visit(visit)
    claim_version(visit, version)
    if "details" in facts:
        visit.details = details_of(visit.template_version, facts.pop("details"))
    if "customer" in facts:
        _change_customer(visit, facts.pop("customer"), now=now)
    for name, value in facts.items():
        setattr(visit, name, value)
    return trace.save(actor, visit, act="changed")


def _change_customer(visit, customer, *, now):
    """The visit is of this file, or of none; who serves it works on the new file and no longer on the old one."""
    if customer == visit.customer:
        return
    if visit.customer_id:
        customers.release(visit.customer, None, kind="visit", record_id=visit.pk, now=now)
    visit.customer = customer
    if customer:
        customers.know_in_hall(customer, visit.hall, now=now)
        customers.seen(customer, at=visit.arrived_at)
        _involve_adviser(visit, now=now)


def _involve_adviser(visit, *, now):
    """Who serves the visit now works on the customer's file."""
    if visit.customer_id and visit.adviser_id and visit.state == states.IN_SERVICE:
        customers.involve(visit.customer, visit.adviser, kind="visit", record_id=visit.pk, now=now)


@transaction.atomic
def greet(actor, visit, *, now, steps=()):
    """waiting -> greeted: greeting time and the reception steps done (REC-03)."""
    visit = locked_visit(visit)
    visit.steps = known_steps(visit.template_version, {*visit.steps, *steps})
    _greet(actor, visit, now=now)
    return trace.save(actor, visit, act="greeted")


def _greet(actor, visit, *, now):
    visit.state = states.VISIT["greet"].apply(visit.state, _("This visitor was greeted already."))
    visit.greeted_at = max(now, visit.arrived_at)
    record(actor, visit, "greeted", at=visit.greeted_at, detail={"steps": visit.steps})


@transaction.atomic
def tick_steps(actor, visit, steps, *, now):
    """Tick or untick reception steps; the first tick of a waiting visitor is the greeting."""
    visit = locked_visit(visit)
    if visit.state not in states.PRESENT:
        raise Refused(_("This visit has ended. Reopen it to change its steps."))
    visit.steps = known_steps(visit.template_version, steps)
    if visit.state == states.WAITING and visit.steps:
        _greet(actor, visit, now=now)
    else:
        record(actor, visit, "steps", at=now, detail={"steps": visit.steps})
    return trace.save(actor, visit, act="steps ticked")


@transaction.atomic
def guide(actor, visit, area, *, now):
    """Lead the visitors to an area of the hall (REC-05); the one they leave is free again."""
    visit = locked_visit(visit)
    if visit.state not in states.PRESENT:
        raise Refused(_("This visit has ended. Reopen it to lead the visitors to an area."))
    _guide(actor, visit, area, now=now)
    return trace.save(actor, visit, act="guided")


def _guide(actor, visit, area, *, now):
    if area is not None:
        area = Area.objects.select_for_update().get(pk=area.pk)
        if area.hall_id != visit.hall_id or not area.is_active:
            raise Refused(_("This area does not belong to the hall. Choose one of its own areas."), field="area")
        if is_full(area, but=visit):
            raise Refused(_("%(area)s is occupied. Choose a free area, or free this one first.") % {"area": area}, field="area")
    visit.area = area
    record(actor, visit, "guided" if area else "area_freed", at=now, area=area)


def is_full(area, *, but):
    """Whether the other parties in this (locked) area leave no room."""
    return Visit.objects.filter(area=area, state__in=states.PRESENT).exclude(pk=but.pk).count() >= area.capacity


@transaction.atomic
def assign(actor, visit, adviser, *, now):
    """Give a waiting visit to an adviser on shift (REC-06): a free one begins at once, a busy one is waited for."""
    locked_person(adviser)
    visit = locked_visit(visit)
    if visit.state not in {states.WAITING, states.GREETED}:
        raise Refused(_("This visit is being served or has ended. Use the handover to change its adviser."))
    if _assign(actor, visit, adviser, now=now):
        _work_on(actor, visit, adviser, now=now)
    return trace.save(actor, visit, act="assigned")


def _assign(actor, visit, adviser, *, now):
    """Whether service begins with it, since the adviser is free."""
    if not on_duty(visit.hall, now).filter(employee=adviser).exists():
        raise Refused(_("%(name)s is not on shift in this hall now. Choose somebody who is.") % {"name": adviser}, field="adviser")
    visit.adviser = adviser
    record(actor, visit, "assigned", at=now, employee=adviser)
    begins = not is_busy(adviser, but=visit)
    if begins:
        _begin(actor, visit, adviser, now=now)
    return begins


def is_busy(adviser, *, but=None):
    """Whether the adviser serves another visit now."""
    others = Visit.objects.filter(adviser=adviser, state=states.IN_SERVICE)
    return others.exclude(pk=but.pk if but else None).exists()


@transaction.atomic
def serve(actor, visit, adviser, *, now):
    """An adviser on shift begins to serve (greeted -> in_service); somebody not yet greeted is greeted by it."""
    locked_person(adviser)
    visit = locked_visit(visit)
    shift = shift_of(adviser, now)
    if not shift or shift.hall_id != visit.hall_id:
        raise Refused(_("%(name)s is not on shift in this hall now. Choose somebody who is.") % {"name": adviser}, field="adviser")
    _begin(actor, visit, adviser, now=now, post=shift.post)
    _work_on(actor, visit, adviser, now=now, post=shift.post)
    return trace.save(actor, visit, act="served")


def _begin(actor, visit, adviser, *, now, post=None):
    if visit.state == states.WAITING:
        _greet(actor, visit, now=now)
    visit.state = states.VISIT["serve"].apply(visit.state, _("This visit is being served or has ended."))
    visit.adviser, visit.served_at = adviser, visit.served_at or now
    record(actor, visit, "served", at=now, employee=adviser, post=post)


def _work_on(actor, visit, adviser, *, now, post=None, with_leg=True):
    """What follows for customer and ticket when service begins; the visit has its id by then."""
    _involve_adviser(visit, now=now)
    if with_leg:
        queue.start_with_visit(actor, visit, adviser, post=post, now=now)


@transaction.atomic
def start_leg(actor, leg, *, now):
    """A counter begins to serve a called ticket; the visit is in service from then on."""
    leg = queue.start(actor, leg, now=now)
    visit = leg.visit
    if visit.state in {states.WAITING, states.GREETED}:
        _begin(actor, visit, leg.employee, now=now, post=leg.post)
        _work_on(actor, visit, leg.employee, now=now, with_leg=False)
        trace.save(actor, visit, act="served")
    return leg


@transaction.atomic
def offer_handover(actor, visit, taker, *, note, now):
    """Offer a visit in service to a colleague on shift, with a note; it changes hands when the colleague accepts (REC-06)."""
    visit = locked_visit(visit)
    states.VISIT["hand_over"].apply(visit.state, _("Only a visit that is being served can be handed over."))
    if taker.pk == visit.adviser_id:
        raise Refused(_("%(name)s serves this visit already. Choose a colleague.") % {"name": taker}, field="taker")
    if not on_duty(visit.hall, now).filter(employee=taker).exists():
        raise Refused(_("%(name)s is not on shift in this hall now. Choose somebody who is.") % {"name": taker}, field="taker")
    if Handover.objects.filter(visit=visit, accepted_at=None, returned_at=None).exists():
        raise Refused(_("A handover of this visit is waiting already. Take it back or wait for the answer."))
    handover = Handover(visit=visit, giver=visit.adviser, taker=taker, note=note, offered_at=now)
    trace.save(actor, handover, act="offered")
    record(actor, visit, "handover_offered", at=now, employee=taker, reason=note)
    return handover


@transaction.atomic
def answer_handover(actor, handover, *, accept, now):
    """The colleague accepts (the visit is theirs from now on) or returns it; the giver may take it back."""
    visit = locked_visit(handover.visit)
    handover = Handover.objects.select_for_update().get(pk=handover.pk)
    if handover.accepted_at or handover.returned_at:
        raise Refused(_("This handover was answered already."))
    if accept:
        states.VISIT["hand_over"].apply(visit.state, _("This visit has ended meanwhile; there is nothing to take over."))
        handover.accepted_at = now
        _change_hands(actor, visit, handover, now=now)
    else:
        handover.returned_at = now
    record(actor, visit, "handover_accepted" if accept else "handover_returned", at=now, employee=handover.taker, reason=handover.note)
    return trace.save(actor, handover, act="accepted" if accept else "returned")


def _change_hands(actor, visit, handover, *, now):
    if visit.customer_id and visit.adviser_id:
        customers.release(visit.customer, visit.adviser, kind="visit", record_id=visit.pk, now=now)
    visit.adviser = handover.taker
    _involve_adviser(visit, now=now)
    queue.change_hands(actor, visit, handover.taker, now=now)
    trace.save(actor, visit, act="handed over", reason=handover.note)


def _return_offers(actor, visit, *, now):
    """An offer that nobody answered goes back, because the visit ended or went to another person."""
    for handover in Handover.objects.select_for_update(of=("self",)).select_related("taker").filter(visit=visit, accepted_at=None, returned_at=None):
        handover.returned_at = now
        record(actor, visit, "handover_returned", at=now, employee=handover.taker, reason=handover.note)
        trace.save(actor, handover, act="returned")


@transaction.atomic
def reassign(actor, visit, adviser, *, reason, now):
    """Give a visit that is not over to another person without asking: for who leaves or falls ill (a holding). The reason is kept."""
    visit = locked_visit(visit)
    if visit.state not in states.PRESENT:
        return visit
    if visit.customer_id and visit.adviser_id:
        customers.release(visit.customer, visit.adviser, kind="visit", record_id=visit.pk, now=now)
    visit.adviser = adviser
    _involve_adviser(visit, now=now)
    _return_offers(actor, visit, now=now)
    queue.change_hands(actor, visit, adviser, now=now)
    record(actor, visit, "reassigned", at=now, employee=adviser, reason=reason)
    return trace.save(actor, visit, act="given to another", reason=reason)


@transaction.atomic
def close(actor, visit, *, outcome, next_step="", now, left_at=None, version=None):
    """in_service -> closed with outcome, next step and leaving time (REC-08); frees the area and ends its tickets."""
    visit = locked_visit(visit)
    claim_version(visit, version)
    visit.state = states.VISIT["close"].apply(visit.state, _("Only a visit that is being served can be closed. Serve it first, or note that the visitor left."))
    guards.ask("visit", "close", visit, actor)
    return _end(actor, visit, outcome=outcome, next_step=next_step, left_at=left_at or now, now=now, act="closed")


@transaction.atomic
def leave(actor, visit, *, reason="", now, left_at=None):
    """waiting or greeted -> left without service, with the reason if known."""
    visit = locked_visit(visit)
    visit.state = states.VISIT["leave"].apply(visit.state, _("This visitor is being served or has left. Close the visit with its outcome."))
    return _end(actor, visit, outcome=Visit.Outcome.LEFT, next_step="", left_at=left_at or now, now=now, act="left", reason=reason)


def _end(actor, visit, *, outcome, next_step, left_at, now, act, reason="", assumed=False):
    if left_at > now:
        raise Refused(_("The leaving time lies in the future. Enter when the visitor left."), field="left_at")
    if left_at < visit.arrived_at:
        raise Refused(_("The visitor cannot leave before arriving. Correct the leaving time."), field="left_at")
    visit.outcome, visit.next_step, visit.left_at, visit.assumed = outcome, next_step, left_at, assumed
    for name in ("greeted_at", "served_at"):
        if (getattr(visit, name) or left_at) > left_at:
            setattr(visit, name, None)  # pressed after the visitor had left: a time of writing, not of what happened
    _return_offers(actor, visit, now=now)
    record(actor, visit, act, at=left_at, reason=reason, detail={"outcome": outcome, "assumed": assumed, "written_at": now.isoformat()})
    queue.end_with_visit(actor, visit, at=left_at, assumed=assumed)
    if visit.customer_id and visit.adviser_id:
        customers.release(visit.customer, visit.adviser, kind="visit", record_id=visit.pk, now=now)
    trace.save(actor, visit, act="closed as assumed" if assumed else act, reason=reason)
    visit_closed.send(sender=Visit, visit_id=visit.pk, hall_id=visit.hall_id, outcome=outcome, assumed=assumed)
    return visit


@transaction.atomic
def reopen(actor, visit, *, reason, now):
    """closed or left -> in_service, by the supervisor, with a reason. An area that others fill by now is not taken again."""
    visit = locked_visit(visit)
    visit.state = states.VISIT["reopen"].apply(visit.state, _("This visit is open already."))
    visit.outcome, visit.left_at, visit.assumed, visit.served_at = "", None, False, visit.served_at or now
    if visit.area_id and is_full(Area.objects.select_for_update().get(pk=visit.area_id), but=visit):
        visit.area = None
    _involve_adviser(visit, now=now)
    record(actor, visit, "reopened", at=now, reason=reason)
    return trace.save(actor, visit, act="reopened", reason=reason)


@transaction.atomic
def settle(actor, visit, *, outcome, next_step="", left_at, now):
    """What really became of a visit that the day's end closed as assumed; from then on it counts in the averages (REC-08)."""
    visit = locked_visit(visit)
    if not visit.assumed:
        raise Refused(_("This visit was not closed by the day's end. Correct it by reopening it."))
    visit.state = states.LEFT if outcome == Visit.Outcome.LEFT else states.CLOSED
    return _end(actor, visit, outcome=outcome, next_step=next_step, left_at=left_at, now=now, act="settled")


@transaction.atomic
def close_day(actor, hall, *, until, shown, now, limit=200):
    """Close what arrived before `until` and was left open: served ones as closed, waiting ones as left, all marked assumed. What a
    superior opened again stays open until the end of the day on which that was done.

    `shown` is the hall's closing time of that day and becomes the leaving time. Safe to run twice and by two workers at once;
    returns how many were closed.
    """
    reopened = VisitEvent.objects.filter(visit=OuterRef("pk"), verb="reopened", at__gte=until)
    rows = list(Visit.objects.select_for_update(skip_locked=True, of=("self",)).select_related("hall", "customer", "adviser").filter(
        ~Exists(reopened), hall=hall, state__in=states.PRESENT, arrived_at__lt=until).order_by("pk")[:limit])
    for visit in rows:
        visit.state = states.CLOSED if visit.state == states.IN_SERVICE else states.LEFT
        visit.version += 1
        started = visit.served_at or visit.greeted_at or visit.arrived_at
        _end(actor, visit, outcome="", next_step="", left_at=max(shown, started), now=now, act="day_end", assumed=True)
    return len(rows)
