"""Suggestions for screens, and who answers for a department."""
from django.db.models import Exists, OuterRef

from staff.improvement.suggestions.models import Suggestion
from staff.organisation.models import Department, Employee, Posting


def for_list(user):
    """The suggestions in reach with names, and whether the viewer answers them (`for_me`)."""
    mine = Suggestion.objects.answered_by(user).filter(pk=OuterRef("pk"))
    return Suggestion.objects.visible_to(user).select_related("suggested_by", "hall", "department__head", "assigned_to").annotate(for_me=Exists(mine))


def departments():
    """The departments whose head can answer."""
    return Department.objects.filter(head__state=Employee.State.ON_DUTY).select_related("head").order_by("pk")


def answerer(row, day):
    """Who answers a suggestion: who was named, the head of the department, or of their own suggestion the superior of the head; None where
    there is nobody."""
    if row.assigned_to_id:
        return row.assigned_to
    head = row.department.head
    if head is not None and head.pk == row.suggested_by_id:
        posting = Posting.objects.on(day).filter(employee=head).select_related("superior").first()
        head = posting.superior if posting else None
    return head if head is not None and head.state == Employee.State.ON_DUTY else None
