"""The ledger of compensation and goodwill: each offer once, its sums those of the rows that are shown, nobody else's complaints (FIELD 2.3 row 21)."""
from decimal import Decimal

import pytest
from django.urls import reverse

from complaints.analysis import ledger
from complaints.handling.services import solving
from complaints.handling.solving import SolutionRound
from tests.complaints.acts import led_to

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
    page = client.get(reverse(PAGE)).content.decode()
    assert "3 offers: compensation 600.00 CNY, goodwill 30.00 CNY" in page
    assert free.number not in page


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
