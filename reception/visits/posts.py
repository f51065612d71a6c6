"""Posts: open, paused or closed, with the reason; each change begins a spell and ends the one before (FIELD 2.1 21)."""
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from reception.visits import states
from reception.visits.models import ServiceLeg
from reception.visits.queue_models import PostSpell
from staff.organisation.models import Post


def running(post):
    """The spell that runs at a post now, or None where nobody has opened it."""
    return PostSpell.objects.filter(post=post, ended_at=None).select_related("employee").first()


def spells_of(hall, start):
    """The spells of a hall that touch the time since `start`, the oldest first, in one statement."""
    return list(PostSpell.objects.filter(Q(ended_at=None) | Q(ended_at__gt=start), hall=hall).select_related("employee", "post").order_by("started_at", "pk"))


@transaction.atomic
def change(actor, post, state, *, employee, now, reason="", note=""):
    """Open, pause or close a post. Refused: it is so already; no reason; a ticket is still at it."""
    post = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    last = running(post)
    if state != states.OPEN:
        _refuse_shutting(post, last, state, employee, reason, note)
    elif last and last.state == states.OPEN and last.employee_id == (employee and employee.pk):
        raise Refused(_("%(post)s is open already.") % {"post": post})
    return _begin(actor, post, last, state, employee=employee, now=now, reason="" if state == states.OPEN else reason, note=note)


def _refuse_shutting(post, last, state, employee, reason, note):
    """Why a post may not be paused or closed now."""
    if last and (last.state, last.reason, last.note) == (state, reason, note):
        raise Refused(_("%(post)s is so already. Choose another state or another reason.") % {"post": post})
    if reason not in PostSpell.Reason.values:
        raise Refused(_("Choose why the counter is paused or closed."), field="reason")
    if reason == PostSpell.Reason.OTHER and not note:
        raise Refused(_("Write what the other reason is."), field="note")
    held = ServiceLeg.objects.filter(post=post, employee=employee, state__in=states.IN_HAND).order_by("-called_at").first()
    if held:
        raise Refused(_("%(ticket)s is still at %(post)s. Finish it, park it or put it back first.") % {"ticket": held.ticket, "post": post})


def _begin(actor, post, last, state, *, employee, now, reason="", note=""):
    """End the running spell and begin another at the same moment."""
    if last:
        last.ended_at = max(now, last.started_at)
        trace.save(actor, last, "ended_at", act="ended")
        now = last.ended_at
    spell = PostSpell(hall_id=post.hall_id, post=post, employee=employee, state=state, reason=reason, note=note, started_at=now)
    return trace.save(actor, spell, act=str(state), reason=reason)


def ready_to_call(actor, post, employee, now):
    """A post that calls is open: a first call opens it; one that is paused or closed does not call. Refused in that case."""
    post = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    last = running(post)
    if last is None:
        _begin(actor, post, None, states.OPEN, employee=employee, now=now)
    elif last.state != states.OPEN:
        raise Refused(not_open(post, last))


def not_open(post, spell):
    """The sentence for a post that is paused or closed."""
    facts = {"post": post, "why": spell.why}
    if spell.state == states.PAUSED:
        return _("%(post)s is paused (%(why)s). Open it, then call.") % facts
    return _("%(post)s is closed (%(why)s). Open it, then call.") % facts


@transaction.atomic
def end_days(actor, hall, closing):
    """End, as assumed, what still runs at the posts of a hall on days that are over; nothing of a day runs into the next.

    `closing(moment)` is the closing time of the day of `moment`, or None while that day goes on. Returns how many ended.
    """
    rows = list(PostSpell.objects.select_for_update(skip_locked=True).filter(hall=hall, ended_at=None))
    over = [(spell, until) for spell in rows if (until := closing(spell.started_at))]
    for spell, until in over:
        spell.ended_at, spell.assumed = max(until, spell.started_at), True
        trace.save(actor, spell, "ended_at", "assumed", act="ended by the day's end")
    return len(over)


def seconds_in(spells, state, *, since, now):
    """Seconds that these spells of one post were in `state` between `since` and `now`."""
    spans = [(max(spell.started_at, since), min(spell.ended_at or now, now)) for spell in spells if spell.state == state]
    return sum(max(0, int((end - start).total_seconds())) for start, end in spans)
