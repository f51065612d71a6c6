"""The cast that tests act in is what it says: each person has the rights of the role, at the own hall alone."""
import time

import pytest

from config.accounts.access import may, reach
from reception.customers.models import Customer
from reception.visits.models import Visit
from staff.organisation import matrix
from staff.organisation.models import Employee
from tests.cast import build


def test_everybody_has_exactly_the_rights_of_the_role(cast):
    for role in matrix.ROLES:
        user = cast.user(role)
        granted = {name for name in matrix.capabilities() if may(user, name)}
        expected = {f"{key}.{action}" for key, cell in matrix.matrix()[role].items() for action in cell.actions}
        assert granted == expected, role


def test_the_twin_reaches_the_other_hall(cast):
    assert reach(cast.user("manager"), "visits.read").halls == {cast.hall.pk}
    assert reach(cast.user("manager2"), "visits.read").halls == {cast.other_hall.pk}


@pytest.mark.parametrize(("name", "sees"), [
    ("reception", True), ("manager", True), ("sales", False), ("colleague", True), ("supervisor", True), ("outsider", False),
    ("reception2", False), ("manager2", False), ("department", True), ("department2", False), ("general", True), ("admin", False),
    ("trainee", False)])
def test_a_visit_of_the_colleague_is_seen_by_whom_the_scope_reaches(cast, name, sees):
    visit = cast.visit_for(adviser="colleague", state="in_service", customer=cast.customer_for(owner="colleague"))
    assert Visit.objects.visible_to(cast.user(name)).filter(pk=visit.pk).exists() is sees


def test_a_customer_is_seen_by_the_owner_and_the_hall(cast):
    customer = cast.customer_for(owner="sales", phone="138 0013 8000")
    seen = {name for name in ("sales", "colleague", "reception", "sales2", "reception2", "general")
            if Customer.objects.visible_to(cast.user(name)).filter(pk=customer.pk).exists()}
    assert seen == {"sales", "reception", "general"}


def test_building_it_takes_few_statements(db, now, django_assert_max_num_queries):
    began = time.perf_counter()
    with django_assert_max_num_queries(60):
        build(now)
    assert time.perf_counter() - began < 3


def test_people_sign_in_with_the_password_of_the_demo(cast, client):
    assert client.login(username="reception", password="hallkeeper-demo")


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_test_does_to_the_company_is_undone_before_the_next(cast, time):
    person, user = cast.people["sales"], cast.user("sales")
    assert (person.name, Visit.objects.count(), user.is_active) == ("Sales Wang", 0, True), time
    person.name = "Somebody else"
    person.save()
    cast.visit_for(adviser="sales")
    type(user).objects.update(is_active=False)
    assert may(cast.user("manager"), "visits.read")


def test_who_asks_for_no_company_meets_none(db):
    assert not Customer.objects.exists() and not Employee.objects.exists()
