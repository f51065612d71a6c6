"""Days and moments are understood the way people write them (UX 41)."""
from datetime import date, datetime

import pytest
from django.utils import timezone

from config.web import day_fields, filters
from config.web.days import said_day, said_moment

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("typed", ["1.3", "1-3", "0103", "1/3", "01-03", "1月3日", "1月3号", "１．３",
                                   "2027-1-3", "2027.01.03", "20270103", "2027年1月3日", " 1.3 "])
def test_a_day_is_read_in_every_usual_spelling(typed):
    assert said_day(typed, TODAY) == date(2027, 1, 3)


@pytest.mark.parametrize(("typed", "day"), [("今天", 22), ("明天", 23), ("后天", 24), ("後天", 24), ("昨天", 21), ("前天", 20),
                                             ("Tomorrow", 23), ("today", 22)])
def test_a_word_is_the_day_it_names(typed, day):
    assert said_day(typed, TODAY) == date(2026, 11, day)


@pytest.mark.parametrize(("typed", "today", "year"), [("12-28", date(2027, 1, 5), 2026), ("1-3", date(2026, 12, 30), 2027), ("6.1", date(2026, 5, 1), 2026),
                                                      ("2.29", date(2027, 6, 1), 2028)])
def test_without_a_year_the_nearest_one_is_meant(typed, today, year):
    assert said_day(typed, today).year == year


@pytest.mark.parametrize("typed", ["", "13-1", "2.30", "0", "1", "soon", "1.3.", "2026-13-01", "99999999", "1-2-3", "明"])
def test_what_is_no_day_is_none(typed):
    assert said_day(typed, TODAY) is None


@pytest.mark.parametrize(("typed", "moment"), [
    ("明天 14:05", (2026, 11, 23, 14, 5)), ("明天14点", (2026, 11, 23, 14, 0)), ("1.3 1405", (2027, 1, 3, 14, 5)),
    ("14:05", (2026, 11, 22, 14, 5)),
    ("905", (2026, 11, 22, 9, 5)), ("2026-01-14T14:05", (2026, 1, 14, 14, 5)),
    ("１月３日 ９：３０", (2027, 1, 3, 9, 30)), ("2026-01-14 14:05:00", (2026, 1, 14, 14, 5))])
def test_a_moment_is_a_day_with_a_time_or_a_time_of_today(typed, moment):
    assert said_moment(typed, TODAY) == datetime(*moment)


@pytest.mark.parametrize("typed", ["", "明天", "1.3", "today 25:00", "1.3 14:60", "noon"])
def test_a_moment_without_a_time_or_with_an_impossible_one_is_none(typed):
    assert said_moment(typed, TODAY) is None


def test_the_fields_of_forms_read_them_and_show_them_tidy():
    today = timezone.localdate()
    assert day_fields.DayField().clean("明天") == filters.FilterDay().clean("tomorrow") == date.fromordinal(today.toordinal() + 1)
    moment = day_fields.MomentField().clean("今天 9:30")
    assert timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") == f"{today} 09:30"
    assert day_fields.MomentField().widget.format_value(timezone.localtime(moment)) == f"{today} 09:30"
    assert filters.FilterDay().widget.format_value("明天") == date.fromordinal(today.toordinal() + 1).isoformat()


@pytest.mark.parametrize("typed", ["1.3.", "1899-12-31", "2200-1-1", "0000-00-00"])
def test_a_field_says_how_a_day_is_written(typed):
    with pytest.raises(day_fields.forms.ValidationError, match="2026-01-14"):
        day_fields.DayField().clean(typed)


def test_a_kept_view_holds_a_typed_day_with_its_year():
    assert filters.moving({"since": "2025-1-3", "until": "2025.2.1"}) == {"since": "2025-01-03", "until": "2025-02-01"}
    assert filters.moving({"since": "soon"}) == {"since": "soon"}
