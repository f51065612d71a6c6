"""Actions for screens, who answers for a place, and who judges whose work (GEN-24)."""
from django.db.models import Count, Q

from config.contributions import records
from staff.improvement.models import Action, Measure
from staff.organisation.models import Employee, Posting


def for_list(user):
    """The actions in reach with the names that a row shows."""
    return Action.objects.visible_to(user).select_related("owner", "hall", "department", "raised_by", "checker")


def by_source(user, now):
    """[(source, word, how many, how many overdue)] of the actions in reach that have not ended, in the order of the sources."""
    late = Q(due_at__lt=now)
    rows = Action.objects.visible_to(user).exclude(state=Action.State.CLOSED).order_by().values("source").annotate(
        n=Count("pk"), late=Count("pk", filter=late & ~Q(state=Action.State.CHECKED)))
    found = {row["source"]: row for row in rows}
    return [(key, label, found[key]["n"], found[key]["late"]) for key, label in Action.Source.choices if key in found]


def measures_of(row):
    """The measures of an action, the newest first, with names."""
    return list(Measure.objects.filter(action=row).select_related("owner", "agreed_by", "checked_by").order_by("-pk"))


def of_record(user, kind, pk):
    """The actions that a record gave rise to, as far as this person may see them."""
    return list(Action.objects.visible_to(user).filter(kind=kind, record_id=pk).select_related("owner").order_by("-pk"))


def origin(row, user):
    """The record that an action is about, for a viewer who may open it; else None."""
    return records.resolve([(row.kind, row.record_id)], user).get((row.kind, row.record_id)) if row.kind else None


def on_duty(*people):
    """The first of these people who is on duty, or None."""
    return next((person for person in people if person is not None and person.state == Employee.State.ON_DUTY), None)


def judges(rows, day):
    """{action id: who judges its effect}: the owner's superior; where nobody stands above, the hall's manager, the head of the department,
    who was named for the re-check, or who reported it, and never the owner. One statement."""
    postings = Posting.objects.on(day).filter(employee__in={row.owner_id for row in rows}).select_related("superior")
    above = {posting.employee_id: posting.superior for posting in postings}
    found = {}
    for row in rows:
        others = (above.get(row.owner_id), row.hall and row.hall.manager, row.department.head, row.checker, row.raised_by)
        found[row.pk] = on_duty(*(person for person in others if person and person.pk != row.owner_id))
    return found
