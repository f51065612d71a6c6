"""The calendar of a hall: its week, the country's days out of the library and by hand, and the hall's own days (GEN-21)."""
from datetime import date

import pytest

from config.accounts.actor import Actor
from staff.regulation import calendar
from staff.regulation.models import HallCalendar, HallDay, NationalDay

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(cast):
    """The country's days of 2025 and 2026."""
    for year in (2025, 2026):
        calendar.fill(Actor(cast.users["admin"]), year, now=cast.now)


def works(hall, *days):
    """Whether a hall works, for each of these days of 2026."""
    found = calendar.of(hall)
    return [found.works_on(date.fromisoformat(f"2026-{day}")) for day in days]


def test_the_library_brings_holidays_moved_working_days_and_the_weekends_inside(filled):
    days = dict(NationalDay.objects.values_list("day", "works"))
    free = [f"{day:%m-%d}" for day, worked in days.items() if day.year == 2026 and not worked]
    assert [day for day in free if day.startswith("10")] == [f"10-0{n}" for n in range(1, 8)]
    assert [day for day in free if day.startswith("02")] == [f"02-{n}" for n in range(15, 24)]
    assert [day for day in free if day.startswith("09")] == ["09-25", "09-26", "09-27"]
    assert sorted(f"{day:%m-%d}" for day, worked in days.items() if day.year == 2026 and worked) == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]
    assert NationalDay.objects.get(day="2026-10-01").name["zh-hans"] == "国庆节"


def test_only_a_hall_that_keeps_holidays_is_closed_on_them_and_works_on_moved_days(cast, filled):
    HallCalendar.objects.create(hall=cast.hall)
    cast.hall.hours.filter(weekday__gte=5).delete()
    assert works(cast.hall, "10-01", "10-08", "10-10", "10-11", "10-17") == [False, True, True, False, False]
    assert works(cast.other_hall, "10-01", "10-10") == [True, True]


def test_what_the_hall_says_of_a_day_stands_above_the_country_and_the_week(cast, filled):
    HallCalendar.objects.create(hall=cast.hall)
    HallDay.objects.create(hall=cast.hall, day="2026-10-02", spans=[[600, 720], [780, 900]], reason="开放半天")
    HallDay.objects.create(hall=cast.hall, day="2026-10-12", spans=[], reason="盘点")
    found = calendar.of(cast.hall)
    assert [(ends - begins).total_seconds() / 60 for begins, ends in found.intervals(date(2026, 10, 2))] == [120, 120]
    assert works(cast.hall, "10-12", "10-13") == [False, True]


def test_filling_again_changes_nothing_and_leaves_what_was_entered_by_hand(cast, filled):
    by_hand = NationalDay.objects.get(day="2026-10-07")
    by_hand.works, by_hand.by_hand = True, True
    by_hand.save()
    assert calendar.fill(Actor(cast.users["admin"]), 2026, now=cast.now) == 0
    assert NationalDay.objects.get(day="2026-10-07").works
    NationalDay.objects.filter(day="2026-10-06").update(works=True)
    NationalDay.objects.create(day="2026-07-15", works=False, name={"en": "Once"})
    assert calendar.fill(Actor(cast.users["admin"]), 2026, now=cast.now) == 2
    assert not NationalDay.objects.get(day="2026-10-06").works and not NationalDay.objects.filter(day="2026-07-15")


def test_calendars_of_many_halls_take_two_statements(cast, filled, django_assert_num_queries):
    HallCalendar.objects.create(hall=cast.hall)
    with django_assert_num_queries(2):
        assert set(calendar.of_halls([cast.hall, cast.other_hall])) == {cast.hall.pk, cast.other_hall.pk}
