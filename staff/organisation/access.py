"""The answer to config's question about rights: assignments x matrix -> how far each capability goes today (GEN-01)."""
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from config.accounts.access import Reach, reach
from config.as_json import record
from staff.organisation.accounts import account_in_full
from staff.organisation.matrix import OF_CUSTOMERS, PRIVILEGED, matrix
from staff.organisation.models import Department, Employee, Hall, Posting, Team

MOST = 1000  # people whose reaches a process keeps
UNSIGNED = "staff/organisation/unsigned.html"  # what stands in the place of a page that only the agreement closes
_reaches = {}  # standing of a person -> Reaches


@dataclass(frozen=True)
class Role:
    """One assignment that counts today, with the halls it is anchored in (columns of each), whether open or not, and the teams of
    its department."""

    employee_id: int
    user_id: int | None
    role: str
    hall_id: int | None
    team_id: int | None
    team_hall_id: int | None
    department_id: int | None
    halls: list
    teams: list

    @property
    def anchors(self):
        """All of it that decides how far a capability goes."""
        halls = tuple((hall["id"], hall["department_id"]) for hall in self.halls)
        return self.employee_id, self.role, self.hall_id, self.team_id, self.team_hall_id, self.department_id, halls, tuple(self.teams)

    @cached_property
    def places(self):
        """The halls as records, made when they are asked for: whose reach is everything has many, and few pages name them."""
        return [record(Hall, columns) for columns in self.halls]


class Reaches(Mapping):
    """{capability: Reach}. There are a hundred, and a page asks for a few: each is worked out when it is asked for."""

    def __init__(self, grants, user_id, employee_id, *, bound=True):
        self.grants, self.user_id, self.employee_id, self.found, self.closed = grants, user_id, employee_id, {}, frozenset()
        if not bound:
            self.closed = frozenset(name for name in grants if name.partition(".")[0] in OF_CUSTOMERS)
            self.grants = {name: found for name, found in grants.items() if name not in self.closed}

    def instead(self, name):
        """The template that says what comes before this capability, which only a missing agreement keeps from the person; else ''."""
        return UNSIGNED if name in self.closed else ""

    def __getitem__(self, name):
        if name not in self.found:
            self.found[name] = joined(self.grants[name], self.user_id, self.employee_id)
        return self.found[name]

    def for_whom(self, name):
        """The id of the account in whose place this person has the capability: None where a role of their own gives it too."""
        grants = self.grants.get(name, ())
        own = any(row.employee_id == self.employee_id for _cell, row in grants)
        return None if own or not grants else grants[0][1].user_id

    def __iter__(self):
        return iter(self.grants)

    def __len__(self):
        return len(self.grants)


def reaches_of(user):
    """{capability: Reach} of a user today: the own assignments, and those of superiors one is deputy for.

    Kept for the next request of whoever stands where they stood. Nothing for an account without an employee. A person who left has
    nothing, and a trainee only what a trainee has, whatever else was assigned. Without a confidentiality agreement that holds today
    nothing opens the data of customers (STF-52).
    """
    employee, roles = present(user)
    bound = is_bound(employee)
    standing = (user.pk, employee and (employee.pk, employee.state == Employee.State.TRAINING), bound, tuple(role.anchors for role in roles), id(matrix()))
    if standing not in _reaches:
        if len(_reaches) >= MOST:
            _reaches.clear()
        _reaches[standing] = Reaches(grants_of(employee, roles), user.pk, employee and employee.pk, bound=bound)
    return _reaches[standing]


def grants_of(employee, roles):
    """{capability: [(cell of the matrix, role)]} of these roles."""
    grants = {}
    for role in roles:
        for key, cell in cells_of(role, employee).items():
            for action in cell.actions:
                grants.setdefault(f"{key}.{action}", []).append((cell, role))
    return grants


def present(user):
    """(employee, roles that count today) of an account, worked out once for the account object, which pages read so; no roles
    for one who is not employed today, and those of others only for one on duty."""
    if not hasattr(user, "_present"):
        found = user if hasattr(user, "roles_today") else account_in_full(user.pk)
        employee = getattr(found, "employee", None)
        roles = [Role(**row) for row in found.roles_today] if is_employed(employee) else []
        stands_in = employee is not None and employee.state == Employee.State.ON_DUTY
        user._present = (employee, [role for role in roles if stands_in or role.employee_id == employee.pk])
    return user._present


def is_employed(employee):
    """Whether this person has begun and not yet left today."""
    today = timezone.localdate()
    return bool(employee and employee.hired_on <= today and not (employee.left_on and employee.left_on <= today)
                and employee.state != Employee.State.LEFT)


