"""Whole rows of a register: what belongs together, what is no visit, what is refused."""

from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reception.visits.register.columns import Mapping
from reception.visits.register.problems import RegisterRefused
from reception.visits.register.reading import read_register
from tests.reception.visits.registers import HEADINGS, read_rows, workbook

WHO = ["13:16", None, "王宁", "13612310077", 2, "付款", "李莉", None]


def reasons(reading):
    return [(skipped.row, str(skipped.reason)) for skipped in reading.skipped if skipped.reason not in ("headings", "title")]


def codes(reading):
    return [(problem.row, problem.column, str(problem.code)) for problem in reading.problems]


def test_a_blank_date_is_the_one_above_also_across_a_subtotal_and_blank_rows():
    reading = read_rows(["2025-03-02", *WHO], [None, *WHO], ["小计", None, None, "本周 2 组"], [], [None, *WHO])
    assert [(row.row, row.date) for row in reading.rows] == [(row, date(2025, 3, 2)) for row in (2, 3, 6)]
    assert reasons(reading) == [(4, "subtotal")]


def test_the_date_above_is_not_taken_from_another_sheet():
    file = workbook(("3月", [HEADINGS, ["2025-03-31", *WHO]]), ("次月", [HEADINGS, [None, *WHO], ["2025-04-01", *WHO]]))
    reading = read_register(file, filename="登记.xlsx")
    assert [(row.sheet, row.row) for row in reading.rows] == [("3月", 2), ("次月", 3)]
    assert [(row.sheet, row.row, row.problems[0].code) for row in reading.refused] == [("次月", 2, "date_missing")]


def test_rows_below_an_unreadable_date_are_not_given_the_date_before_it():
    reading = read_rows(["2025-03-02", *WHO], ["三月某日", *WHO], [None, *WHO], ["2025-03-04", *WHO])
    assert [row.row for row in reading.rows] == [2, 5]
    assert codes(reading) == [(3, "A", "date_unreadable"), (4, "A", "date_above_unreadable")]
    assert reading.refused[0].texts[:2] == ("三月某日", "13:16")
    assert reading.refused[0].problems[0].said() == "“三月某日” is not a date. Write it like 2025-03-02."


def test_one_sheet_a_day_takes_its_date_from_the_title():
    reading = read_rows([None, *WHO], title="2025年3月2日 来访登记")
    assert reading.rows[0].date == date(2025, 3, 2)


def test_a_line_with_nothing_but_a_date_dates_the_visits_below_it():
    reading = read_rows(["2025年3月2日 星期日"], [None, *WHO], ["3月3日"], [None, *WHO], merged=["A2:I2"])
    assert [row.date for row in reading.rows] == [date(2025, 3, 2), date(2025, 3, 3)]
    assert [row for row, _reason in reasons(reading)] == [2, 4]


def test_a_date_merged_down_over_its_visits_is_the_date_of_each():
    reading = read_rows(["2025-03-02", *WHO], [None, *WHO], ["2025-03-03", *WHO], merged=["A2:A3"])
    assert [row.date.day for row in reading.rows] == [2, 2, 3]


def test_rows_blank_but_for_a_cell_merged_down_are_no_rows():
    reading = read_rows(["2025-03-02", *WHO], [], [], merged=["A2:A4"])
    assert reading.seen == 2  # the headings and the visit


def test_a_ditto_mark_repeats_the_cell_above():
    reading = read_rows(["2025-03-02", *WHO], ["〃", "14:00", None, "李明", "同上", 1, "〃", '"', None])
    assert (reading.rows[1].date, reading.rows[1].purpose, reading.rows[1].host) == (date(2025, 3, 2), "付款", "李莉")
    assert reading.rows[1].contact_points == reading.rows[0].contact_points


def test_leaving_before_arriving_is_reported_and_the_visit_goes_in_without_it():
    reading = read_rows(["2025-04-01", time(14, 35), time(8, 0), "包先生", None, 1, "付款", "李刚", None])
    (row,) = reading.rows
    assert (row.arrived, row.left, row.kept) == (time(14, 35), None, (("离开时间", "08:00"),))
    assert codes(reading) == [(2, "C", "left_before_arrival")]


