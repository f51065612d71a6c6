"""What complaints ask of people, made once more by the clock where an act left none, such as after somebody left or a role changed hands."""
from django.db import transaction

from complaints.handling import calls, people, states, turns
from complaints.handling.models import Complaint
from config.accounts.actor import Actor
from staff.regulation import calendar as calendars

AT_ONCE = 200
KEY = "complaint-duties"
WHERE = {turns.ACK: (states.REGISTERED,), turns.ANSWER: states.OPEN, turns.ASSESS: states.BEFORE_CONSENT,
         turns.ASSIGN: (states.ACKNOWLEDGED, states.RE_HANDLING, *states.IN_HAND), turns.STEP: states.IN_HAND, turns.UPDATE: states.OPEN,
         turns.TASK: states.IN_HAND, turns.MEASURE: (states.IMPLEMENTING,), turns.STATEMENT: (states.ASSIGNED, states.INVESTIGATING),
         turns.VISIT: (states.IMPLEMENTED,)}


def settle(ids, *, now, actor=None, verb=""):
    """Bring follow-ups and duties of these complaints to where they stand; returns how many are new. The rows are locked."""
    actor, house, rows = actor or Actor.system(KEY), people.House(now, calendars.of), turns.loaded(ids)
    made = 0
    for row in rows:
        if verb == "follow_up":
            calls.asked_here(actor, row, now=now)
        if row.calls or row.state == states.IMPLEMENTED:
            made += calls.settle(actor, row, house, now=now)
    return made + turns.settle(actor, rows, house, now=now, verb=verb)


def writer(schedule):
    """What looks after the duties of one schedule: every open complaint that may ask for it; returns how many are new."""
    def write(since, until):
        ids, made = list(Complaint.objects.filter(state__in=WHERE[schedule]).order_by("pk").values_list("pk", flat=True)), 0
        for begin in range(0, len(ids), AT_ONCE):
            with transaction.atomic():
                locked = Complaint.objects.select_for_update(skip_locked=True, no_key=True).filter(pk__in=ids[begin:begin + AT_ONCE])
                made += settle(list(locked.order_by("pk").values_list("pk", flat=True)), now=until)
        return made
    return write
