"""The demo company: a hall of each kind of REC-01, about 45 people in all roles, one user name a role (DESIGN section 7)."""
import datetime
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import yaml
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from config.accounts import throttle
from config.accounts.models import LoginAttempt, User
from config.contributions.demo import register
from config.web.texts import CODES, Text
from staff.organisation.models import (
    Assignment,
    Department,
    Deputy,
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
from staff.organisation.names import sort_key

FILE = Path(__file__).parent / "data" / "demo.yaml"
PASSWORD = "hallkeeper-demo"
UNANCHORED = {"general", "hr", "admin", "auditor", "orders", "research", "trainer"}
SECOND_HALLS = (("manager4", "repair"), ("manager3", "online"), ("manager2", "expo"))  # who manages one more hall than that of their posting
WHY = "demo data"


@lru_cache(maxsize=1)
def facts():
    """The data file of the demo company."""
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def create(world, model, rows):
    """Write rows with their history, dated at the start of the demo's year."""
    began = timezone.make_aware(datetime.datetime.combine(world.first_day, datetime.time(8)))
    return bulk_create_with_history(rows, model, batch_size=1000, default_change_reason=WHY, default_date=began)


def load(world):
    """Write the whole organisation, from the departments to the first passwords."""
    load_departments(world)
    load_halls(world)
    load_people(world)
    name_heads(world)
    load_postings(world)
    load_assignments(world)
    welcome(world)
    arrange(world)


def load_departments(world):
    """Departments, and the services the company offers."""
    for row in facts()["departments"]:
        department = Department(code=row["code"], name=texts(row), parent=world.departments.get(row.get("parent")))
        world.departments[row["code"]] = create(world, Department, [department])[0]
    services = [Service(code=row["code"], name=texts(row), prefix=row["prefix"]) for row in facts()["services"]]
    world.services = {service.code: service for service in create(world, Service, services)}
    world.company = world.departments["head-office"]


def load_halls(world):
    """Halls with opening hours, services, posts and teams."""
    halls = [Hall(code=row["code"].replace("_", "-"), name=Text(row["names"]), kind=row["kind"], department=world.departments[row["department"]],
                  address=row.get("address", ""), url=row.get("url", ""), phone=row.get("phone", ""), **open_days(world, row))
             for row in facts()["halls"]]
    world.halls = dict(zip((row["code"] for row in facts()["halls"]), create(world, Hall, halls), strict=True))
    offers, posts, teams, hours = [], [], [], []
    for row in facts()["halls"]:
        hall = world.halls[row["code"]]
        hours += [OpeningHours(hall=hall, weekday=weekday, opens=opens, closes=closes) for weekday, opens, closes in intervals(row["days"])]
        offers += [ServiceOffer(hall=hall, service=world.services[code], order=order) for order, code in enumerate(row["services"])]
        posts += [Post(hall=hall, kind=kind, name=three(names), order=order) for order, (kind, *names) in enumerate(row["posts"])]
        teams += [Team(code=code, name=three(names), hall=hall, department=hall.department) for code, names in row.get("teams", {}).items()]
    OpeningHours.objects.bulk_create(hours)
    create(world, ServiceOffer, offers)
    create(world, Post, posts)
    world.teams = {team.code: team for team in create(world, Team, teams)}


def open_days(world, row):
    """From when to when a hall exists; an exhibition lies around the demo's day."""
    if "open_days" not in row:
        return {"active_from": world.first_day - datetime.timedelta(days=2000)}
    first, last = row["open_days"]
    return {"active_from": world.today + datetime.timedelta(days=first), "active_until": world.today + datetime.timedelta(days=last)}


def intervals(days):
    """(weekday from 0, opens, closes) in minutes of the day, from {'12345': '08:30-12:00 13:00-18:00'}."""
    for weekdays, text in days.items():
        for weekday in weekdays:
            for interval in text.split():
                opens, closes = (int(clock[:2]) * 60 + int(clock[3:]) for clock in interval.split("-"))
                yield int(weekday) - 1, opens, closes


def people():
    """The rows of people: user name, name, position, department, hall, team, superior (None for '-'), kind, years."""
    for line in facts()["people"]:
        yield [None if part.strip() == "-" else part.strip() for part in line.split("|")]


def load_people(world):
    """Accounts, all with one password that is hashed once, and the employees behind them."""
    password = make_password(PASSWORD)
    rows = list(people())
    users = User.objects.bulk_create([User(username=row[0], display_name=row[1], password=password) for row in rows])
    employees = []
    for number, (user, row) in enumerate(zip(users, rows, strict=True), start=1):
        years = int(row[8])
        hired = world.today - datetime.timedelta(days=years * 365 + world.random.randint(30, 330) if years else world.random.randint(8, 25))
        state = Employee.State.ON_DUTY if years else Employee.State.TRAINING
        employees.append(Employee(user=user, number=f"E{number:04d}", name=row[1], sort_key=sort_key(row[1]), kind=row[7], state=state, hired_on=hired))
    made = create(world, Employee, employees)
    world.people = {row[0]: employee for row, employee in zip(rows, made, strict=True)}


def name_heads(world):
    """The heads of departments and the managers of halls, who had to exist first."""
    for row in facts()["departments"]:
        world.departments[row["code"]].head = world.people[row["head"]]
    for row in facts()["halls"]:
        world.halls[row["code"]].manager = world.people[row["manager"]]
    bulk_update_with_history(list(world.departments.values()), Department, ["head"], default_change_reason=WHY)
    bulk_update_with_history(list(world.halls.values()), Hall, ["manager"], default_change_reason=WHY)


def load_postings(world):
    """Everybody's posting today; supervisors and a few others came from another position."""
    positions = {position.code: position for position in Position.objects.all()}
    postings = []
    for username, _name, position, department, hall, team, superior, _kind, years in people():
        employee = world.people[username]
        where = {"employee": employee, "department": world.departments[department], "hall": world.halls.get(hall),
                 "superior": world.people.get(superior)}
        since = employee.hired_on
        if position.endswith("supervisor") and int(years) > 2:
            since = employee.hired_on + datetime.timedelta(days=500)
            before = positions["telesales-agent" if position.startswith("telesales") else "salesperson"]
            postings.append(Posting(**where, position=before, team=world.teams.get(team), starts_on=employee.hired_on,
                                    ends_on=since - datetime.timedelta(days=1)))
        postings.append(Posting(**where, position=positions[position], team=world.teams.get(team), starts_on=since))
    create(world, Posting, postings)


def load_assignments(world):
    """The roles: the user name without its number, anchored at the hall, a supervisor's also at the team."""
    assignments = []
    usual = dict(Position.objects.values_list("code", "role"))
    for username, _name, position, department, hall, team, _superior, _kind, _years in people():
        employee, role = world.people[username], username.rstrip("0123456789")
        if role == "trainee":
            role = usual[position]  # counts once they are on duty
        anchor = {} if role in UNANCHORED else {"hall": world.halls.get(hall)}
        if role == "department":
            anchor = {"department": world.departments[department]}
        if role == "supervisor":
            anchor["team"] = world.teams[team]
        if role == "auditor":
            anchor["ends_on"] = world.today + datetime.timedelta(days=60)
        assignments.append(Assignment(employee=employee, role=role, starts_on=employee.hired_on, **anchor))
    for username, hall in SECOND_HALLS:
        person = world.people[username]
        assignments.append(Assignment(employee=person, role="manager", hall=world.halls[hall], starts_on=person.hired_on))
    create(world, Assignment, assignments)
    months = datetime.timedelta(days=30)
    create(world, Deputy, [
        Deputy(employee=world.people["manager4"], deputy=world.people["agent3"], starts_on=world.today - months / 10, ends_on=world.today + months / 5),
        Deputy(employee=world.people["supervisor3"], deputy=world.people["telesales2"], starts_on=world.today, ends_on=world.today + months / 4),
        Deputy(employee=world.people["department"], deputy=world.people["manager"], starts_on=world.today - months, ends_on=world.today - 0.7 * months),
        Deputy(employee=world.people["manager"], deputy=world.people["supervisor"], starts_on=world.today - 3 * months, ends_on=world.today - 2.7 * months)])


def welcome(world):
    """An intern who joined this week and waits for an account; and somebody who mistyped the password until the name rested."""
    joined = world.today - datetime.timedelta(days=2)
    name, department = "陈思敏", world.departments["orders"]
    intern = Employee(number=f"E{len(world.people) + 1:04d}", name=name, sort_key=sort_key(name), kind=Employee.Kind.INTERN,
                      state=Employee.State.TRAINING, hired_on=joined)
    create(world, Employee, [intern])
    position = Position.objects.get(code="order-management")
    create(world, Posting, [Posting(employee=intern, position=position, department=department, superior=world.people["orders"], starts_on=joined)])
    names, address = throttle.name_key("agent4"), throttle.network_key("192.0.2.7")
    LoginAttempt.objects.bulk_create([LoginAttempt(name_key=names, address_key=address, at=world.now) for _try in range(throttle.WRONG_A_NAME)])


def arrange(world):
    """Leave people, staff and posts in `world` as other parts look for them."""
    keys = {hall.pk: code for code, hall in world.halls.items()}
    staff, posts = defaultdict(list), defaultdict(list)
    running = Posting.objects.filter(ends_on=None, hall__isnull=False).select_related("employee__user", "position").order_by("employee__number")
    for posting in running:
        posting.employee.position = posting.position
        staff[keys[posting.hall_id]].append(posting.employee)
    for post in Post.objects.select_related("hall"):
        posts[keys[post.hall_id]].append(post)
    world.staff, world.posts = dict(staff), dict(posts)
    world.user = world.people["general"].user


def append(world, first_day, last_day):
    """Find the company again. It lives on by itself; only the exhibition moves along with the days."""
    world.departments = {row.code: row for row in Department.objects.all()}
    world.company = world.departments["head-office"]
    world.halls = {row.code.replace("-", "_"): row for row in Hall.objects.all()}
    world.teams = {row.code: row for row in Team.objects.all()}
    world.services = {row.code: row for row in Service.objects.all()}
    world.people = {row.user.username: row for row in Employee.objects.select_related("user").exclude(user=None)}
    expo = world.halls["expo"]
    if expo.active_until < last_day:
        expo.active_until = last_day + datetime.timedelta(days=10)
        bulk_update_with_history([expo], Hall, ["active_until"], default_change_reason=WHY)
    arrange(world)


def texts(row):
    """The three names of a row of the data file."""
    return Text({code: row[code] for code in CODES})


def three(names):
    """The three names of a list in the order English, simplified, traditional."""
    return Text(zip(CODES, names, strict=True))


register(key="organisation", order=10, load=load, append=append)