def test_what_cannot_be_read_beside_a_good_date_is_kept_in_the_note():
    reading = read_rows(["2025-03-02", "9:00", "很晚", "王宁", "1963049403", "一行人", "付款", "李莉", "带孩子"])
    (row,) = reading.rows
    assert row.full_note == "带孩子\n离开时间: 很晚\n联系电话: 1963049403\n人数: 一行人"
    assert sorted(code for _row, _column, code in codes(reading)) == [
        "left_unreadable", "party_unreadable", "phone_unreadable"]


def test_the_words_of_a_party_and_beside_a_phone_are_not_lost():
    reading = read_rows(["2025-03-02", "13:16", None, "王宁", "13612310077(儿子)", "3+1小孩", None, None, None])
    (row,) = reading.rows
    assert (row.party, row.contact_points[0].e164) == (4, "+8613612310077")
    assert row.full_note == "联系电话: 13612310077(儿子)\n人数: 3+1小孩"
    assert not reading.problems


def test_a_visit_without_an_arrival_time_is_refused_unless_the_mapping_gives_one():
    rows = [["2025-03-02", None, None, "王宁", None, 1, None, None, None], [None, "饭后", None, "李明", None, 1, None, None, None]]
    refusing = read_rows(*rows)
    assert not refusing.rows
    assert codes(refusing) == [(2, "B", "time_missing"), (3, "B", "time_unreadable")]
    giving = read_rows(*rows, mapping=Mapping(assumed_time="12:00"))
    assert [(row.arrived, row.time_assumed, row.full_note) for row in giving.rows] == [
        (time(12), True, ""), (time(12), True, "到访时间: 饭后")]
    assert codes(giving) == [(2, "B", "time_assumed"), (3, "B", "time_assumed")]
    assert "12:00" in giving.problems[0].said()


def test_a_visit_of_a_day_to_come_is_refused():
    reading = read_rows(["2025-03-02", *WHO], ["2025-03-04", *WHO], [None, *WHO], today=date(2025, 3, 3))
    assert [row.row for row in reading.refused] == [3, 4]
    assert {code for _row, _column, code in codes(reading)} == {"date_future"}


def test_a_date_outside_the_month_of_the_title_is_reported_once():
    reading = read_rows(["2025-05-02", *WHO], [None, *WHO], title="2025年3月 登记")
    assert len(reading.rows) == 2
    assert codes(reading) == [(3, "A", "date_outside_title")]


@pytest.mark.parametrize(("line", "reason"), [
    (["小计", None, None, "本周 52 组"], "subtotal"), (["本月合计", None, None, "52组"], "subtotal"),
    (["合计", None, None, "196 组"], "total"),
    ([None, None, None, "总计：196"], "total"), (["Total", None, None, 12], "total"),
    (["审核人：", None, None, None, "日期："], "signature"),
    (["制表人：李莉", None, None, "主管："], "signature"), (HEADINGS, "headings"), (["2025-03-09"], "day"),
    ([None, None, None, None, None, None, None, None,
     "下午停电"], "remark"), (["以下空白"], "remark"), (["2025-03-09", None, None, None, None, None, "无人来访"], "remark"),
    ([None, None, None, "本月表扬三次，投诉一次。"], "remark"),
])
def test_lines_that_are_no_visits_are_named_with_their_reason(line, reason):
    reading = read_rows(["2025-03-02", *WHO], line, ["2025-03-10", *WHO])
    assert [row.row for row in reading.rows] == [2, 4]
    assert [(skipped.row, skipped.reason) for skipped in reading.skipped[1:]] == [(3, reason)]
    assert not reading.problems


def test_numbered_lines_that_nobody_filled_in_are_no_visits():
    file = workbook(("登记", [["序号", "日期", "到访时间", "姓名"], [1, "2025-03-02", "9:00", "王宁"], [2], [3]]))
    assert [(row.row, row.reason) for row in read_register(file, filename="x.xlsx").skipped[1:]] == [(3, "number_only"), (4, "number_only")]


