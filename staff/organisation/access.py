"""The answer to config's question about rights: assignments x matrix -> how far each capability goes today (GEN-01)."""
from collections import defaultdict

from django.utils import timezone

from config.accounts.access import Reach
from staff.organisation.matrix import matrix
from staff.organisation.models import Assignment, Deputy, Employee, Hall, Team


def reaches_of(user):
    """{capability: Reach} of a user today: the own assignments, and those of superiors one is deputy for.

    Costs at most four queries; nothing for an account without an employee. A person who left has nothing, and a trainee only
    what a trainee has, whatever else was assigned.
    """
    employee = Employee.objects.filter(user_id=user.pk).first()
    today = timezone.localdate()
    if employee is None or employee.hired_on > today or (employee.left_on and employee.left_on <= today) or employee.state == Employee.State.LEFT:
        return {}
    found = defaultdict(list)
    for assignment in running(employee, today):
        for key, cell in cells_of(assignment, employee).items():
            for action in cell.actions:
                found[f"{key}.{action}"].append((cell, assignment))
    return {name: joined(grants, user, employee) for name, grants in found.items()}


def running(employee, today):
    """The assignments that count today: the own ones and those of the people one stands in for."""
    people = [employee.pk]
    if employee.state == Employee.State.ON_DUTY:
        people += Deputy.objects.filter(deputy=employee, starts_on__lte=today, ends_on__gte=today).values_list("employee_id", flat=True)
    rows = Assignment.objects.filter(employee_id__in=people, starts_on__lte=today).select_related("team")
    return [row for row in rows if row.ends_on is None or row.ends_on >= today]


def cells_of(assignment, employee):
    """The row of the matrix for one assignment; a person in training has the trainee's whatever the role says."""
    role = "trainee" if employee.state == Employee.State.TRAINING else assignment.role
    return matrix().get(role, {})


def joined(grants, user, employee):
    """One Reach out of all grants of one capability."""
    halls, teams, own_halls, limits = set(), set(), set(), []
    everything = own = False
    for cell, row in grants:
        limits.append(cell.limits)
        if cell.scope == "A":
            everything = True
        elif cell.scope == "D":
            halls |= halls_of_department(row)
            teams |= set(Team.objects.filter(department_id=row.department_id).values_list("pk", flat=True)) if row.department_id else set()
        elif cell.scope == "H":
            hall = row.hall_id or (row.team.hall_id if row.team_id else None)  # who leads a team works in its hall
            halls |= {hall} if hall else set()
        elif cell.scope == "T":
            teams |= {row.team_id} if row.team_id else set()
            own = own or row.employee_id == employee.pk
            own_halls |= {row.team.hall_id} if row.team_id and row.team.hall_id else set()
        else:
            own = True
            own_halls |= {row.hall_id} if row.hall_id else set()
    narrow = frozenset.intersection(*limits) if limits else frozenset()
    return Reach(everything=everything, halls=frozenset(halls), teams=frozenset(teams), own=own, own_halls=frozenset(own_halls | halls),
                 user_id=user.pk, employee_id=employee.pk, limits=narrow)


def halls_of_department(assignment):
    """The halls of the department an assignment is anchored at."""
    if not assignment.department_id:
        return set()
    return set(Hall.objects.filter(department_id=assignment.department_id).values_list("pk", flat=True))


def halls_of(user):
    """The halls a person works in today, by name, as {'id', 'name'}; the whole company for roles without an anchor."""
    employee = Employee.objects.filter(user_id=user.pk).first()
    if employee is None:
        return []
    today = timezone.localdate()
    halls = Hall.objects.open_on(today)
    assignments = running(employee, today)
    if not any(row.role in {"general", "hr", "admin", "auditor", "orders", "research"} for row in assignments):
        ids = {row.hall_id for row in assignments if row.hall_id} | {row.team.hall_id for row in assignments if row.team_id and row.team.hall_id}
        departments = {row.department_id for row in assignments if row.department_id}
        halls = halls.filter(pk__in=ids) | halls.filter(department_id__in=departments)
    return [{"id": hall.pk, "name": str(hall.name)} for hall in halls.order_by("pk")]
