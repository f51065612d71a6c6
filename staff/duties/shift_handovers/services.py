"""Verbs on handovers of a shift: giving, and taking over by another person."""
from django.db import transaction
from django.utils.translation import gettext as _

from config.accounts import trace
from config.contributions import handovers
from config.errors import Refused
from staff.duties.shift_handovers.models import ShiftHandover
from staff.organisation.models import Employee


@transaction.atomic
def give(actor, *, hall, post=None, cash="", things="", notes="", now):
    """Whoever leaves confirms: what is open in the hall now stays with it as it is."""
    giver = actor.user.employee
    if post and (post.hall_id != hall.pk or not post.is_active):
        raise Refused(_("This post is not in use in that hall. Choose another post."), field="post")
    # two windows give one after the other, so that the second is told instead of doubling it
    Employee.objects.select_for_update().get(pk=giver.pk)
    if ShiftHandover.objects.filter(giver=giver, hall=hall, post=post, taken_at=None).exists():
        raise Refused(_("A handover of yours waits to be taken over there already. Ask a colleague to take it over first."))
    row = ShiftHandover(hall=hall, post=post, giver=giver, given_at=now, lines=found(hall, giver, now), cash=cash, things=things, notes=notes)
    return trace.save(actor, row, act="handed over")


def found(hall, giver, now):
    """{key: [line]} of everything that the rooms tell of a hall now; what has nothing is left out."""
    lines = {one.key: one.find(hall, giver, now) for one in handovers.in_order()}
    return {key: rows for key, rows in lines.items() if rows}


@transaction.atomic
def take(actor, handover, *, remark="", now):
    """Somebody else who is on duty confirms that they took over; from then on nothing changes."""
    row = ShiftHandover.objects.select_for_update(of=("self",)).select_related("taker", "giver").get(pk=handover.pk)
    taker = actor.user.employee
    if row.taken_at:
        raise Refused(_("%(name)s has taken this over already.") % {"name": row.taker.name})
    if row.giver_id == taker.pk:
        raise Refused(_("Nobody takes over from themselves. A colleague does."))
    if taker.state != Employee.State.ON_DUTY:
        raise Refused(_("Only who is on duty takes a shift over. Ask a colleague."))
    row.taker, row.taken_at, row.remark = taker, now, remark
    return trace.save(actor, row, "taker", "taken_at", "remark", act="taken over")
