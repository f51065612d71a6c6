"""The arithmetic of a sheet (PRF-08, 12, 23)."""
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.appraisals import months, scoring


def test_a_level_is_worth_a_fifth_of_a_hundred_points_each():
    assert [scoring.points_of(level) for level in range(1, 6)] == [20, 40, 60, 80, 100]


@given(st.lists(st.integers(1, 30), min_size=1, max_size=8), st.integers(1, 100))
def test_shares_always_add_up_to_the_whole(parts, whole):
    assert sum(scoring.shares(whole, parts)) == whole


@given(st.lists(st.integers(1, 30), min_size=1, max_size=8))
def test_full_points_everywhere_are_a_total_of_a_hundred(parts):
    assert scoring.total((100, weight) for weight in scoring.shares(100, parts)) == 100


def test_what_is_not_scored_yet_counts_nothing_and_a_total_has_one_decimal():
    assert scoring.total([(80, Decimal("33.33")), (None, Decimal("33.33")), (95, Decimal("33.34"))]) == Decimal("58.3")


@pytest.mark.parametrize("total, grade", [
    ("90", "excellent"), ("89.9", "good"), ("75", "good"), ("74.9", "qualified"), ("60", "qualified"), ("59.9", "unqualified")])
def test_a_grade_begins_at_its_bound(total, grade):
    assert scoring.grade_of(Decimal(total), (90, 75, 60)) == grade


@pytest.mark.parametrize("period, last, opens, due", [
    ("2026-11", "2026-11-30", "2026-11-27", "2026-12-11"), ("2028-02", "2028-02-29", "2028-02-26", "2028-03-11"),
    ("2026-12", "2026-12-31", "2026-12-28", "2027-01-11")])
def test_months_end_and_self_reviews_open_also_in_february_and_at_the_end_of_the_year(period, last, opens, due):
    zone = ZoneInfo("Asia/Shanghai")
    assert months.last_day(period) == date.fromisoformat(last)
    assert months.self_review_opens(period, 3) == date.fromisoformat(opens)
    assert months.ends_at(period, 10, zone) == datetime.fromisoformat(due).replace(tzinfo=zone)
    assert months.ends_at("2027-01", 31, zone) == datetime(2027, 3, 1, tzinfo=zone)
