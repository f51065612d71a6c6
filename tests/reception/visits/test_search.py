"""Searching the list of visits finds the same whether few files fit or so many that the visits are looked through."""
from urllib.parse import urlencode

import pytest

from reception.customers import queries as customers
from reception.visits import queries
from reception.visits.models import Visit


@pytest.fixture
def visits(cast):
    """Visits of people whose names and numbers begin alike, of a told name, and of another hall."""
    for number in range(6):
        file = cast.customer_for(owner="sales", name=f"王伟{'明' * (number % 2)}", phone=f"1381234{number:04d}")
        cast.visit_for(customer=file)
    cast.visit_for(visitor_name="王伟民的朋友")
    cast.visit_for(visitor_name="张三")
    cast.visit_for(hall=cast.other_hall, visitor_name="王伟二")


def found(user, text):
    """The visits that are found, and how they are counted at least."""
    rows = queries.narrowed(Visit.objects.visible_to(user), user, text)
    some = getattr(rows, "some", None)
    return set(rows.values_list("pk", flat=True)), None if some is None else set(some.values_list("pk", flat=True))


@pytest.mark.parametrize("who", ["manager", "general", "sales", "reception"])
@pytest.mark.parametrize("text", ["王", "王伟", "wangwei", "ww", "138", "1381234", "0001", "伟民", "nobody"])
def test_many_files_are_looked_through_with_the_same_result(cast, visits, monkeypatch, who, text):
    user = cast.user(who)
    few, some = found(user, text)
    assert some is None
    monkeypatch.setattr(queries, "FEW", 0)
    assert found(user, text) == (few, None)
    monkeypatch.setattr(queries, "MANY", 1)
    many, some = found(user, text)
    assert many == few
    assert some is None or some <= many


def test_a_file_that_fits_in_many_ways_hides_no_other(cast):
    pks = {cast.customer_for(name=name).pk for name in ("王伟明", "王卫民")}
    user = cast.user("general")
    assert customers.ids_matching(user, "w", 20) == (sorted(pks), False)
    assert customers.ids_matching(user, "w", 2)[1]


@pytest.mark.parametrize("many", [20, 0])
def test_a_ticket_is_found_however_many_were_given_out(cast, monkeypatch, many):
    monkeypatch.setattr(queries, "MANY", many)
    visit = cast.visit_for(visitor_name="张三")
    ticket = visit.legs.get().ticket
    assert found(cast.user("manager"), ticket)[0] == {visit.pk}
    assert found(cast.user("manager2"), ticket)[0] == set()


def test_the_count_of_many_does_not_look_at_every_visit(cast, visits, monkeypatch, as_role):
    monkeypatch.setattr(queries, "MANY", 1)
    monkeypatch.setattr("config.web.lists.COUNT_CAP", 0)
    page = as_role("general").get(f"/reception/visits/?{urlencode({'q': '138'})}")
    assert page.context["page"].capped
