"""The small company that tests act in: two halls, one person of each role in both, and what they need to receive a visitor.

`cast` gives each test one of its own, built in about twenty statements (tests/standing.py says when). Hall "sales" is the hall of the people named after
their role (`reception`, `manager` …), hall "showroom", of another department, that of their twins (`reception2`, `manager2` …).
`colleague` is a second salesperson beside `sales` in the same team, `outsider` one in the same hall and another team.
"""
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.accounts.actor import Actor
from config.accounts.models import User
from facilities.areas.models import Area
from reception.visits.models import HallReception, Purpose, ReceptionTemplate, Source, TemplateVersion
from staff.organisation import matrix
from staff.organisation.models import (
    Assignment,
    Department,
    Employee,
    Hall,
    OpeningHours,
    Position,
    Post,
    Posting,
    Service,
    ServiceOffer,
    Team,
)
from staff.shifts.models import Shift
from tests.makers import Makers

PASSWORD = "hallkeeper-demo"
HASH = make_password(PASSWORD, hasher="md5")
NO_ANCHOR = frozenset({"orders", "hr", "general", "admin", "auditor"})  # their rights have no hall or team
ON_THE_FLOOR = ("reception", "sales", "agent", "telesales", "designer", "colleague", "outsider")  # who has a shift running now
SUPERIOR = {"manager": "department", "department": "general", "hr": "general", "admin": "general"}


def three(en, hans, hant):
    """A text in the three languages."""
    return {"en": en, "zh-hans": hans, "zh-hant": hant}


@dataclass
class Cast(Makers):
    """Everybody and everything, by name: `cast.halls["sales"]`, `cast.people["reception2"]`, `cast.services["advice"]`."""

    now: object
    departments: dict = field(default_factory=dict)
    halls: dict = field(default_factory=dict)
    teams: dict = field(default_factory=dict)
    services: dict = field(default_factory=dict)
    purposes: dict = field(default_factory=dict)
    sources: dict = field(default_factory=dict)
    posts: dict = field(default_factory=dict)
    areas: dict = field(default_factory=dict)
    users: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)
    templates: dict = field(default_factory=dict)

    @property
    def hall(self):
        """The first hall, in which the people without a figure in their name work."""
        return self.halls["sales"]

    @property
    def other_hall(self):
        """The second hall, of another department."""
        return self.halls["showroom"]

    @property
    def today(self):
        """The day in the halls' time."""
        return timezone.localtime(self.now).date()

    def user(self, name):
        """The account of this name, read anew so that no rights are remembered from an earlier step."""
        return User.objects.get(username=name)

    def actor(self, name):
        """Who acts, for calling services."""
        return Actor(user=self.user(name))

    def hall_of(self, name):
        """The hall in which this person works."""
        return self.other_hall if name.endswith("2") else self.hall

    @cached_property
    def everybody(self):
        """The names of all accounts."""
        return list(self.users)


def build(now):
    """Make the company in the present transaction."""
    cast = Cast(now=now)
    build_halls(cast)
    build_reception(cast)
    build_people(cast)
    build_postings(cast)
    return cast


def by_code(model, rows):
    """The rows of these codes by code; what a migration already brought is kept as it is."""
    model.objects.bulk_create([model(**row) for row in rows], ignore_conflicts=True)
    return {row.code: row for row in model.objects.filter(code__in=[row["code"] for row in rows])}


def build_halls(cast):
    """Departments, halls that never close, teams."""
    start = cast.today - timedelta(days=700)
    cast.departments = by_code(Department, [
        {"code": "sales-department", "name": three("Sales department", "销售部", "銷售部")},
        {"code": "decoration", "name": three("Decoration department", "装饰部", "裝飾部")}])
    sales, decoration = cast.departments["sales-department"], cast.departments["decoration"]
    cast.halls = by_code(Hall, [
        {"code": "sales", "name": three("Sales hall", "销售大厅", "銷售大廳"), "kind": Hall.Kind.SALES_HALL,
         "department": sales, "active_from": start, "address": "1 Lake Road"},
        {"code": "showroom", "name": three("Decoration showroom", "装饰展厅", "裝飾展廳"), "kind": Hall.Kind.STORE,
         "department": decoration, "active_from": start, "address": "9 Hill Street"}])
    OpeningHours.objects.bulk_create(OpeningHours(hall=hall, weekday=day, opens=opens, closes=closes)
                                     for hall in cast.halls.values() for day in range(7) for opens, closes in ((0, 720), (720, 1440)))
    cast.teams = by_code(Team, [
        {"code": "sales-one", "name": three("First team", "一组", "一組"), "hall": cast.hall, "department": sales},
        {"code": "sales-two", "name": three("Second team", "二组", "二組"), "hall": cast.hall, "department": sales},
        {"code": "showroom-one", "name": three("Showroom team", "展厅组", "展廳組"), "hall": cast.other_hall, "department": decoration}])


