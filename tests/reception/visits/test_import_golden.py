"""The sample register brought into a hall: exactly the visits a careful person reads, once, and taken back without a trace."""

import csv
from zoneinfo import ZoneInfo

import pytest

from reception.customers.models import ContactPoint, Customer, CustomerHall, CustomerKey
from reception.customers.phones import digits
from reception.visits.models import ImportedRow, ServiceLeg, Visit, VisitEvent
from tests.reception.visits.imports import brought_in, sample, tried, undone
from tests.reception.visits.registers import DATA, OTHER_MAPPING, other_copy

TABLES = (Visit, VisitEvent, ServiceLeg, ImportedRow, Customer, ContactPoint, CustomerHall, CustomerKey)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def expected():
    with (DATA / "visit-register.expected.csv").open(encoding="utf-8-sig", newline="") as file:
        return sorted((row["sheet"], int(row["row"]), row["date"], row["time"], row["name"], row["phone"]) for row in csv.DictReader(file))


def counts():
    return {model.__name__: model.objects.count() for model in TABLES}


def stored(register, places=True):
    """(sheet, row, date, time, name, first phone) of every visit of an import, as the database holds them."""
    rows = ImportedRow.objects.filter(source=register).select_related("visit__customer").prefetch_related("visit__customer__contacts")
    found = []
    for row in rows:
        visit = row.visit
        arrived = visit.arrived_at.astimezone(SHANGHAI)
        name = visit.visitor_name or (visit.customer.name if visit.customer else "")
        found.append((row.sheet, row.row, arrived.date().isoformat(), f"{arrived:%H:%M}", name, numbers_of(visit)))
    return sorted(found) if places else sorted(row[2:] for row in found)


def numbers_of(visit):
    return {digits(contact.value) for contact in visit.customer.contacts.all()} if visit.customer_id else set()


def same(found, wanted):
    """Whether the rows are the same, the wanted phone being one of the customer's."""
    assert [row[:-1] for row in found] == [row[:-1] for row in wanted]
    assert all(phone in numbers if phone else not numbers for (*_rest, numbers), (*_too, phone) in zip(found, wanted, strict=True))


def test_the_sample_becomes_exactly_the_visits_of_the_expected_file(cast, desk, now, expected):
    register = brought_in(desk, cast.hall, sample(), now)
    assert register.state == "done"
    assert register.summary["imported"]["visits"] == len(expected) == 605
    same(stored(register), expected)
    visits = Visit.objects.filter(imported_row__source=register)
    assert {(visit.state, visit.imported, visit.number[:8]) for visit in visits} == {("closed", True, "VS-2025-")}
    assert visits.filter(note__contains="=1+1").count() == 88


def test_importing_it_again_makes_no_duplicates(cast, desk, now):
    brought_in(desk, cast.hall, sample(), now)
    before = counts()
    again = tried(desk, cast.hall, sample(), now)
    assert (again.state, again.summary["visits"], again.summary["already"]) == ("checked", 605, 605)
    second = brought_in(desk, cast.hall, sample(), now)
    assert counts() == before
    assert (second.summary["imported"]["visits"], second.summary["imported"]["already"]) == (0, 605)


def test_undo_restores_every_count(cast, desk, now):
    cast.customer_for(name="李国强", phone="13800138000")
    before = counts()
    register = brought_in(desk, cast.hall, sample(), now)
    assert counts() != before
    register = undone(desk, register, now)
    assert counts() == before
    assert register.state == "undone"
    assert register.summary["undone"]["visits"] == 605
    assert register.summary["undone"]["kept_visits"] == register.summary["undone"]["kept_customers"] == []
    assert Visit.history.filter(history_type="-", history_change_reason="import undone", history_user=desk.user).count() == 605


def test_a_copy_with_other_names_and_order_of_columns_comes_in_by_mapping_alone(cast, desk, now, expected):
    register = brought_in(desk, cast.hall, other_copy().read(), now, mapping={"columns": OTHER_MAPPING}, name="Besucher.xlsx")
    same(stored(register), expected)
    assert tried(desk, cast.hall, sample(), now).summary["already"] == 605
