"""By when, as people say it: what the working calendar of a hall lets one promise."""
from datetime import UTC, date, datetime

from reception.promises import moments
from staff.regulation.working_time import Calendar

OFFICE = Calendar("Asia/Shanghai", tuple([((540, 1080),)] * 5 + [()] * 2))


def at(day, hour, minute=0):
    """A moment by the hall's clock, in UTC."""
    return datetime(2026, 11, day, hour - 8, minute, tzinfo=UTC)


def told(now, calendar=OFFICE):
    """{choice: (day, time)} by the hall's clock."""
    zone = at(1, 8).tzinfo
    return {choice: (moment.astimezone(zone).day, (moment.astimezone(zone).hour + 8) % 24) for choice, moment in moments.offered(calendar, now).items()}


def test_on_a_monday_morning_all_four_are_offered_at_moments_in_which_the_hall_works():
    assert told(at(16, 10)) == {"today": (16, 17), "tomorrow": (17, 12), "friday": (20, 18), "days": (19, 18)}


def test_what_has_passed_is_not_offered_and_no_moment_twice():
    assert told(at(18, 17, 30)) == {"tomorrow": (19, 12), "friday": (20, 18), "days": (23, 18)}
    assert told(at(20, 10)) == {"today": (20, 17), "friday": (20, 18), "days": (25, 18)}


def test_a_weekend_and_a_holiday_lie_outside_the_calendar():
    assert told(at(21, 10)) == {"friday": (27, 18), "days": (26, 18)}
    holiday = Calendar("Asia/Shanghai", OFFICE.week, {date(2026, 11, 20): (), date(2026, 11, 17): ()})
    assert told(at(16, 10), holiday) == {"today": (16, 17), "days": (23, 18)}


def test_a_hall_that_closes_earlier_is_not_promised_for_later():
    short = Calendar("Asia/Shanghai", tuple([((540, 960),)] * 7))
    assert told(at(16, 10), short)["today"] == (16, 16)


def test_a_hall_that_opens_only_after_the_hour_is_not_promised_for_it():
    afternoons = Calendar("Asia/Shanghai", tuple([((780, 1200),)] * 7))
    assert "tomorrow" not in told(at(16, 14), afternoons) and told(at(16, 14), afternoons)["today"] == (16, 17)


def test_a_hall_that_never_works_offers_nothing():
    assert moments.offered(Calendar("Asia/Shanghai", ((),) * 7), at(16, 10)) == {}
