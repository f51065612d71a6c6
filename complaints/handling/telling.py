"""Of which events of complaints who is told, each once. Whom a complaint is about may not open it, and so is told nothing (CMP-11)."""
from datetime import timedelta

from complaints.handling import people, states
from complaints.handling.facts import ComplaintExtension
from complaints.handling.models import Complaint
from complaints.handling.services import clock, common
from staff.notifications import services as notifications
from staff.notifications.services import News
from staff.regulation import calendar as calendars

REGISTERED, ASSIGNED, ESCALATED, URGED = "complaint-registered", "complaint-assigned", "complaint-escalated", "complaint-urged"
SPOKE, EXTENDED, AGAIN, SOON = "complaint-spoke", "complaint-extended", "complaint-again", "complaint-soon"
BEFORE = {clock.ACK: timedelta(minutes=30), clock.UPDATE: timedelta(hours=4), clock.SOLVE: timedelta(hours=24)}  # how long ahead one is reminded


def tell(kind, row, whom, event, now, but=None, **values):
    """Tell these employees of one event of a complaint; who did it (`but`, an account) needs no telling."""
    users = [one.user for one in dict.fromkeys(filter(None, whom)) if one.user_id and one.user != but]
    return notifications.tell(kind, [News(user, f"{row.number}/{event}", (common.KIND, row.pk), {"number": row.number, **values}) for user in users], now=now)


def those_who_lead(row, now):
    """The supervisors of its hall, or who stands above."""
    house = people.House(now, calendars.of)
    return house.who_hold(people.SUPERVISOR, row.hall) or house.above(row)[:1]


def those_who_handle(row, now):
    """Its handler, or customer service of its hall where nobody handles it yet."""
    return [row.handler] if row.handler else people.House(now, calendars.of).who_hold(people.AGENT, row.hall)


def told_of(actor, row, verb, now):
    """Tell whoever a verb concerns."""
    me = actor.user
    if verb == "register":
        tell(REGISTERED, row, those_who_handle(row, now), "new", now, me, hall=str(row.hall))
    elif verb in ("assign", "reopen") and row.handler:
        tell(ASSIGNED, row, [row.handler], f"to {row.routes.order_by('-pk').values_list('pk', flat=True).first()}", now, me)
    elif verb == "urge":
        tell(URGED, row, those_who_handle(row, now), f"{row.urges}", now, me, count=row.urges)
    elif verb == "decide_extension":
        asked = row.extensions.exclude(outcome=ComplaintExtension.Outcome.WAITING).select_related("asked_by__user").order_by("-decided_at", "-pk").first()
        tell(EXTENDED, row, [asked.asked_by, row.handler], f"{asked.pk}", now, me, outcome=asked.get_outcome_display())
    if verb in ("handle_again", "reopen"):
        tell(AGAIN, row, those_who_lead(row, now), f"{row.turn}", now, me)


def spoke(row, line, *, now):
    """The customer said something: whoever handles it hears of it, unless they wrote it down themselves."""
    tell(SPOKE, row, those_who_handle(row, now), f"{line.pk}", now, line.by.user if line.by else None)


def escalated(row, steps, *, now):
    """Tell each to whom it went up, once a step."""
    for step in steps:
        tell(ESCALATED, row, [step.person], step.key, now, hall=str(row.hall))


def remind(now):
    """Tell whoever handles it, shortly before a limit, that it comes; returns how many were told. The same twice tells nothing."""
    rows = Complaint.objects.filter(state__in=states.OPEN, paused=False, next_due_at__gt=now, next_due_at__lte=now + max(BEFORE.values()))
    count = 0
    for row in rows.select_related("hall", "handler__user").order_by("pk"):
        limits = ((clock.ACK, row.ack_due_at if row.state == states.REGISTERED else None), (clock.UPDATE, row.update_due_at),
                  (clock.SOLVE, row.solve_due_at if row.state in states.RUNNING else None))
        for limit, due in limits:
            if due and now < due <= now + BEFORE[limit]:
                count += tell(SOON, row, those_who_handle(row, now), f"{limit} {int(due.timestamp()):x}", now, due=due)
    return count
