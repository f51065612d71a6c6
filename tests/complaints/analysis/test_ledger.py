"""The ledger of compensation and goodwill: each offer once, its sums those of the rows that are shown, nobody else's complaints (FIELD 2.3 row 21)."""
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from complaints.analysis import ledger
from complaints.handling.services import solving
from complaints.handling.solving import SolutionRound
from tests.complaints.acts import led_to
from tests.complaints.handling.making import complaint_at

pytestmark = pytest.mark.django_db
PAGE = "goodwill_ledger"


def costing(cast, state, compensation, goodwill):
    """A complaint led to `state` whose last offer costs so much."""
    row = led_to(cast, state)
    SolutionRound.objects.filter(complaint=row).update(compensation=compensation, goodwill=goodwill)
    return row


def test_each_offer_stands_in_exactly_one_state_and_the_sum_is_that_of_its_rows(cast, as_role):
    offered, agreed, done = (costing(cast, state, 100 * n, 10) for n, state in enumerate(("proposed", "implementing", "implemented"), 1))
    free = costing(cast, "proposed", 0, 0)
    client, found = as_role("manager"), {}
    for key, row in (("offered", offered), ("promised", agreed), ("given", done)):
        page = client.get(reverse(PAGE), {"stands": key}).content.decode()
        found[key] = [one.number for one in (offered, agreed, done, free) if one.number in page]
        assert found[key] == [row.number]
    page = client.get(reverse(PAGE))
    tiles = {str(tile["label"]): (tile["value"], tile["note"], tile["url"]) for tile in page.context["tiles"]}
    assert [figure[:2] for figure in tiles.values()] == [(110, "1 offer"), (210, "1 offer"), (310, "1 offer"), (0, "0 offers")]
    for _value, note, url in tiles.values():
        assert client.get(reverse(PAGE) + url).context["page"].total == int(note.split()[0])
    assert free.number not in page.content.decode()


def test_the_sums_are_those_of_the_hall_and_days_that_are_asked_for(cast, as_role):
    here = costing(cast, "implemented", 100, 0)
    there = complaint_at(cast, hall=cast.other_hall)
    SolutionRound.objects.create(complaint=there, turn=0, number=1, offer="A voucher", compensation=0, goodwill=70, offered_by=cast.people["agent"],
                                 offered_at=cast.now, answer="waiting")
    client = as_role("general")
    for hall, number, sums in ((cast.hall, here.number, [0, 0, 100, 0]), (cast.other_hall, there.number, [70, 0, 0, 0])):
        page = client.get(reverse(PAGE), {"hall": hall.pk})
        assert [row.complaint.number for row in page.context["page"].rows] == [number]
        assert [tile["value"] for tile in page.context["tiles"]] == sums
    page = client.get(reverse(PAGE), {"until": cast.today - timedelta(days=2)})
    assert [tile["value"] for tile in page.context["tiles"]] == [0, 0, 0, 0]


def test_what_the_customer_refused_was_not_taken(cast, as_role):
    row = costing(cast, "proposed", 80, 0)
    solving.answer_round(cast.actor("agent"), row, answer="refused", opinion="不够", consent_by="", now=cast.now)
    one = ledger.entries(cast.user("manager")).get(complaint=row)
    assert ledger.stands(one) == ledger.GONE
    assert ledger.entries(cast.user("manager")).filter(ledger.STANDS[ledger.GONE]).get() == one


def test_nobody_sees_the_money_of_other_halls_or_of_a_complaint_about_themselves(cast, as_role):
    row = costing(cast, "implemented", Decimal("55.50"), 0)
    assert "55.50" in as_role("manager").get(reverse(PAGE)).content.decode()
    assert row.number not in as_role("manager2").get(reverse(PAGE)).content.decode()
    row.people.create(employee=cast.people["manager"], complained_about=True)
    assert row.number not in as_role("manager").get(reverse(PAGE)).content.decode()
