"""Answers to requests and the work on them as duties: made by the acts themselves, and once more by the clock where one is missing, such as
after the head of a department has changed."""
from django.utils import timezone

from staff.duties import services as duties
from staff.duties.models import Duty
from staff.duties.states import OPEN
from staff.teamwork import queries, services, states
from staff.teamwork.models import WorkRequest


def write_answers(since, until):
    """A duty for every request that waits for an answer and is due to nobody; returns how many that were."""
    waiting = WorkRequest.objects.filter(state=states.SENT).select_related("to_hall", "to_department__head")
    due = set(Duty.objects.filter(kind=services.KIND, schedule=services.ANSWER, state=OPEN).values_list("record_id", flat=True))
    found = [(row, queries.answerer(row, timezone.localtime(until).date())) for row in waiting if row.pk not in due]
    return duties.make([services.duty_of(row, services.ANSWER, **whose) for row, whose in found if whose])


def write_work(since, until):
    """A duty for every request that was taken on and is due to nobody; returns how many that were."""
    taken = list(WorkRequest.objects.filter(state__in=states.UNDER_WAY).select_related("to_hall"))
    due = set(Duty.objects.filter(kind=services.KIND, schedule=services.WORK, state=OPEN).values_list("record_id", "employee_id"))
    rows = [services.duty_of(row, services.WORK, employee_id=row.owner_id) for row in taken if (row.pk, row.owner_id) not in due]
    return duties.make(rows)