def build_reception(cast):
    """Services, purposes, sources, posts, areas and the way both halls receive."""
    halls = list(cast.halls.values())
    cast.services = by_code(Service, [
        {"code": "advice", "name": three("Advice", "咨询", "諮詢"), "prefix": "A"},
        {"code": "business", "name": three("Business", "业务办理", "業務辦理"), "prefix": "B"}])
    ServiceOffer.objects.bulk_create(ServiceOffer(hall=hall, service=service) for hall in halls for service in cast.services.values())
    cast.purposes = by_code(Purpose, [
        {"code": "see-products", "name": three("See products", "看产品", "看產品"),
         "service": cast.services["advice"], "order": 1},
        {"code": "handle-business", "name": three("Handle business", "办业务", "辦業務"),
         "service": cast.services["business"], "order": 2}])
    for purpose, service in (("see-products", "advice"), ("handle-business", "business")):  # what a migration brought has no service yet
        cast.purposes[purpose].service = cast.services[service]
        cast.purposes[purpose].order = 0 if purpose == "see-products" else 1
    Purpose.objects.bulk_update(cast.purposes.values(), ["service", "order"])
    cast.sources = by_code(Source, [{"code": "friend", "name": three("A friend", "朋友介绍", "朋友介紹"), "order": 1}])
    kinds = ((Post.Kind.DESK, "Reception desk", "接待台", "接待台"), (Post.Kind.COUNTER, "Counter 1", "1号窗口", "1號窗口"))
    posts = Post.objects.bulk_create(Post(hall=hall, kind=kind, name=three(*names)) for hall in halls for kind, *names in kinds)
    areas = Area.objects.bulk_create(
        Area(hall=hall, kind=kind, name=three(*names), capacity=3)
        for hall in halls for kind, *names in ((Area.Kind.RECEPTION, "Reception", "接待区", "接待區"),
                                               (Area.Kind.NEGOTIATION, "Negotiation", "洽谈区", "洽談區")))
    cast.posts = {(post.hall.code, post.kind): post for post in posts}
    cast.areas = {(area.hall.code, area.kind): area for area in areas}
    template = by_code(ReceptionTemplate, [{"code": "cast-hall", "name": three("Hall", "大厅", "大廳")}])["cast-hall"]
    version = TemplateVersion.objects.create(
        template=template, number=1, valid_from=cast.today - timedelta(days=700),
        steps=[{"key": "greeting", "label": three("Greeting", "问候", "問候")},
               {"key": "tea", "label": three("Tea offered", "奉茶", "奉茶")}],
        fields=[{"key": "budget", "label": three("Budget", "预算", "預算"), "kind": "number", "unit": "CNY"}])
    HallReception.objects.bulk_create(HallReception(hall=hall, template=template) for hall in halls)
    cast.templates = {hall.code: version for hall in halls}


def role_of(name):
    """The role of an account by its name."""
    return "sales" if name in {"colleague", "outsider"} else name.rstrip("0123456789")


def names_of_all():
    """Every account of the cast."""
    return [*matrix.ROLES, "colleague", "outsider", *(f"{role}2" for role in matrix.ROLES)]


def build_people(cast):
    """Accounts, all with the same password, and the employees behind them."""
    today = cast.today
    users = User.objects.bulk_create(User(username=name, display_name=name.capitalize(), password=HASH) for name in names_of_all())
    cast.users = {user.username: user for user in users}
    people = Employee.objects.bulk_create(
        Employee(user=user, number=f"E{index:04d}", name=f"{name.capitalize()} Wang", sort_key=name, hired_on=today - timedelta(days=400),
                 bound_until=today + timedelta(days=20 * 365), state=Employee.State.TRAINING if role_of(name) == "trainee" else Employee.State.ON_DUTY)
        for index, (name, user) in enumerate(cast.users.items(), start=1))
    cast.people = {person.user.username: person for person in people}


def team_of(cast, name):
    """The team of a person, or None for those above teams."""
    if role_of(name) in NO_ANCHOR | {"manager", "department", "research"}:
        return None
    return cast.teams["showroom-one" if name.endswith("2") else "sales-two" if name == "outsider" else "sales-one"]


