"""Single cells of a register: dates, times of day, numbers of people."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.visits.register.cells import MOST_PEOPLE, read_party, read_time, read_times
from reception.visits.register.dates import YEARS, Around, Unreadable, read_date, title_month
from reception.visits.register.numerals import text_of

MARCH = Around(2025, 3)


@pytest.mark.parametrize("written", [
    "2025年3月2日", "2025.03.02", "2025/3/2", "2025-03-02", "3月2日", "３月２日", "２０２５年３月２日", 45718, 45718.6, "45718", "20250302",
    20250302,
    "25.3.2", "25年3月2日", "2025年3月2日 星期日", "3月2号(周日)", "2号", 2, "二〇二五年三月二日", "三月二日", "Mar 2, 2025",
    "2 March 2025", "2 Mar",
    "2025-03-02 13:16:00", "2025年3月2日上午11:03", datetime(2025, 3, 2, 11, 3), date(2025, 3, 2), "3/2", "3.2", "02/03/2025",
    "３／２／２５",
    " 2025 年 3 月 2 日 ",
])
def test_every_writing_of_a_date_is_that_date(written):
    assert read_date(written, MARCH) == date(2025, 3, 2)


@pytest.mark.parametrize("written", [None, "", "  ", "\u3000"])
def test_a_blank_cell_is_no_date(written):
    assert read_date(written, MARCH) is None


@pytest.mark.parametrize(("written", "around", "code"), [
    ("2025年2月30日", MARCH, "date_unreadable"), ("下周", MARCH, "date_unreadable"), (3.2, MARCH, "date_unreadable"),
    (0.5, MARCH, "date_unreadable"),
    (float("nan"), MARCH, "date_unreadable"), ("1925-03-02", MARCH, "date_unreadable"), (datetime(1900, 1, 3), MARCH, "date_unreadable"),
    ("=TODAY()", MARCH, "date_unreadable"), ("3月2日", Around(), "date_year_unknown"), ("2日", Around(), "date_year_unknown"),
    ("2月30日", Around(), "date_unreadable"), ("1/2/2024", Around(), "date_ambiguous"), ("3/2/25", Around(), "date_ambiguous"),
    ("9" * 5000, MARCH, "date_unreadable"),
])
def test_what_is_no_date_says_in_which_way(written, around, code):
    with pytest.raises(Unreadable) as fault:
        read_date(written, around)
    assert fault.value.code == code


def test_the_year_of_a_day_comes_from_the_nearest_date_above():
    assert read_date("1月2日", Around(above=date(2024, 12, 31))) == date(2025, 1, 2)
    assert read_date("12月31日", Around(above=date(2025, 1, 1))) == date(2024, 12, 31)
    assert read_date("2月29日", Around(above=date(2025, 1, 31))) == date(2024, 2, 29)


def test_the_mapping_settles_whether_the_day_stands_first():
    assert read_date("1/2/2024", Around(day_first=True)) == date(2024, 2, 1)
    assert read_date("1/2/2024", Around(day_first=False)) == date(2024, 1, 2)


@pytest.mark.parametrize(("titles", "said"), [
    (["2025年3月 展厅客户来访登记表"], (2025, 3, None)), (["展厅登记表", "3月", "visits 2025"], (2025, 3, None)),
    (["二〇二五年三月"], (2025, 3, None)),
    (["March 2025"], (2025, 3, None)), (["2025年3月2日"], (2025, 3, 2)), (["2025年3月1日-31日"], (2025, 3, None)),
    (["2025年"], (2025, None, None)),
    (["登记表"], (None, None, None)), (["2025年3月", "4月"], (2025, 3, None)), (["export-20250302"], (2025, 3, 2)),
])
def test_a_title_says_the_month(titles, said):
    assert title_month(*titles) == said


@pytest.mark.parametrize(("written", "said"), [
    ("１３：１６", time(13, 16)), ("15点08分", time(15, 8)), ("下午4:14", time(16, 14)), ("上午10:09", time(10, 9)),
    ("下午12:05", time(12, 5)),
    (time(11, 39), time(11, 39)), (0.5, time(12)), (45718.25, time(6)), (1416, time(14, 16)), ("1416", time(14, 16)), ("930", time(9, 30)),
    ("4:14 PM", time(16, 14)), ("12:10am", time(0, 10)), ("3点半", time(3, 30)), ("下午三点一刻", time(15, 15)), ("十点二十", time(10, 20)),
    ("14.30", time(14, 30)), ("14：30：15", time(14, 30, 15)), ("中午1点", time(13)), ("约14:30", time(14, 30)),
    ("下午14:30", time(14, 30)),
    (timedelta(hours=14), time(14)), (datetime(2025, 3, 2, 13, 15, 59, 999_999), time(13, 16)), ("9时30分", time(9, 30)), (None, None),
    ("", None),
])
def test_every_writing_of_a_time_is_that_time(written, said):
    assert read_time(written) == said


@pytest.mark.parametrize("written",
                         ["25:00", "14:61", "14", 14, 14.3, "上午14:30", "一会儿", "=NOW()", -0.5, float("nan"), float("inf"), 2500, True])
def test_what_is_no_time_of_day_is_refused(written):
    with pytest.raises(Unreadable):
        read_time(written)


def test_a_stretch_of_time_is_arrival_and_leaving():
    assert read_times("14:00-15:30") == (time(14), time(15, 30))
    assert read_times("上午10:00 至 11:30") == (time(10), time(11, 30))
    assert read_times("14:00") == (time(14), None)


@pytest.mark.parametrize(("written", "count"), [
    (2, 2), (2.0, 2), ("2人", 2), ("２", 2), ("3+1小孩", 4), ("一家三口", 3), ("两位", 2), ("一大一小", 2), ("2大1小", 3), ("夫妻", 2),
    ("本人", 1), ("约3人", 3),
    ("共3人", 3), ("3人(2大1小)", 3), ("十二人", 12), ("3 adults 1 kid", 4), (None, None), ("", None),
])
def test_every_way_to_count_a_party_is_its_number(written, count):
    assert read_party(written) == count


@pytest.mark.parametrize("written", ["0", "3-4人", "2.5", 2.5, "10多人", "全家", "二三人", "600", "一行", -2, float("nan"), "1" * 5000])
def test_a_party_that_is_not_sure_is_refused(written):
    with pytest.raises(Unreadable):
        read_party(written)


ANYTHING = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.datetimes(), st.times(), st.timedeltas(),
                     st.dates(),
                     st.text(alphabet="0123456789年月日号点时分上下午:：./-+人大小口三十 ０３", max_size=20))


@given(ANYTHING, st.builds(Around, st.none() | st.integers(1990, 2099), st.none() | st.integers(1, 12),
                           st.none() | st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.none() | st.booleans()))
def test_any_cell_is_a_date_or_none_or_unreadable(value, around):
    try:
        found = read_date(value, around)
    except Unreadable:
        return
    assert found is None or found.year in YEARS


@given(ANYTHING)
def test_any_cell_is_a_time_and_a_party_or_none_or_unreadable(value):
    for read, kind in ((read_time, time), (read_party, int)):
        try:
            found = read(value)
        except Unreadable:
            continue
        assert found is None or isinstance(found, kind)
        assert kind is time or found is None or 1 <= found <= MOST_PEOPLE
    assert "\x00" not in text_of(value)


@given(st.text())
def test_any_title_is_read_without_a_fault(text):
    year, month, day = title_month(text)
    assert month is None or 1 <= month <= 12
    assert (year is None or 1900 < year < 2100) and (day is None or 1 <= day <= 31)


@given(st.dates(date(2000, 1, 1), date(2098, 12, 31)))
def test_every_date_is_read_back_from_each_way_to_write_it(day):
    around = Around(day.year, day.month)
    for written in (f"{day.year}年{day.month}月{day.day}日", f"{day:%Y.%m.%d}", f"{day.year}/{day.month}/{day.day}",
                    f"{day.month}月{day.day}日",
                    f"{day:%Y%m%d}", f"{day.day}日", (day - date(1899, 12, 30)).days):
        assert read_date(written, around) == day


@given(st.times().map(lambda moment: moment.replace(second=0, microsecond=0)))
def test_every_time_is_read_back_from_each_way_to_write_it(moment):
    half, hour = ("下午", moment.hour - 12) if moment.hour > 12 else ("", moment.hour)
    for written in (f"{moment:%H:%M}", f"{moment.hour}点{moment.minute:02}分", f"{half}{hour}:{moment.minute:02}"):
        assert read_time(written) == moment