def test_a_visitor_without_a_name_and_one_with_nothing_but_a_name_are_visits():
    reading = read_rows(["2025-03-02", "13:16", None, None, None, None, "路过看看"], [None, None, None, "王宁"],
                        mapping=Mapping(assumed_time="12:00"))
    assert [row.name for row in reading.rows] == ["", "王宁"]


def test_headings_that_come_again_in_another_order_count_from_there():
    file = workbook(("登记", [["日期", "到访时间", "姓名", "接待人"], ["2025-03-02", "9:00", "王宁", "李莉"],
                            ["姓名", "接待人", "日期", "到访时间"], ["单桂芳", "费晨", "2025-03-03", "10:00"]]))
    assert [(row.name, row.host, row.date.day) for row in read_register(file, filename="x.xlsx").rows] == [("王宁", "李莉", 2),
                                                                                                           ("单桂芳", "费晨", 3)]


def test_headings_over_two_rows_are_read_as_one():
    rows = [["日期", "时间", None, "客户", None], [None, "到店", "离店", "姓名", "电话"],
            ["2025-03-02", "9:00", "9:30", "王宁", "13612310077"]]
    reading = read_register(workbook(("登记", rows, "A1:A2", "B1:C1", "D1:E1")), filename="x.xlsx")
    (row,) = reading.rows
    assert (row.arrived, row.left, row.name, len(row.contact_points)) == (time(9), time(9, 30), "王宁", 1)


def test_date_and_time_in_one_column_are_both_read():
    file = workbook(("登记", [["来访时间", "姓名"], [datetime(2025, 3, 2, 9, 30), "王宁"], ["2025/3/3 14:05", "李明"]]))
    assert [(row.date.day, row.arrived) for row in read_register(file, filename="x.xlsx").rows] == [(2, time(9, 30)), (3, time(14, 5))]


def test_a_register_without_headings_is_told_by_what_stands_in_its_cells():
    rows = [[f"2025-03-0{day}", f"{9 + day}:15", name, f"1361231007{day}"] for day,
            name in enumerate(["王宁", "单桂芳", "李明", "曾杨"], start=1)]
    reading = read_register(workbook(("登记", rows)), filename="x.xlsx")
    assert [(row.row, row.name, row.arrived.hour, len(row.contact_points)) for row in reading.rows] == [
        (1, "王宁", 10, 1), (2, "单桂芳", 11, 1), (3, "李明", 12, 1), (4, "曾杨", 13, 1)]


def test_sheets_that_are_hidden_or_no_register_are_named_row_by_row():
    file = workbook(("登记", [HEADINGS, ["2025-03-02", *WHO]]), ("统计", [["一月", 12], ["二月", 14]]),
                    ("旧", [HEADINGS, ["2024-03-02", *WHO]]), hidden=["旧"])
    reading = read_register(file, filename="x.xlsx")
    assert len(reading.rows) == 1
    assert [(row.sheet, row.row, row.reason) for row in reading.skipped[1:]] == [
        ("统计", 1, "no_headings"), ("统计", 2, "no_headings"), ("旧", 1, "hidden_sheet"), ("旧", 2, "hidden_sheet")]


def test_a_mapping_may_name_the_sheets_to_read():
    file = workbook(("三月", [HEADINGS, ["2025-03-02", *WHO]]), ("四月", [HEADINGS, ["2025-04-02", *WHO]]))
    reading = read_register(file,
                            Mapping.from_json({"columns": {"日期": "date", "到访时间": "arrived", "客户姓名": "name"}, "sheets": ["四月"]}),
                            filename="x.xlsx")
    assert [row.sheet for row in reading.rows] == ["四月"]
    assert {row.reason for row in reading.skipped} == {"sheet_left_out", "headings"}


def test_columns_that_nobody_knows_go_into_the_note_under_their_headings():
    file = workbook(("登记", [["日期", "到访时间", "姓名", "备注", "车牌"], ["2025-03-02", "9:00", "王宁", "急", "沪A12345"]]))
    assert read_register(file, filename="x.xlsx").rows[0].full_note == "急\n车牌: 沪A12345"


