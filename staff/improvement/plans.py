"""SCH-05 and SCH-54: what the register asks of people, made by the acts themselves; the check of the effect by the clock, on its day. The
clock makes once more what is missing, such as after a hand-over."""
from django.db.models import Q
from django.utils import timezone

from staff.duties import services as duties
from staff.duties.models import Duty
from staff.improvement import queries, services, states
from staff.improvement.models import Action

WAITS = {
    services.MEASURE: Q(state__in=states.TO_AGREE),
    services.WORK: Q(state__in=states.TO_DO),
    services.RECHECK: Q(state=states.DONE, rechecked_at=None),
    services.EFFECT: Q(state=states.DONE, rechecked_at__isnull=False),
}


def writer(schedule):
    """What makes the duties of one schedule: for every action that waits for that step by `until` and asks it of nobody; returns how many."""
    def write(since, until):
        waiting = list(Action.objects.filter(WAITS[schedule], begins_at__lte=until).select_related(*services.JOINS))
        asked = set(Duty.objects.filter(kind=services.KIND, schedule=schedule, record_id__in=[row.pk for row in waiting]).values_list("record_id", "slot"))
        rows = [row for row in waiting if (row.pk, f"{row.number}/{row.turn}") not in asked]
        judges = queries.judges(rows, timezone.localtime(until).date()) if schedule == services.EFFECT else {}
        people = [(row, services.doer(row, judges.get(row.pk))) for row in rows]
        return duties.make([services.duty_of(row, person) for row, person in people if person])
    return write
