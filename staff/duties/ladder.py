"""Who is told when something stays undone: the next superior, and the one above, up to the head of the house (GEN-08); who does what is
due to a role that nobody holds."""
from staff.organisation.models import Assignment, Employee, Posting

_KEPT_OUT = {}


def keep_out(kind, about):
    """Tell nobody of what is undone about a record of this kind who is concerned by it: `about(record_id)` gives the ids of those employees."""
    _KEPT_OUT[kind] = about


def above(duty, level, day):
    """The person `level` steps above whoever the duty is for, as far up as there is somebody; None where nobody stands above. Who is kept out of the
    record is passed over."""
    person, told = (duty.employee, None) if duty.employee_id else (None, None)
    out, seen, left = _KEPT_OUT[duty.kind](duty.record_id) if duty.kind in _KEPT_OUT else (), set(), level
    while left:
        person = superior(person, day) if person else (duty.hall.manager or duty.hall.department.head) if duty.hall_id else None
        if person is None or person.pk in seen:
            break
        seen.add(person.pk)
        if person.pk not in out:
            told, left = person, left - 1
    return told


def superior(person, day):
    """Who stands above a person on a day, or None."""
    posting = Posting.objects.on(day).filter(employee=person).select_related("superior").first()
    return posting.superior if posting and posting.superior and posting.superior.state != Employee.State.LEFT else None


def halls_with(role, day):
    """The ids of the halls in which somebody on duty holds a role on a day; elsewhere what is due to that role is due to the hall's manager."""
    held = Assignment.objects.filter(role=role, employee__state=Employee.State.ON_DUTY, starts_on__lte=day).exclude(ends_on__lt=day)
    return {hall for pair in held.values_list("hall_id", "team__hall_id") for hall in pair if hall}
