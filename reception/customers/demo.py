"""Demo customers: about 3,000 people in the three live halls, with shared phones, missing names, foreigners and rare characters."""
import datetime
from functools import lru_cache
from pathlib import Path

import yaml
from django.db.models import F
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from config.accounts.actor import Actor
from config.contributions.demo import register
from config.numbers.services import take
from reception.customers import completeness_demo, keys, names, own_data_demo
from reception.customers.models import Communication, ContactPoint, Customer, CustomerHall, DuplicatePair
from reception.customers.phones import read_phones
from reception.customers.services import find_duplicates, index, merge
from reception.customers.services.files import point_of

COUNTS = {"sales": 1400, "showroom": 900, "hotline": 700}
A_DAY = {"sales": 4, "showroom": 2, "hotline": 2}
OWNERS = {"sales", "designer", "telesales"}
WHY = "demo data"
MERGES, MERGED = "manager", "同一位客户，电话与姓名都相同"
Choice = Customer.Choice


@lru_cache(maxsize=1)
def words():
    """The data file of invented names."""
    return yaml.safe_load((Path(__file__).parent / "data" / "demo.yaml").read_text(encoding="utf-8"))


def load(world):
    """Twelve months of customers; leaves `world.customers`: {hall code: [Customer]}, each list in the order of their first day."""
    days = [world.first_day + datetime.timedelta(days=number) for number in range(365)]
    fill(world, {code: sorted(world.random.choices(days, k=count)) for code, count in COUNTS.items()})


def append(world, first_day, last_day):
    """A few new customers for each missing day, beside those that are there."""
    days = [first_day + datetime.timedelta(days=number) for number in range((last_day - first_day).days + 1)]
    fill(world, {code: [day for day in days for _ in range(count)] for code, count in A_DAY.items()})
    known = CustomerHall.objects.filter(hall__in=[world.halls[code].pk for code in COUNTS], customer__merged_into=None)
    codes = {world.halls[code].pk: code for code in COUNTS}
    world.customers = {code: [] for code in COUNTS}
    for row in known.select_related("customer").order_by("customer__created_at", "customer_id"):
        world.customers[codes[row.hall_id]].append(row.customer)


def fill(world, days_of):
    """Write customers for the given first days of each hall, with contacts, halls, talks and duplicates: set-based."""
    world.customers = {code: [person(world, code, day) for day in days if moment(world, day) <= world.now] for code, days in days_of.items()}
    everyone = sorted((c for people in world.customers.values() for c in people), key=lambda customer: customer.created_at)
    contacts = share(world, [point for customer in everyone for point in customer.points])
    number_them(everyone)
    bulk_create_with_history(everyone, Customer, batch_size=1000, default_change_reason=WHY)
    bulk_create_with_history(contacts, ContactPoint, batch_size=2000, default_change_reason=WHY)
    known = [CustomerHall(customer=customer, hall=world.halls[code], since=customer.created_at, last_seen_at=customer.last_seen_at)
             for code, people in world.customers.items() for customer in people]
    others = [code for code in COUNTS if code != "sales"]
    known += [CustomerHall(customer=customer, hall=world.halls[world.random.choice(others)], since=customer.created_at,
                           last_seen_at=customer.created_at) for customer in world.customers["sales"] if world.random.random() < 0.04]
    CustomerHall.objects.bulk_create(known, batch_size=2000)
    Communication.objects.bulk_create(talks(world), batch_size=2000)
    index([customer.pk for customer in everyone])
    find_duplicates(Actor.system("demo"), now=world.now)


def number_them(customers):
    """A number for each, in the order of their first day, and the keys they are found by."""
    for year in sorted({customer.created_at.year for customer in customers}):
        of_year = [customer for customer in customers if customer.created_at.year == year]
        for customer, number in zip(of_year, take("CU", year, len(of_year)), strict=True):
            customer.number = number
    for customer in customers:
        customer.sort_key = names.sort_key(customer.name or customer.company)
        customer.search_keys = keys.words_of(name=customer.name, company=customer.company, number=customer.number,
                                            addresses=[point.value for point in customer.points if not point.is_phone])
        customer._history_date, customer._history_user = customer.created_at, customer.created_by


def moment(world, day):
    """A time within the day when halls are open."""
    clock = datetime.time(world.random.randint(9, 17), world.random.randint(0, 59))
    return timezone.make_aware(datetime.datetime.combine(day, clock))


