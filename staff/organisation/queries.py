"""Reads over the organisation for screens."""
from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, IntegerField, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from config.accounts.access import reach
from config.web.context import current_hall
from staff.organisation.access import present, workplaces
from staff.organisation.models import Assignment, Department, Deputy, Employee, Hall, OpeningHours, Position, Posting, Team
from staff.organisation.names import asked
from staff.organisation.permissions import Can


def employee_of(user):
    """The employee behind an account, or None; read with the account."""
    return present(user)[0]


def posting_on(employee, day):
    """Where a person works on `day`, or None."""
    return postings_on(day).filter(employee=employee).select_related("position", "department", "hall", "team", "superior").first()


def postings_on(day):
    """The postings that run on `day`."""
    return Posting.objects.on(day)


def hall_of(request):
    """The Hall chosen in the switcher, or None; read with the account."""
    chosen = current_hall(request)
    return next((hall for hall in workplaces(request.user, timezone.localdate()) if chosen and hall.pk == chosen["id"]), None)


def halls_in_full(user):
    """The halls this person may see with what stands beside them, in one statement: `week_rows` and `team_rows`."""
    week = OpeningHours.objects.on(timezone.localdate()).filter(hall=OuterRef("pk")).values(row=JSONObject(weekday="weekday", opens="opens", closes="closes"))
    teams = Team.objects.filter(hall=OuterRef("pk")).order_by("pk").values(row=JSONObject(pk="pk", name="name"))
    return (Hall.objects.visible_to(user).select_related("department", "manager")
            .annotate(week_rows=ArraySubquery(week), team_rows=ArraySubquery(teams)))


def people_within(user, capability):
    """The people whom `capability` reaches by their posting of today: all, of the halls and teams in reach, or oneself."""
    far = reach(user, capability)
    if far.everything:
        return Employee.objects.all()
    there = postings_on(timezone.localdate()).filter(Q(hall_id__in=far.halls) | Q(team_id__in=far.teams))
    scope = Q(pk__in=there.values("employee_id"))
    return Employee.objects.filter(scope | Q(user_id=user.pk) if far.own else scope)


def people_for_list(user):
    """The people this person may see, with today's posting as columns that sort; who has none stands last."""
    today = postings_on(timezone.localdate())
    now_here = today.filter(employee=OuterRef("pk"))
    shown = Prefetch("postings", today.select_related("position", "hall", "team", "department", "superior"), to_attr="today")
    return Employee.objects.visible_to(user).prefetch_related(shown).annotate(
        position_order=Coalesce(Subquery(now_here.values("position__order")[:1]), 999, output_field=IntegerField()),
        hall_order=Coalesce(Subquery(now_here.values("hall_id")[:1]), 2**40, output_field=BigIntegerField()),
    )


def with_postings(employees):
    """Put today's posting on each of these employees as `.posting`, in one query."""
    rows = postings_on(timezone.localdate()).filter(employee__in=employees).select_related("position", "hall", "team", "department", "superior")
    found = {row.employee_id: row for row in rows}
    for employee in employees:
        employee.posting = found.get(employee.pk)
    return employees


def people_named(text):
    """The ids of whom the words may mean, as a statement within another; none where nothing searchable was typed."""
    return Employee.objects.filter(named(text)).values("pk") if asked(text.replace("\0", "")) else Employee.objects.none().values("pk")


def named(text):
    """A condition on people by name, pinyin, initials or staff number, as somebody types it."""
    text = text.replace("\0", "")  # which no column holds
    key = asked(text)
    return Q(sort_key__contains=key) | Q(number__iexact=text.strip()) if key else Q()


def suggest(user, text, limit=8):
    """The people somebody may mean, who have not left, with their posting."""
    if not asked(text.replace("\0", "")):
        return []
    found = Employee.objects.visible_to(user).exclude(state=Employee.State.LEFT).filter(named(text)).order_by("sort_key", "pk")[:limit]
    return with_postings(list(found))


@dataclass
class Node:
    """One department, hall or team of the tree, with what hangs below it and the people straight in it."""

    record: object
    kind: str
    lead: Employee | None = None
    below: list = field(default_factory=list)
    people: list = field(default_factory=list)

    @property
    def size(self):
        """How many people stand here and below."""
        return len(self.people) + sum(node.size for node in self.below)


def tree(day):
    """The organisation of a day as Nodes (STF-01), in five queries: departments, halls, teams, postings, deputies."""
    departments = {row.pk: Node(row, "department", row.head) for row in Department.objects.select_related("head").order_by("pk")}
    halls = {row.pk: Node(row, "hall", row.manager) for row in Hall.objects.open_on(day).select_related("manager").order_by("pk")}
    teams = {row.pk: Node(row, "team") for row in Team.objects.order_by("pk")}
    standing_in = defaultdict(list)
    for row in Deputy.objects.filter(starts_on__lte=day, ends_on__gte=day).select_related("deputy"):
        standing_in[row.employee_id].append(row.deputy)
    for row in postings_on(day).select_related("employee", "position", "superior").order_by("position__order", "employee__sort_key"):
        row.deputies_now = standing_in[row.employee_id]
        place = teams.get(row.team_id) or halls.get(row.hall_id) or departments.get(row.department_id)
        place.people.append(row)
    for node in teams.values():
        here = {row.employee_id for row in node.people}
        node.lead = next((row.superior for row in node.people if row.superior_id in here), None)
        above = halls.get(node.record.hall_id) or departments.get(node.record.department_id)
        above.below.append(node)
    for node in halls.values():
        departments[node.record.department_id].below.append(node)
    for node in departments.values():
        if node.record.parent_id:
            departments[node.record.parent_id].below.append(node)
    roots = [node for node in departments.values() if not node.record.parent_id]
    for node in roots:
        name_superiors(node, None)
    return roots


def name_superiors(node, above):
    """Leave `named_superior` on every posting at and below `node`: the superior where it is another than the leads here and above tell."""
    for row in node.people:
        row.named_superior = None if row.superior in (node.lead, above) else row.superior
    for one in node.below:
        name_superiors(one, node.lead)


def positions_with_holders():
    """Every position with the people who hold it today."""
    today = postings_on(timezone.localdate()).select_related("employee", "hall").order_by("employee__sort_key")
    return Position.objects.prefetch_related(Prefetch("postings", queryset=today, to_attr="holders")).order_by("order", "pk")


def running_assignments(employee):
    """The roles of a person that run today or will."""
    today = timezone.localdate()
    rows = Assignment.objects.filter(employee=employee).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    return rows.select_related("hall", "team", "department").order_by("starts_on", "pk")


def posting_of(employee):
    """Where the person works today; looked up once for the object."""
    if not hasattr(employee, "posting"):
        employee.posting = posting_on(employee, timezone.localdate())
    return employee.posting


def is_within(user, employee, capability):
    """Whether `capability` reaches this one person: as `people_within` would say, without asking the database again."""
    far = reach(user, capability)
    if far.everything or (far.own and employee.user_id == user.pk):
        return True
    posting = posting_of(employee)
    return posting is not None and (posting.hall_id in far.halls or posting.team_id in far.teams)


def may_manage(user, employee, capability=Can.ACCOUNTS_EDIT):
    """Whether a person's account and roles are in this person's hands; never the own."""
    return employee.user_id != user.pk and is_within(user, employee, capability)
