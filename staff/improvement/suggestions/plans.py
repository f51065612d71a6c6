"""Answers to suggestions as duties: made by the acts, and once more by the clock where one is missing, such as after a change of head."""
from django.utils import timezone

from staff.duties import services as duties
from staff.duties.models import Duty
from staff.duties.states import OPEN
from staff.improvement.suggestions import queries, services, states
from staff.improvement.suggestions.models import Suggestion


def write_answers(since, until):
    """A duty for every suggestion that waits for an answer and is asked of nobody; returns how many that were."""
    waiting = Suggestion.objects.filter(state__in=states.TO_ANSWER).select_related("hall", "department__head", "assigned_to")
    asked = set(Duty.objects.filter(kind=services.KIND, schedule=services.ANSWER, state=OPEN).values_list("record_id", flat=True))
    day = timezone.localtime(until).date()
    found = [(row, queries.answerer(row, day)) for row in waiting if row.pk not in asked]
    return duties.make([services.duty_of(row, person) for row, person in found if person])