def is_bound(employee):
    """Whether a confidentiality agreement of this person holds today."""
    return bool(employee and employee.bound_until and employee.bound_until >= timezone.localdate())


def is_privileged(user):
    """Whether a role of this person, own or as a deputy, asks for a second step at log-in (RELIABILITY 6.3.3)."""
    employee, roles = present(user)
    return bool(employee) and employee.state == Employee.State.ON_DUTY and any(row.role in PRIVILEGED for row in roles)


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


def cells_of(role, employee):
    """The row of the matrix for one role; a person in training has the trainee's whatever the role says."""
    return matrix().get("trainee" if employee.state == Employee.State.TRAINING else role.role, {})


def joined(grants, user_id, employee_id):
    """One Reach out of all grants of one capability; what some of them narrow keeps its limits in their places alone."""
    limits = frozenset().union(*(cell.limits for cell, _row in grants))
    if not limits:
        return extent(grants, user_id, employee_id)
    full = extent([(cell, row) for cell, row in grants if not cell.limits], user_id, employee_id)
    return replace(extent(grants, user_id, employee_id), limits=limits, full=full)


def extent(grants, user_id, employee_id):
    """How far these grants of one capability go together, whatever narrows them."""
    halls, teams, own_halls = set(), set(), set()
    everything = own = False
    for cell, row in grants:
        if cell.scope == "A":
            everything = True
        elif cell.scope == "D":
            halls |= {hall.pk for hall in row.places if hall.department_id == row.department_id}
            teams |= set(row.teams)
        elif cell.scope == "H":
            halls |= {row.hall_id or row.team_hall_id}  # who leads a team works in its hall
        elif cell.scope == "T":
            teams |= {row.team_id}
            own = own or row.employee_id == employee_id
            own_halls |= {row.team_hall_id}
        else:
            own = True
            own_halls |= {row.hall_id}
    halls, teams, own_halls = halls - {None}, teams - {None}, own_halls - {None}
    return Reach(everything=everything, halls=frozenset(halls), teams=frozenset(teams), own=own, own_halls=frozenset(own_halls | halls),
                 user_id=user_id, employee_id=employee_id)


def workplaces(user, day):
    """The halls in which a person works by the roles of today and which are open on `day` (an exhibition only between its dates), in
    the order of their ids; all halls for roles without an anchor. Read with the account."""
    _employee, roles = present(user)
    found = {hall.pk: hall for role in roles for hall in role.places if hall.is_open_on(day)}
    return [found[pk] for pk in sorted(found)]


def closed_workplaces(user, day):
    """The ids of the halls in which a person works that have closed for good by `day`."""
    _employee, roles = present(user)
    return {hall.pk for role in roles for hall in role.places if hall.active_until and hall.active_until < day}


def halls_within(user, capability, day):
    """The halls open on `day` in which a person has `capability`, in the order of their ids; only a reach of everything asks for them."""
    far = reach(user, capability)
    if far.everything:
        return list(Hall.objects.open_on(day).order_by("pk"))
    return [hall for hall in workplaces(user, day) if hall.pk in far.halls | far.own_halls]


def halls_of(user):
    """The halls a person works in today as {'id', 'name', 'zone'} (REC-01)."""
    return [{"id": hall.pk, "name": str(hall.name), "zone": hall.timezone} for hall in workplaces(user, timezone.localdate())]


def shown_to(user):
    """What is for a group in which this person works today: (what that depends on beside the person and the day, a function that gives the
    condition on rows with `hall_id` and `team_id`)."""
    _employee, roles = present(user)
    halls = tuple(hall.pk for hall in workplaces(user, timezone.localdate()))
    teams = tuple(sorted({role.team_id for role in roles if role.team_id}))

    def condition():
        posted = Posting.objects.on(timezone.localdate()).filter(employee__user=user, team_id__isnull=False).values("team_id")
        return Q(hall_id__in=halls) | Q(team_id__in=posted) | Q(team_id__in=teams)

    return (halls, teams), condition


def groups_of(user, capability):
    """The halls and teams that `capability` reaches, as ("hall" or "team", id, name)."""
    far = reach(user, capability)
    halls = Hall.objects.open_on(timezone.localdate())
    halls = halls if far.everything else halls.filter(pk__in=far.halls)
    teams = Team.objects.all() if far.everything else Team.objects.filter(Q(pk__in=far.teams) | Q(hall__in=far.halls))
    return [("hall", hall.pk, str(hall)) for hall in halls.order_by("pk")] + [("team", team.pk, str(team)) for team in teams.order_by("pk")]
