"""Who is told when something stays undone: the next superior, and the one above, up to the head of the house (GEN-08); who does what is
due to a role that nobody holds."""
from staff.organisation.models import Assignment, Employee, Posting


def above(duty, level, day):
    """The person `level` steps above whoever the duty is for, as far up as there is somebody; None where nobody stands above."""
    person, told = (duty.employee, None) if duty.employee_id else (None, None)
    for _step in range(level):
        person = superior(person, day) if person else (duty.hall.manager or duty.hall.department.head) if duty.hall_id else None
        if person is None:
            break
        told = person
    return told


def superior(person, day):
    """Who stands above a person on a day, or None."""
    posting = Posting.objects.on(day).filter(employee=person).select_related("superior").first()
    return posting.superior if posting and posting.superior and posting.superior.state != Employee.State.LEFT else None


def halls_with(role, day):
    """The ids of the halls in which somebody on duty holds a role on a day; elsewhere what is due to that role is due to the hall's manager."""
    held = Assignment.objects.filter(role=role, employee__state=Employee.State.ON_DUTY, starts_on__lte=day).exclude(ends_on__lt=day)
    return {hall for pair in held.values_list("hall_id", "team__hall_id") for hall in pair if hall}
