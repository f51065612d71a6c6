"""The answer to config's question about rights: assignments x matrix -> how far each capability goes today (GEN-01)."""
from collections import defaultdict

from django.db.models import Q
from django.utils import timezone

from config.accounts.access import Reach, reach
from staff.organisation.matrix import PRIVILEGED, matrix
from staff.organisation.models import Assignment, Department, Deputy, Employee, Hall, Posting, Team


def reaches_of(user):
    """{capability: Reach} of a user today: the own assignments, and those of superiors one is deputy for.

    Costs at most four queries; nothing for an account without an employee. A person who left has nothing, and a trainee only
    what a trainee has, whatever else was assigned.
    """
    employee, assignments = present(user)
    found = defaultdict(list)
    for assignment in assignments:
        for key, cell in cells_of(assignment, employee).items():
            for action in cell.actions:
                found[f"{key}.{action}"].append((cell, assignment))
    return {name: joined(grants, user, employee) for name, grants in found.items()}


def present(user):
    """(employee, assignments that count today) of an account, read once for the account object; no assignments for one who is not
    employed today."""
    if not hasattr(user, "_present"):
        employee = Employee.objects.filter(user_id=user.pk).first() if getattr(user, "pk", None) else None
        user._present = (employee, running(employee, timezone.localdate()) if is_employed(employee) else [])
    return user._present


def is_employed(employee):
    """Whether this person has begun and not yet left today."""
    today = timezone.localdate()
    return bool(employee and employee.hired_on <= today and not (employee.left_on and employee.left_on <= today)
                and employee.state != Employee.State.LEFT)


def is_privileged(user):
    """Whether a role of this person, own or as a deputy, asks for a second step at log-in (RELIABILITY 6.3.3)."""
    employee, assignments = present(user)
    return bool(employee) and employee.state == Employee.State.ON_DUTY and any(row.role in PRIVILEGED for row in assignments)


def accounts_within(user, capability):
    """Ids of the accounts of the people whom `capability` reaches by their posting of today, as a query (for logs and releases)."""
    far = reach(user, capability)
    people = Employee.objects.filter(user_id__isnull=False)
    if not far.everything:
        postings = Posting.objects.on(timezone.localdate())
        people = people.filter(pk__in=postings.filter(Q(hall_id__in=far.halls) | Q(team_id__in=far.teams)).values("employee_id"))
    return people.values("user_id")


def own_words():
    """The names an outsider would guess in a password: of departments and halls, in every language."""
    return [text for model in (Department, Hall) for name in model.objects.values_list("name", flat=True) for text in name.values() if text]


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


def workplaces(user):
    """The halls in which a person works by the roles of today, whether open or not; all halls for roles without an anchor."""
    employee, assignments = present(user)
    if employee is None:
        return Hall.objects.none()
    if any(row.role in {"general", "hr", "admin", "auditor", "orders", "research"} for row in assignments):
        return Hall.objects.all()
    ids = {row.hall_id for row in assignments if row.hall_id} | {row.team.hall_id for row in assignments if row.team_id and row.team.hall_id}
    return Hall.objects.filter(Q(pk__in=ids) | Q(department_id__in={row.department_id for row in assignments if row.department_id}))


def halls_of(user):
    """The halls a person works in today, by name, as {'id', 'name'}; an exhibition only while it is open (REC-01)."""
    return [{"id": hall.pk, "name": str(hall.name)} for hall in workplaces(user).open_on(timezone.localdate()).order_by("pk")]
