"""Who is next (FIELD 2.1 15, 16): the longest wait; a queue that waits too long first; priority classes, with a share for the others.

Pure rules and the order they make. Of the tickets that one person may serve now, the first of this order is called:
1. those who wait longer than the hall's `overdue_minutes`, where it set any, whatever their class;
2. those with priority, unless the last `priority_share` calls of the hall all had it, then first the others;
3. within each group whoever waits longest.
"""
from collections import deque
from datetime import timedelta

from django.db import transaction
from django.db.models import Case, IntegerField, Q, Value, When

from reception.visits.models import VisitEvent
from reception.visits.queue_models import HallQueue
from staff.organisation.models import Hall

REMEMBERED = timedelta(hours=2)


def others_turn(last_calls, share):
    """Whether somebody without priority is next: `last_calls` tells of each of the latest calls, newest first, whether it had priority."""
    return share == 0 or len(last_calls) >= share and all(last_calls[:share])


def in_turn(free, hall, now):
    """The waiting tickets `free` in the order in which they are called at `now`.

    While somebody with priority waits, the calls of a hall are made one after the other (its row is locked), so that two counters that
    call at once keep the share.
    """
    settings = HallQueue.objects.filter(hall=hall).first() or HallQueue(hall=hall)
    priority = ~Q(priority="") & Q(priority_from__lte=now)
    some = settings.priority_share and free.filter(priority).exists()
    if some and transaction.get_connection().in_atomic_block:
        Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)
    others_first = not some or others_turn(latest_calls(hall, now, settings.priority_share), settings.priority_share)
    ranks = [When(queued_at__lt=now - timedelta(minutes=settings.overdue_minutes), then=Value(0))] if settings.overdue_minutes else []
    if some:
        ranks.append(When(priority, then=Value(2 if others_first else 1)))
    rank = Case(*ranks, default=Value(1 if others_first else 2), output_field=IntegerField()) if ranks else Value(1)
    return free.annotate(rank=rank).order_by("rank", "queued_at", "pk")


def sequence(waiting, hall, now):
    """The tickets of `waiting` (the hall's queue, longest wait first) as a list in the order in which they would all be called from `now`
    on, whoever may serve them. At most two statements beside the queue itself."""
    settings = HallQueue.objects.filter(hall=hall).first() or HallQueue(hall=hall)
    limit = settings.overdue_minutes and now - timedelta(minutes=settings.overdue_minutes)
    rows = [(leg, settings.priority_share > 0 and leg.has_priority(now), bool(limit) and leg.queued_at < limit) for leg in waiting]
    calls = latest_calls(hall, now, settings.priority_share) if any(priority for _leg, priority, _late in rows) else []
    return lined_up(rows, calls, settings.priority_share)


def lined_up(rows, last_calls, share):
    """`rows` of (ticket, has priority, waits too long), longest wait first, in the order of their calls; `last_calls` as `others_turn` has
    them."""
    order, calls = [leg for leg, _priority, late in rows if late], list(last_calls)
    calls = [priority for _leg, priority, late in rows if late][::-1] + calls
    first = deque(leg for leg, priority, late in rows if priority and not late)
    others = deque(leg for leg, priority, late in rows if not priority and not late)
    while first or others:
        taken = others if others and (not first or others_turn(calls, share)) else first
        calls = [taken is first, *calls[:share]]
        order.append(taken.popleft())
    return order


def latest_calls(hall, now, count):
    """Of the last `count` calls of the hall, newest first: whether each had priority. Events stand in the order in which they were written,
    which under the hall's lock is the order of the calls; a run of calls that is longer ago is forgotten."""
    calls = VisitEvent.objects.filter(hall_id=hall.pk, at__gte=now - REMEMBERED, verb__in=["called", "called_out_of_order"]).order_by("-pk")[:count]
    return [bool(event.detail.get("priority")) for event in calls]
