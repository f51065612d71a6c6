"""The working-time clock against a slow one that walks minute by minute, and by the laws that any clock keeps (GEN-21, RELIABILITY T4)."""
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from staff.regulation.working_time import Calendar, NoWorkingTime, after, after_days, between, special_days

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = ((540, 720), (780, 1080))  # 9:00 to 12:00 and 13:00 to 18:00
WEEK = (OFFICE,) * 5 + ((), ())
HOURS = Calendar("Asia/Shanghai", WEEK)
FIRST = datetime(2026, 9, 25, tzinfo=SHANGHAI)


def at(text):
    """A moment by the hall's clock, such as "2026-10-09 17:50"."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def minutes(number):
    return timedelta(minutes=number)


intervals = st.sampled_from([(), OFFICE, ((0, 1440),), ((1320, 1440),), ((0, 360), (1320, 1440)), ((600, 601),), ((480, 1200),)])
calendars = st.builds(
    lambda week, special: Calendar("Asia/Shanghai", tuple(week), special), st.lists(intervals, min_size=7, max_size=7),
    st.dictionaries(st.integers(0, 20).map(lambda n: date(2026, 9, 25) + timedelta(days=n)), intervals, max_size=6))
moments = st.integers(0, 14 * 1440).map(lambda n: (FIRST + minutes(n)).astimezone(UTC))
pause_lists = st.lists(st.tuples(moments, st.integers(0, 3000)).map(lambda one: (one[0], one[0] + minutes(one[1]))), max_size=4)


def walked(calendar, start, end, pauses=()):
    """The same by walking through every minute."""
    count, now = 0, start
    while now < end:
        local = now.astimezone(ZoneInfo(calendar.zone))
        minute = local.hour * 60 + local.minute
        spans = calendar.special.get(local.date(), calendar.week[local.weekday()])
        if any(opens <= minute < closes for opens, closes in spans) and not any(begins <= now < ends for begins, ends in pauses):
            count += 1
        now += minutes(1)
    return minutes(count)


@given(calendars, moments, st.integers(0, 5000), pause_lists)
def test_the_time_between_two_moments_is_what_walking_through_its_minutes_counts(calendar, start, length, pauses):
    end = start + minutes(length)
    assert between(calendar, start, end, pauses) == walked(calendar, start, end, pauses)


@given(calendars, moments, st.integers(1, 3000), pause_lists)
def test_a_limit_comes_when_just_its_working_time_has_passed(calendar, start, length, pauses):
    assume(sum(closes - opens for spans in calendar.week for opens, closes in spans) >= 100)
    due = after(calendar, start, minutes(length), pauses)
    assert between(calendar, start, due, pauses) == minutes(length)
    assert between(calendar, start, due - minutes(1), pauses) < minutes(length)


@given(calendars, moments, st.integers(0, 4000), st.integers(0, 4000), pause_lists)
def test_two_spans_one_after_the_other_add_up(calendar, start, first, second, pauses):
    middle, end = start + minutes(first), start + minutes(first + second)
    assert between(calendar, start, middle, pauses) + between(calendar, middle, end, pauses) == between(calendar, start, end, pauses)


@given(calendars, moments, st.integers(0, 2000), st.integers(0, 2000), pause_lists)
def test_more_time_never_comes_earlier_and_a_pause_never_makes_it_so(calendar, start, length, more, pauses):
    assume(sum(closes - opens for spans in calendar.week for opens, closes in spans) >= 100)
    due = after(calendar, start, minutes(length), pauses)
    assert after(calendar, start, minutes(length + more), pauses) >= due >= after(calendar, start, minutes(length))


@given(calendars, moments, st.integers(1, 3000), moments)
def test_while_a_pause_runs_the_limit_stands_still_unless_it_came_before(calendar, start, length, pause):
    assume(sum(closes - opens for spans in calendar.week for opens, closes in spans) >= 100)
    without = after(calendar, start, minutes(length))
    assert after(calendar, start, minutes(length), [(pause, None)]) == (without if without <= pause else None)


@pytest.mark.parametrize("start, length, due", [
    ("2026-10-09 10:00", 30, "2026-10-09 10:30"), ("2026-10-09 11:45", 30, "2026-10-09 13:15"), ("2026-10-09 12:10", 10, "2026-10-09 13:10"),
    ("2026-10-09 17:50", 20, "2026-10-12 09:10"), ("2026-10-10 23:00", 5, "2026-10-12 09:05"), ("2026-10-12 05:00", 480, "2026-10-12 18:00"),
    ("2026-10-12 09:00", 481, "2026-10-13 09:01"), ("2026-10-12 12:00", 0, "2026-10-12 13:00"), ("2026-10-12 09:00", 0, "2026-10-12 09:00")])
def test_lunch_nights_and_weekends_do_not_count(start, length, due):
    assert after(HOURS, at(start), minutes(length)) == at(due)


def test_holidays_are_closed_moved_working_days_work_and_the_hall_has_the_last_word():
    national, moved = [date(2026, 10, day) for day in range(1, 8)], [date(2026, 10, 10)]
    calendar = Calendar("Asia/Shanghai", WEEK, special_days(WEEK, holidays=national, moved=moved, exceptions={date(2026, 10, 3): ((600, 660),)}))
    assert after(calendar, at("2026-09-30 17:59"), minutes(2)) == at("2026-10-03 10:01")
    assert after(calendar, at("2026-10-03 11:00"), minutes(1)) == at("2026-10-08 09:01")
    assert after(calendar, at("2026-10-09 18:00"), minutes(480)) == at("2026-10-10 18:00")  # a Saturday that works like a Monday
    assert [after_days(calendar, at("2026-09-30 10:00"), count) for count in (0, 1, 2, 4)] == [
        at("2026-09-30 18:00"), at("2026-10-03 11:00"), at("2026-10-08 18:00"), at("2026-10-10 18:00")]


def test_working_days_begin_with_the_next_one_when_it_starts_after_hours():
    assert after_days(HOURS, at("2026-10-09 18:00"), 0) == after_days(HOURS, at("2026-10-10 09:00"), 0) == at("2026-10-12 18:00")
    assert after_days(HOURS, at("2026-10-09 17:59"), 3) == at("2026-10-14 18:00")


def test_elapsed_time_is_counted_over_a_change_to_summer_time_and_back():
    berlin = ZoneInfo("Europe/Berlin")
    calendar = Calendar("Europe/Berlin", (((0, 1440),),) * 7)
    for day, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)):
        start = datetime(day.year, day.month, day.day, tzinfo=berlin)
        assert between(calendar, start, start + timedelta(days=1)) == timedelta(hours=hours)  # a day by the clock on the wall
        assert after(calendar, start, timedelta(hours=hours)) == start + timedelta(days=1)


def test_who_never_works_sets_no_limit():
    closed = Calendar("Asia/Shanghai", ((),) * 7)
    assert between(closed, FIRST, FIRST + timedelta(days=30)) == timedelta(0)
    for ask in (lambda: after(closed, FIRST, minutes(1)), lambda: after_days(closed, FIRST, 1)):
        with pytest.raises(NoWorkingTime):
            ask()