def build_postings(cast):
    """Where everybody works under whom, which role they have where, and who is on a post now."""
    positions = positions_by_role()
    start = cast.today - timedelta(days=400)
    postings, assignments, shifts = [], [], []
    for name, person in cast.people.items():
        role, hall, team = role_of(name), cast.hall_of(name), team_of(cast, name)
        anchored = role not in NO_ANCHOR
        postings.append(Posting(employee=person, position=positions[role], department=hall.department, hall=hall if anchored else None,
                                team=team, superior=superior_of(cast, name), starts_on=start))
        assignments.append(assignment_for(cast, person, role, hall, team, start))
        if role in ON_THE_FLOOR:
            post = cast.posts[hall.code, Post.Kind.DESK if role == "reception" else Post.Kind.COUNTER]
            shifts.append(Shift(employee=person, hall=hall, post=post,
                                starts_at=cast.now - timedelta(hours=4), ends_at=cast.now + timedelta(hours=4)))
    Posting.objects.bulk_create(postings)
    Assignment.objects.bulk_create(assignments)
    Shift.objects.bulk_create(shifts)


def positions_by_role():
    """A position for each role; those that a migration delivered come first."""
    found = {position.role: position for position in Position.objects.order_by("-order", "-pk")}
    missing = [Position(code=f"cast-{role}", name=three(role, role, role), role=role, serves_customers=role in ON_THE_FLOOR)
               for role in matrix.ROLES if role not in found]
    return found | {position.role: position for position in Position.objects.bulk_create(missing)}


def superior_of(cast, name):
    """The superior: supervisor, manager, department manager, general manager; nobody above the last, and nobody above the twin of it."""
    role = role_of(name)
    if role == "general":
        return None
    above = "manager" if role in NO_ANCHOR | {"supervisor", "logistics", "research"} else SUPERIOR.get(role, "supervisor")
    return cast.people[above + ("2" if name.endswith("2") else "")]


def assignment_for(cast, person, role, hall, team, start):
    """One role at its anchor: department managers at a department, supervisors at a team, who works in a hall at it; an auditor's ends."""
    return Assignment(employee=person, role=role, starts_on=start,
                      department=hall.department if role == "department" else None,
                      team=team if role == "supervisor" else None,
                      hall=hall if role not in NO_ANCHOR | {"department", "supervisor"} else None,
                      ends_on=cast.today + timedelta(days=30) if role == "auditor" else None)


# ---------------------------------------------------------------------------------------------------------------- fixtures

@pytest.fixture
def company(cast):
    """Another name for `cast`, where the people do not matter."""
    return cast


@pytest.fixture
def actor(cast):
    """`actor("manager2")`: who acts, for calling services."""
    return cast.actor


@pytest.fixture
def desk(cast):
    """The receptionist of the first hall as an Actor."""
    return cast.actor("reception")


def signed_in(user, client=None):
    """A client of this person, past the second factor where one is asked."""
    from django_otp import DEVICE_ID_SESSION_KEY
    from django_otp.plugins.otp_totp.models import TOTPDevice

    client = client or Client()
    client.force_login(user)
    if role_of(user.username) in matrix.PRIVILEGED:
        device = TOTPDevice.objects.get_or_create(user=user, name="cast", defaults={"confirmed": True})[0]
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
    return client


@pytest.fixture
def as_role(cast):
    """`as_role("reception")`: a signed-in client of this person."""
    return lambda name: signed_in(cast.user(name))


@pytest.fixture
def client_as(as_role):
    """The same as `as_role`."""
    return as_role


@pytest.fixture
def customer_for(cast):
    """`customer_for(name="李建国", phone="13800138000", hall=…, owner=…)` makes a customer file."""
    return cast.customer_for


@pytest.fixture
def visit_for(cast):
    """`visit_for(hall=…, customer=…, adviser=…, state=…)` makes a visit."""
    return cast.visit_for


@pytest.fixture
def cost(as_role):
    """`cost("/reception/visits/", by="manager")`: how many statements one page takes for this person, once what pages remember for a
    moment is remembered; log-in not counted."""
    def statements(url, by="manager", **headers):
        client = as_role(by)
        client.get(url, headers=headers)
        with CaptureQueriesContext(connection) as seen:
            response = client.get(url, headers=headers)
        assert response.status_code == 200, f"{url} answered {response.status_code}."
        return len(seen)
    return statements
