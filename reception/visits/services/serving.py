"""From greeting to service: greeted, led to an area, given to an adviser, served (REC-03, REC-05, REC-06)."""
from django.db import transaction
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from reception.visits import queue, states
from reception.visits.hosts import doorbell
from reception.visits.recording import locked_person, locked_visit, record
from reception.visits.services.moves import be_assigned, be_greeted, be_guided, begin, known_steps, work_on
from staff.shifts.queries import shift_of


@transaction.atomic
def greet(actor, visit, *, now, steps=()):
    """waiting -> greeted: greeting time and the reception steps done (REC-03)."""
    visit = locked_visit(visit)
    visit.steps = known_steps(visit.template_version, {*visit.steps, *steps})
    be_greeted(actor, visit, now=now)
    return trace.save(actor, visit, act="greeted")


@transaction.atomic
def tick_steps(actor, visit, *, done=(), undone=(), now):
    """Tick the reception steps `done` and untick `undone`; the first tick of a waiting visitor is the greeting. What stands so
    already stays, so that a double click is one.
    """
    visit = locked_visit(visit)
    if visit.state not in states.PRESENT:
        raise Refused(_("This visit has ended. Reopen it to change its steps."))
    before, visit.steps = visit.steps, known_steps(visit.template_version, {*visit.steps, *done} - {*undone})
    if visit.steps == before:
        return visit
    if visit.state == states.WAITING and visit.steps:
        be_greeted(actor, visit, now=now)
    else:
        record(actor, visit, "steps", at=now, detail={"steps": visit.steps})
    return trace.save(actor, visit, act="steps ticked")


@transaction.atomic
def guide(actor, visit, area, *, now):
    """Lead the visitors to an area of the hall (REC-05); the one they leave is free again."""
    visit = locked_visit(visit)
    if visit.state not in states.PRESENT:
        raise Refused(_("This visit has ended. Reopen it to lead the visitors to an area."))
    be_guided(actor, visit, area, now=now)
    return trace.save(actor, visit, act="guided")


@transaction.atomic
def assign(actor, visit, adviser, *, now):
    """Give a waiting visit to an adviser on shift (REC-06): a free one begins at once, a busy one is waited for."""
    locked_person(adviser)
    visit = locked_visit(visit)
    if visit.state not in {states.WAITING, states.GREETED}:
        raise Refused(_("This visit is being served or has ended. Use the handover to change its adviser."))
    if be_assigned(actor, visit, adviser, now=now):
        work_on(actor, visit, adviser, now=now)
    doorbell.ring(visit)
    return trace.save(actor, visit, act="assigned")


@transaction.atomic
def serve(actor, visit, adviser, *, now):
    """An adviser on shift begins to serve (greeted -> in_service); somebody not yet greeted is greeted by it."""
    locked_person(adviser)
    visit = locked_visit(visit)
    shift = shift_of(adviser, now)
    if not shift or shift.hall_id != visit.hall_id:
        raise Refused(_("%(name)s is not on shift in this hall now. Choose somebody who is.") % {"name": adviser}, field="adviser")
    begin(actor, visit, adviser, now=now, post=shift.post)
    work_on(actor, visit, adviser, now=now, post=shift.post)
    return trace.save(actor, visit, act="served")


@transaction.atomic
def start_leg(actor, leg, *, now):
    """A counter begins to serve a called ticket; the visit is in service from then on."""
    leg = queue.start(actor, leg, now=now)
    visit = leg.visit
    if visit.state in {states.WAITING, states.GREETED}:
        begin(actor, visit, leg.employee, now=now, post=leg.post)
        work_on(actor, visit, leg.employee, now=now, with_leg=False)
        trace.save(actor, visit, act="served")
    return leg