def person(world, code, day):
    """One customer of a hall, not yet saved, with `points`: the contacts to save."""
    random, data = world.random, words()
    at = min(moment(world, day), world.now)
    name = name_of(random, data)
    company = company_of(random, data) if random.random() < 0.18 or not name else ""
    staff = world.staff.get(code, [])
    owners = [employee for employee in staff if employee.position.role in OWNERS]
    clerk = random.choice(staff)
    customer = Customer(
        name=name, company=company, note=random.choice(data["notes"]) if random.random() < 0.25 else "", source=random.choice(data["sources"]),
        owner=random.choice(owners) if owners and random.random() < 0.6 else None, created_at=at, created_by=clerk.user, last_seen_at=at,
        attention=random.choice(data["attention"]) if random.random() < 0.02 else "")
    if random.random() < 0.06:
        customer.choice = Choice.DO_NOT_CONTACT if random.random() < 0.3 else Choice.DECLINED
        customer.choice_reason, customer.choice_at = random.choice(data["refusals"]), at
    if random.random() < 0.15:
        customer.confirmed_at, customer.confirmed_by = at, clerk.user
    customer.points = contacts_of(random, customer, bool(name or company))
    return customer


def name_of(random, data):
    """A name as halls write them: mostly Chinese ones of two or three characters, now and then only a surname, or none at all."""
    chance = random.random()
    if chance < 0.03:
        return ""
    if chance < 0.06:
        return random.choice(data["whole"])
    surname = random.choice(data["rare_surnames"]) if chance < 0.10 else random.choice(data["surnames"][:30] if random.random() < 0.7 else data["surnames"])
    if chance > 0.93:
        return surname + random.choice(data["titles"])
    return surname + "".join(random.choices(data["given"], k=1 if random.random() < 0.2 else 2))


def company_of(random, data):
    """An invented company."""
    parts = data["companies"]
    return "".join(random.choice(parts[part]) for part in ("places", "heads", "trades", "forms"))


def contacts_of(random, customer, known_otherwise):
    """Phones and addresses of one customer; some have none, some two, some a landline or a number abroad."""
    chance, written = random.random(), []
    if chance < 0.82 or not known_otherwise:
        written.append(f"1{random.randint(30, 99)}0000{random.randint(0, 9999):04d}")
    elif chance < 0.90:
        written.append(f"021-5550 {random.randint(0, 9999):04d}" + (f" 转 {random.randint(100, 899)}" if random.random() < 0.3 else ""))
    elif chance < 0.93:
        written.append(f"+1 202 555 01{random.randint(0, 99):02d}")
    if written and random.random() < 0.05:
        written.append(f"1{random.randint(30, 99)}0000{random.randint(0, 9999):04d}")
    points = [point_of(read_phones(text)[0], customer.created_at) for text in written]
    if random.random() < 0.05:
        points.append(ContactPoint(kind=ContactPoint.Kind.WECHAT, value=f"demo_{random.randint(10_000, 99_999)}", created_at=customer.created_at))
    for place, point in enumerate(points):
        point.customer, point.is_primary = customer, place == 0
        point._history_date, point._history_user = customer.created_at, customer.created_by
    return points


def share(world, points):
    """Let some people share a phone, as couples and colleagues do, and some stand in two files."""
    mobiles = [point for point in points if point.kind == ContactPoint.Kind.MOBILE and point.is_primary]
    for place, (point, other) in enumerate(zip(mobiles[30::61], mobiles[31::61], strict=False)):
        other.value, other.digits, other.reversed_digits = point.value, point.digits, point.reversed_digits
        if place % 2:
            other.customer.name, other.customer.company = point.customer.name, point.customer.company
    seen, kept = set(), []
    for point in points:
        key = (id(point.customer), point.kind, point.value, point.extension)
        if key not in seen:
            seen.add(key)
            kept.append(point)
    return kept


def talks(world):
    """What was said with customers that somebody owns."""
    random, data, rows = world.random, words(), []
    for code, people in world.customers.items():
        for customer in people:
            if customer.owner_id is None or random.random() > 0.35:
                continue
            at = moment(world, customer.created_at.date() + datetime.timedelta(days=random.randint(1, 14)))
            if at < world.now:
                rows.append(Communication(
                    customer=customer, hall=world.halls[code], at=at, method=random.choice(Communication.Method.values), topic=random.choice(data["topics"]),
                    opinion=random.choice(data["opinions"]), answer=random.choice(data["answers"]), next_step=random.choice(data["next_steps"]),
                    entered_by=customer.owner.user, entered_at=at))
    return rows


def merge_one(world):
    """One person who stood in two files of the sales hall is one file again; the merge can be undone."""
    person = world.people.get(MERGES)
    pairs = DuplicatePair.objects.filter(state=DuplicatePair.State.OPEN, first__name=F("second__name")).select_related("first", "second")
    pair = pairs.filter(first__halls__hall=world.halls.get("sales"), second__halls__hall=world.halls.get("sales")).order_by("-second").first()
    if person is not None and pair is not None:
        merge(Actor(user=person.user), pair.first, pair.second, choices={}, reason=MERGED, now=world.now)


register(key="customers", order=40, load=load, append=append)
register(key="merges", order=60, load=merge_one)
register(key="own-data", order=75, load=own_data_demo.load)
register(key="complete-files", order=76, load=completeness_demo.load, append=completeness_demo.append)
