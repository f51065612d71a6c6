"""Reads over competences."""
from collections import defaultdict

from django.utils import timezone

from staff.organisation.models import Employee
from staff.organisation.queries import people_within
from staff.training.models import CompetenceHeld
from staff.training.permissions import Can


def people_seen(user):
    """The people whose competences this person sees: all, of halls and teams in reach, or the own."""
    return people_within(user, Can.READ).exclude(state=Employee.State.LEFT)


def people_entered(user):
    """The people whose competences this person enters: never the own."""
    return people_within(user, Can.EDIT).exclude(state=Employee.State.LEFT).exclude(user_id=user.pk)


def with_competences(people):
    """Put the competences on each person: `.held` those that count today, `.expired` those that ran out."""
    today = timezone.localdate()
    held, expired = defaultdict(list), defaultdict(list)
    rows = CompetenceHeld.objects.filter(employee__in=people).select_related("competence").order_by("competence__code", "valid_from")
    for row in rows:
        (expired if row.valid_until and row.valid_until < today else held)[row.employee_id].append(row)
    for person in people:
        person.held = held[person.pk]
        known = {row.competence_id for row in person.held}
        person.expired = [row for row in expired[person.pk] if row.competence_id not in known]
    return people
