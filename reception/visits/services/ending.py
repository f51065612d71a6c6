"""The end of a visit: closed, left, closed by the day's end and settled afterwards, opened again (REC-08)."""
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from config.accounts import trace
from config.contributions import guards
from config.errors import Refused
from config.web.versions import claim_version
from facilities.areas.models import Area
from reception.customers import services as customers
from reception.visits import queue, states
from reception.visits.events import visit_closed
from reception.visits.models import Visit, VisitEvent
from reception.visits.recording import locked_visit, record
from reception.visits.services.handovers import return_offers
from reception.visits.services.moves import involve_adviser, is_full


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
    """What every end of a visit does, whichever way it came; refused when the leaving time is before the arrival or in the future."""
    if left_at > now:
        raise Refused(_("The leaving time lies in the future. Enter when the visitor left."), field="left_at")
    if left_at < visit.arrived_at:
        raise Refused(_("The visitor cannot leave before arriving. Correct the leaving time."), field="left_at")
    visit.outcome, visit.next_step, visit.left_at, visit.assumed = outcome, next_step, left_at, assumed
    for name in ("greeted_at", "served_at"):
        if (getattr(visit, name) or left_at) > left_at:
            setattr(visit, name, None)  # pressed after the visitor had left: a time of writing, not of what happened
    return_offers(actor, visit, now=now)
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
    involve_adviser(visit, now=now)
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
