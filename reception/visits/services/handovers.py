"""A visit goes to a colleague: offered and answered between two people (REC-06), or given to another by who leaves (a holding)."""
from django.db import transaction
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from reception.customers import services as customers
from reception.visits import queue, states
from reception.visits.hosts import doorbell
from reception.visits.models import Handover
from reception.visits.recording import locked_visit, record
from reception.visits.services.moves import involve_adviser
from staff.shifts.queries import on_duty


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
    """Visit, customer file and tickets are the taker's from now on, and no longer the giver's."""
    if visit.customer_id and visit.adviser_id:
        customers.release(visit.customer, visit.adviser, kind="visit", record_id=visit.pk, now=now)
    visit.adviser = handover.taker
    involve_adviser(visit, now=now)
    queue.change_hands(actor, visit, handover.taker, now=now)
    trace.save(actor, visit, act="handed over", reason=handover.note)


def return_offers(actor, visit, *, now):
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
    involve_adviser(visit, now=now)
    return_offers(actor, visit, now=now)
    queue.change_hands(actor, visit, adviser, now=now)
    record(actor, visit, "reassigned", at=now, employee=adviser, reason=reason)
    doorbell.ring(visit)
    return trace.save(actor, visit, act="given to another", reason=reason)
