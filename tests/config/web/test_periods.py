"""Periods lie side by side without gap or overlap, in every zone, over year ends and leap days (GEN-17)."""
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from config.web.periods import CUSTOM, DAY, KINDS, MONTH, QUARTER, WEEK, YEAR, Period

USUAL = [kind for kind in KINDS if kind != CUSTOM]
ZONES = ["Asia/Shanghai", "UTC", "Europe/Berlin", "America/New_York", "America/Santiago", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago",
         "Africa/Cairo", "Australia/Lord_Howe", "Atlantic/Azores", "America/Havana"]  # clocks that change at midnight, by half an hour, a day apart
ONE = timedelta(days=1)
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
kinds = st.sampled_from(USUAL)
zones = st.sampled_from(ZONES)
free = st.tuples(days, st.integers(0, 900)).map(lambda pair: Period.between(pair[0], pair[0] + timedelta(days=pair[1])))
periods = st.one_of(st.builds(Period.of, kinds, days), free)


@given(kinds, days)
@example(YEAR, date(2024, 12, 31))
@example(WEEK, date(2026, 12, 31))
@example(MONTH, date(2024, 2, 29))
@example(QUARTER, date(2025, 1, 1))
def test_every_day_lies_in_exactly_one_period_of_a_kind(kind, day):
    period = Period.of(kind, day)
    assert day in period and day not in period.next() and day not in period.before()
    assert all(Period.of(kind, other) == period for other in (period.first, period.last))


@given(periods)
def test_the_next_period_begins_when_this_one_ends_and_back_again(period):
    assert period.next().first == period.last + ONE and period.before().last == period.first - ONE
    assert period.next().before() == period == period.before().next()


@given(periods, zones)
@example(Period.of(DAY, date(2018, 11, 4)), "America/Sao_Paulo")
@example(Period.of(MONTH, date(2026, 3, 1)), "America/Havana")
def test_in_every_zone_one_period_ends_at_the_very_moment_at_which_the_next_begins(period, zone):
    begin, end = period.bounds(zone)
    assert begin < end and end.astimezone(UTC) == period.next().bounds(zone)[0].astimezone(UTC)


@given(kinds, st.datetimes(datetime(1990, 1, 2), datetime(2090, 12, 30), timezones=st.just(UTC)), zones)
def test_a_moment_lies_within_the_bounds_of_the_period_of_its_local_day(kind, moment, zone):
    day = moment.astimezone(ZoneInfo(zone)).date()
    begin, end = Period.of(kind, day).bounds(zone)
    assert begin.astimezone(UTC) <= moment < end.astimezone(UTC)


@given(periods)
def test_the_parts_of_a_period_are_the_whole_without_gap_or_overlap(period):
    parts = period.parts()
    assert parts[0].first == period.first and parts[-1].last == period.last
    assert all(later.first == earlier.last + ONE for earlier, later in zip(parts, parts[1:], strict=False))
    assert sum(map(len, parts)) == len(period) == len(list(period))


@given(periods)
def test_what_stands_in_the_address_is_read_back(period):
    assert Period.read(period.key) == period


@given(st.text(alphabet="0123456789-WQ.", max_size=24))
@example("2025-W53")
@example("2025-02-29")
@example("2026-Q5")
@example("0000")
@example("9999-12-31")
@example("2026-01-14..2026-01-13")
@example("1900-01-01..2199-12-31")
@example("２０２６")
def test_anything_else_in_the_address_is_no_period(text):
    period = Period.read(text)
    assert period is None or period.key == text


@pytest.mark.parametrize("text", ["2025-W53", "2025-02-29", "2026-Q5", "0000", "9999", "2026-01-14..2026-01-13", "1950-01-01..2050-12-31", "２０２６", "", "x"])
def test_addresses_that_name_no_period(text):
    assert Period.read(text) is None


@given(kinds, days)
def test_a_year_ago_is_the_same_place_of_the_calendar(kind, day):
    period = Period.of(kind, day)
    ago = period.year_ago()
    assert ago.kind == kind and ago.is_whole
    assert 357 <= (period.first - ago.first).days <= 371
    if kind == WEEK:
        assert ago.first.isocalendar().week == min(period.first.isocalendar().week, date(ago.first.isocalendar().year, 12, 28).isocalendar().week)
    else:
        assert (ago.first.month, ago.first.year) == (period.first.month, period.first.year - 1)


@pytest.mark.parametrize(("text", "ago"), [("2024-02-29", "2023-02-28"), ("2024-02", "2023-02"), ("2026-W53", "2025-W52"), ("2021-W01", "2020-W01"),
                                           ("2024-01-31..2024-02-29", "2023-01-31..2023-02-28"), ("2026-Q1", "2025-Q1")])
def test_a_year_before_a_leap_day_and_a_53rd_week(text, ago):
    assert Period.read(text).year_ago() == Period.read(ago)


@given(periods, st.integers(-5, 900))
def test_a_period_that_is_not_over_is_compared_with_as_many_days(period, after):
    today = period.first + timedelta(days=after)
    now, before, ago = period.comparison(today)
    assert now.first == period.first and now.last <= period.last
    if today in period and today != period.last:
        assert now.last == today
        assert len(before) <= len(now) and len(ago) <= len(now)
        assert before.first == period.before().first and ago.first == period.year_ago().first
        assert before.last < period.first and ago.last < period.first or period.kind == CUSTOM
    else:
        assert (now, before, ago) == (period, period.before(), period.year_ago())


def test_the_first_22_days_of_november_stand_beside_those_of_october():
    now, before, ago = Period.read("2026-11").comparison(date(2026, 11, 22))
    assert [(one.first.isoformat(), one.last.isoformat()) for one in (now, before, ago)] == [
        ("2026-11-01", "2026-11-22"), ("2026-10-01", "2026-10-22"), ("2025-11-01", "2025-11-22")]
    assert Period.read("2026-03").comparison(date(2026, 3, 30))[1].last == date(2026, 2, 28)


def test_a_period_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="No period"):
        Period.between(date(2026, 1, 2), date(2026, 1, 1))
