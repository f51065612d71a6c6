"""SCH-17: what is not done in time goes up the ladder (CMP-06): at the breach to the supervisor, then, after each `complaint_escalation_hours`, to the
manager of the hall, the head of the department, and above. Who is complained about is left out, and the next above is told.

Each step is written once into the story: its key names the turn, the limit and the level, so that neither two clocks nor days without one double it.
While the clock of a complaint rests nothing goes up."""
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_noop

from complaints.handling import people, states, telling, turns
from complaints.handling.facts import ComplaintEntry, ComplaintExtension
from complaints.handling.models import Complaint
from complaints.handling.services import clock, common
from config.accounts.actor import Actor
from staff.duties.services import for_each
from staff.regulation import calendar as calendars

KEY = "SCH-17"
MOST = 200  # complaints of one run; the next comes five minutes later
WORDS = {clock.ACK: gettext_noop("The first answer was not given in time."), clock.UPDATE: gettext_noop("The customer was not told in time how it stands."),
         clock.SOLVE: gettext_noop("It was not solved in time.")}


@dataclass(frozen=True)
class Step:
    """One step up: which limit, how high, to whom."""

    limit: str
    level: int
    person: object
    key: str


def breached(row, now):
    """[(limit, its moment, what tells this breach from another of the same limit)] of what is overdue at `now`."""
    more = sum(one.outcome == ComplaintExtension.Outcome.GRANTED for one in row.extensions.all())
    told = int(max(row.reported_at or row.acknowledged_at or row.turn_began_at, row.turn_began_at).timestamp())
    limits = ((clock.ACK, row.ack_due_at if row.state == states.REGISTERED else None, "ack"), (clock.UPDATE, row.update_due_at, f"update {told:x}"),
              (clock.SOLVE, row.solve_due_at if row.state in states.RUNNING else None, f"solve {more}"))
    return [(limit, due, f"up {row.turn} {slot}") for limit, due, slot in limits if due and due < now]


def steps(row, house, now):
    """The Steps that are due and not taken yet, the lowest first."""
    hours = float(house.rule("complaint_escalation_hours", row, row.hall.day_of(now)))
    chain, taken, found = house.above(row, first=row.handler), {one.key for one in row.entries.all()}, []
    chain = [one for one in chain if one.pk != row.handler_id]
    for limit, due, slot in breached(row, now):
        levels = 1 + int((now - due) / timedelta(hours=hours)) if hours else len(chain)
        found += [Step(limit, level, person, f"{slot}/{level}") for level, person in enumerate(chain[:levels], start=1)]
    return [one for one in found if one.key not in taken]


def overdue(now):
    """The ids of the complaints of which something is overdue, what is latest first."""
    rows = Complaint.objects.filter(state__in=states.OPEN, next_due_at__lt=now, paused=False)
    return list(rows.order_by("next_due_at", "pk").values_list("pk", flat=True))


def escalate(now):
    """Take every step up that is due; returns how many complaints went higher. The same twice takes none, and two clocks share the work."""
    house, count, ids = people.House(now, calendars.of), 0, overdue(now)
    for begin in range(0, len(ids), MOST):
        with transaction.atomic():
            locked = list(Complaint.objects.select_for_update(skip_locked=True, no_key=True).filter(pk__in=ids[begin:begin + MOST]).order_by("pk")
                          .values_list("pk", flat=True))
            rows = [row for row in turns.loaded(locked) if steps(row, house, now)]
            count += for_each(KEY, rows, lambda row: go_up(row, house, now), now=now)
    return count


def go_up(row, house, now):
    """Write the steps of one complaint and tell those to whom they go. The row is locked."""
    actor, taken = Actor.system(KEY), steps(row, house, now)
    ComplaintEntry.objects.bulk_create([ComplaintEntry(complaint=row, kind=ComplaintEntry.Kind.ESCALATED, at=now, to=one.person, text=WORDS[one.limit],
                                                       key=one.key) for one in taken])  # in English, and read in the language of the reader
    highest = max(taken, key=lambda one: one.level)
    row.was = row.state
    row.level, row.escalated_to, row.escalated_at = max(row.level, highest.level), highest.person, now
    common.saved(actor, row, "level", "escalated_to", "escalated_at", act="escalated", verb="escalate", now=now)
    telling.escalated(row, taken, now=now)
