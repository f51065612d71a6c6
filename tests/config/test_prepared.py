"""Prepared query sets: the same records as a query set built for the occasion, whoever asks and whenever."""
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.db.models import F
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from config import prepared
from reception.visits.models import Visit, VisitEvent
from reception.visits.permissions import Can
from reception.visits.whole import visit_in_full

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def none_kept():
    """Each test builds its statements itself."""
    prepared.forget()


def by_id(pk):
    """The visit of an id with its hall and its tickets."""
    return prepared.rows("a visit", lambda: Visit.objects.filter(pk=prepared.PK).select_related("hall", "customer").prefetch_related("legs"), pk=pk)


def test_records_come_with_what_they_point_to_and_with_their_own_values(cast):
    customer = cast.customer_for(name="周敏")
    first, second = cast.visit_for(customer=customer), cast.visit_for()
    assert [by_id(one.pk)[0] for one in (first, second, first)] == [first, second, first]
    tickets = list(first.legs.all())
    with CaptureQueriesContext(connection) as seen:
        found = by_id(first.pk)[0]
        assert (found.hall, found.customer.name, list(found.legs.all())) == (first.hall, "周敏", tickets)
    assert len(seen) == 2  # the visit with its hall and customer, and its tickets
    assert by_id(0) == []


def test_a_moment_keeps_its_distance_from_now(cast):
    def since_an_hour(now):
        return prepared.rows("of an hour", lambda: Visit.objects.filter(arrived_at__gte=prepared.NOW - timedelta(hours=1)).order_by("pk"), now=now)

    old, new = cast.visit_for(minutes_ago=90), cast.visit_for(minutes_ago=10)
    assert since_an_hour(cast.now) == [new]
    assert since_an_hour(cast.now - timedelta(minutes=45)) == [old, new]
    assert since_an_hour(cast.now + timedelta(hours=1)) == []


def test_a_day_and_other_dates_are_told_apart(cast):
    leg = cast.visit_for().legs.get()

    def of(day):
        return prepared.rows("a day", lambda: type(leg).objects.filter(day=prepared.DAY, queued_at__lte=cast.now), day=day)

    assert of(leg.day) == [leg] and of(leg.day - timedelta(days=1)) == []


def test_the_statement_is_kept_for_one_person_and_their_reach_alone(cast):
    here, there = cast.visit_for(), cast.visit_for(hall=cast.other_hall)
    assert visit_in_full(cast.users["reception"], here.pk, cast.now).may_edit
    assert visit_in_full(cast.users["reception2"], there.pk, cast.now).may_edit
    for name, visit in (("reception", there), ("reception2", here), ("trainer", here)):
        with pytest.raises(Http404):
            visit_in_full(cast.users[name], visit.pk, cast.now)
    assert prepared.reader(cast.users["reception"], Can.READ) != prepared.reader(cast.users["reception2"], Can.READ)


def test_conditions_that_no_row_meets_give_none_and_ask_nothing(cast, django_assert_num_queries):
    visit = cast.visit_for()
    with django_assert_num_queries(0):
        assert prepared.rows("nobody", lambda: Visit.objects.filter(hall__in=[], pk=prepared.PK), pk=visit.pk) == []


def test_only_records_are_prepared():
    with pytest.raises(TypeError):
        prepared.rows("numbers", lambda: VisitEvent.objects.annotate(n=F("pk")).values("n"))


def test_values_come_as_tuples_with_a_text_and_the_bounds_of_a_day_in_their_places(cast, visit_for):
    visit_for(visitor_name="first", minutes_ago=30)
    visit_for(visitor_name="second", minutes_ago=90)

    def found(name, start):
        return prepared.values("by name", lambda: Visit.objects.filter(
            visitor_name=prepared.TEXT, arrived_at__gte=prepared.START, arrived_at__lt=prepared.END).values_list("visitor_name", "party_size"),
            text=name, start=start, end=cast.now)

    hour = cast.now - timedelta(hours=1)
    assert found("first", hour) == [("first", 1)] and found("second", hour) == []
    assert found("second", cast.now - timedelta(hours=2)) == [("second", 1)]


def test_past_the_limit_all_are_built_anew_and_answers_stay_right(cast, monkeypatch):
    monkeypatch.setattr(prepared, "MOST", 2)
    visit = cast.visit_for()
    for number in range(5):
        assert prepared.rows(("many", number), lambda: Visit.objects.filter(pk=prepared.PK), pk=visit.pk) == [visit]


def test_people_who_read_in_the_same_way_share_what_is_large_of_a_statement(cast):
    here = cast.visit_for()
    for name in ("reception", "manager", "agent"):
        assert visit_in_full(cast.users[name], here.pk, cast.now) == here
    kept = [one for key, one in prepared._kept.items() if key[0] == "visit in full"]
    assert len(kept) == 3 > len({id(one.compiler) for one in kept}) == len({id(one.plan.pieces[0]) for one in kept})


@pytest.mark.django_db(transaction=True)
def test_threads_that_share_a_statement_read_their_own_records(cast):
    visits = [cast.visit_for() for _ in range(8)]

    def read(visit):
        try:
            return all(by_id(visit.pk) == [visit] for _ in range(20))
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(read, visits))