def test_a_column_of_the_mapping_that_a_sheet_lacks_is_reported_for_the_sheet():
    file = workbook(("登记", [["日期", "时间", "姓名"], ["2025-03-02", "9:00", "王宁"]]))
    mapping = Mapping.from_json({"columns": {"日期": "date", "时间": "arrived", "姓名": "name", "电话": "phone"}})
    reading = read_register(file, mapping, filename="x.xlsx")
    assert [(problem.sheet, problem.row, problem.heading, problem.code) for problem in reading.problems[:1]] == [("登记", None, "电话",
                                                                                                                  "column_not_found")]


def test_a_note_longer_than_a_visit_can_hold_is_cut_and_reported():
    reading = read_rows(["2025-03-02", "9:00", None, "王宁", None, 1, None, None, "长" * 3000])
    assert len(reading.rows[0].full_note) == 2000
    assert codes(reading) == [(2, "I", "text_cut")]


def test_the_same_visit_written_twice_is_told_apart():
    reading = read_rows(["2025-03-02", *WHO], ["2025-03-02", *WHO])
    assert [row.occurrence for row in reading.rows] == [1, 2]
    assert len({row.identity for row in reading.rows}) == 2


def test_texts_too_long_for_their_field_are_kept_in_the_note():
    reading = read_rows(["2025-03-02", "9:00", None, "王" * 41 + "宁" * 60, None, 1, "付" * 300, None, None])
    (row,) = reading.rows
    assert (row.name, row.purpose) == ("", "")
    assert len(row.full_note) > 400
    assert [code for _row, _column, code in codes(reading)] == ["text_moved", "text_moved"]


@pytest.mark.parametrize("wrong", [
    None, [], {"columns": {}}, {"columns": {"日期": "birthday"}}, {"columns": {"日期": None}}, {"columns": [{"field": "date"}]},
    {"columns": [7]},
    {"columns": {"日期": "date"}, "area_code": "abc"}, {"columns": {"日期": "date"}, "encoding": "rot13"},
    {"columns": {"日期": "date"}, "else": 1},
    {"columns": {"日期": "date"}, "day_first": "yes"}, {"columns": {"日期": "date"}, "assumed_time": "noon"},
    {"columns": {"日期": "date"}, "sheets": "四月"},
    {"columns": [{"field": "date", "letter": "ZZZ"}]},
])
def test_a_mapping_that_cannot_be_used_is_refused_with_a_sentence(wrong):
    with pytest.raises(RegisterRefused) as refusal:
        Mapping.from_json(wrong)
    assert refusal.value.said().startswith("The mapping cannot be used: ")


def test_a_mapping_that_reads_no_visitor_is_refused():
    with pytest.raises(RegisterRefused) as refusal:
        read_rows(["2025-03-02", *WHO], mapping=Mapping.from_json({"columns": {"日期": "date"}}))
    assert refusal.value.code == "no_headings"


def test_long_work_hears_how_far_it_is():
    counts = []
    rows = [HEADINGS] + [["2025-03-02", *WHO]] * 1200
    read_register(workbook(("登记", rows)), filename="x.xlsx", progress=counts.append)
    assert counts == [500, 1000]


CELL = st.one_of(st.none(), st.integers(-10, 99_999), st.floats(allow_nan=False, allow_infinity=False, width=32),
                 st.sampled_from(["小计", "合计", "审核人：", "2025-03-02", "3月4日", "9:00", "王宁", "13612310077", "〃", "=1+1", "同上",
                                  "2人", "姓名", "日期"]),
                 st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=12))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELL, max_size=9), max_size=12))
def test_whatever_the_cells_hold_every_row_is_accounted_for(rows):
    file = workbook(("登记", [HEADINGS, *rows]))
    try:
        reading = read_register(file, filename="x.xlsx")
    except RegisterRefused:
        return
    named = [row.row for row in [*reading.rows, *reading.refused, *reading.skipped]]
    assert sorted(named) == sorted(set(named))
    filled = {number for number, row in enumerate(rows, start=2) if any(str(value).strip() for value in row if value is not None)}
    assert filled <= set(named) <= filled | {1}
    for problem in reading.problems:
        assert "%(" not in problem.said()
