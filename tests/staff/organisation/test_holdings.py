"""What a person holds in all rooms, and how it goes to a colleague: at once, with a reason, by who may."""
import pytest
from django.urls import reverse

from config.contributions.holdings import HOLDINGS
from config.errors import Refused
from reception.customers.models import Customer
from staff.organisation import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(cast):
    """`sales` owns two customers, serves one of them, and answers for an area."""
    customers = [cast.customer_for(owner="sales", name=name) for name in ("李建国", "张伟")]
    visit = cast.visit_for(adviser="sales", state="in_service", customer=customers[0])
    area = cast.areas["sales", "reception"]
    area.responsible = cast.people["sales"]
    area.save()
    return customers, visit, area


def hand_over(cast, by, keys, to="colleague", of="sales", reason="on leave"):
    """`by` gives what `of` holds of these keys to `to`."""
    return services.hand_over_holdings(cast.actor(by), cast.people[of], keys=keys, to=cast.people[to], reason=reason, now=cast.now)


def test_the_page_shows_what_all_rooms_say_and_hands_it_over_in_one_go_with_the_reason(cast, held, as_role):
    customers, visit, area = held
    page, form = (reverse(name, args=[cast.people["sales"].pk]) for name in ("person_holdings", "hand_over_holdings"))
    manager = as_role("manager")
    shown = manager.get(page).content.decode()
    assert "Customers" in shown and "Visits in service" in shown and visit.number in shown and "李建国" in shown
    sent = {"keys": ["customers", "visits", "areas"], "to": cast.people["colleague"].number, "reason": "on leave",
            "one_off_key": "6d0f5a3e-9f5c-4d55-b6a8-0f3a7d6c2e12"}
    assert manager.post(form, sent).status_code == 302
    for record in (*customers, visit, area):
        record.refresh_from_db()
    assert {customers[0].owner, customers[1].owner, visit.adviser, area.responsible} == {cast.people["colleague"]}
    assert all("on leave" in record.history.first().history_change_reason for record in (*customers, visit, area))
    assert not services.holdings_of(cast.people["sales"])


def test_what_is_not_chosen_stays(cast, held):
    hand_over(cast, "manager", ["visits"])
    assert Customer.objects.filter(owner=cast.people["sales"]).count() == 2


def test_a_room_that_says_no_lets_nothing_go(cast, held, monkeypatch):
    def refuse(*_args, **_more):
        raise Refused("Not now.")
    visits = HOLDINGS.get("visits")
    monkeypatch.setitem(HOLDINGS._members, "visits", type(visits)(visits.key, visits.label, visits.owned, refuse, visits.capability))
    with pytest.raises(Refused, match="Not now"):
        hand_over(cast, "manager", ["customers", "visits"])
    assert Customer.objects.filter(owner=cast.people["sales"]).count() == 2


def test_one_hands_over_neither_the_own_nor_out_of_reach_nor_what_takes_another_right(cast, held):
    for by, keys, words in (("sales", ["customers"], "not yours"), ("manager2", ["customers"], "not yours"), ("manager", ["people"], "not yours")):
        with pytest.raises(Refused, match=words):
            hand_over(cast, by, keys)
    with pytest.raises(Refused, match="outside your halls"):
        hand_over(cast, "manager", ["customers"], to="sales2")
    for to in ("sales", "trainee"):
        with pytest.raises(Refused, match="cannot take this over"):
            hand_over(cast, "manager", ["customers"], to=to)
    assert Customer.objects.filter(owner=cast.people["sales"]).count() == 2


def test_who_comes_second_is_told_that_nothing_is_held_any_more(cast, held):
    hand_over(cast, "manager", ["customers"])
    with pytest.raises(Refused, match="holds nothing of this any more"):
        hand_over(cast, "manager", ["customers"], to="outsider")
    assert Customer.objects.filter(owner=cast.people["colleague"]).count() == 2


def test_one_sees_the_own_holdings_and_is_led_to_the_superior(cast, held, as_role):
    page = as_role("sales").get(reverse("person_holdings", args=[cast.people["sales"].pk])).content.decode()
    assert "李建国" in page and reverse("hand_over_holdings", args=[cast.people["sales"].pk]) not in page
