"""The sample register of three months, against what a careful person reads in it."""

import csv
from collections import Counter

import openpyxl
import pytest

from reception.customers.phones import digits
from reception.visits.register.columns import Mapping
from reception.visits.register.proposal import propose
from reception.visits.register.reading import read_register
from tests.reception.visits.registers import DATA, OTHER_MAPPING, OTHER_NAMES, REGISTER, other_copy


@pytest.fixture(scope="module")
def reading():
    with REGISTER.open("rb") as file:
        return read_register(file, filename=REGISTER.name)


@pytest.fixture(scope="module")
def expected():
    with (DATA / "visit-register.expected.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def told(row):
    first = next(iter(row.contact_points), None)
    return {"date": row.date.isoformat(), "time": row.arrived.strftime("%H:%M"), "name": row.name,
            "phone": digits(first.e164) if first else "", "host": row.host}


def placed(row):
    return {"sheet": row.sheet, "row": str(row.row), **told(row)}


def test_every_visit_is_read_as_a_careful_person_reads_it(reading, expected):
    for row in expected:
        del row["phone_kind"]
    assert len(expected) == 605
    assert [placed(row) for row in reading.rows] == expected


def test_every_row_that_is_not_blank_is_a_visit_or_named_with_its_reason(reading):
    book = openpyxl.load_workbook(REGISTER)
    filled = {(sheet.title, row[0].row) for sheet in book for row in sheet if any(cell.value is not None for cell in row)}
    named = [(row.sheet, row.row) for row in [*reading.rows, *reading.refused, *reading.skipped]]
    assert len(named) == len(set(named)) == reading.seen
    assert set(named) == filled
    assert Counter(str(row.reason) for row in reading.skipped) == {
        "title": 6, "headings": 3, "subtotal": 12, "total": 3, "signature": 3}


def test_short_phones_and_leaving_before_arrival_are_reported_and_kept_as_text(reading):
    assert not reading.refused
    assert Counter(str(problem.code) for problem in reading.problems) == {"phone_unreadable": 15, "left_before_arrival": 12}
    short = next(problem for problem in reading.problems if problem.code == "phone_unreadable")
    assert (short.sheet, short.row, short.column, short.heading) == ("3月", 36, "F", "联系电话")
    assert short.said() == "“1963049403” is not a complete telephone number. It is kept as text in the note of the visit."
    row = next(row for row in reading.rows if (row.sheet, row.row) == ("3月", 36))
    assert row.full_note == "已加微信\n联系电话: 1963049403"


def test_two_phones_in_a_cell_are_two_contact_points_and_a_landline_is_one(reading):
    by_place = {(row.sheet, row.row): row for row in reading.rows}
    assert [phone.e164 for phone in by_place["3月", 13].contact_points] == ["+8619321547105", "+8619414220709"]
    assert [(phone.e164, phone.kind) for phone in by_place["3月", 63].contact_points] == [("+862158881234", "landline")]


def test_a_note_that_looks_like_a_formula_stays_the_text_it_is(reading):
    assert sum(row.note == "=1+1" for row in reading.rows) == 88


def test_a_copy_with_other_names_and_order_of_columns_is_read_by_mapping_alone(reading):
    file, mapping = other_copy(), Mapping.from_json({"columns": OTHER_MAPPING})
    copy = read_register(file, mapping, filename="Besucher.xlsx")
    assert [told(row) for row in copy.rows] == [told(row) for row in reading.rows]
    assert [row.identity for row in copy.rows] == [row.identity for row in reading.rows]


def test_a_mapping_survives_being_kept_as_json(reading):
    kept = Mapping.from_json(reading.mapping.to_json())
    assert kept == reading.mapping
    with REGISTER.open("rb") as file:
        assert read_register(file, kept, filename="again.xlsx").rows == reading.rows


def test_the_proposed_mapping_tells_every_column_of_the_register():
    with REGISTER.open("rb") as file:
        proposal = propose(file, filename=REGISTER.name)
    assert {column.heading: str(column.field) for column in proposal.mapping.columns} == {
        heading: OTHER_MAPPING[other] for heading, other in OTHER_NAMES.items()}
    assert [look.name for look in proposal.sheets] == ["3月", "4月", "5月"]
    assert all(column.sure for look in proposal.sheets for column in look.columns)


def test_the_layout_key_is_the_same_whatever_the_order_of_the_columns():
    forward = Mapping.from_json({"columns": OTHER_MAPPING})
    backward = Mapping.from_json({"columns": dict(reversed(OTHER_MAPPING.items()))})
    assert forward.layout == backward.layout
