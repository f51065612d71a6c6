"""Bringing a register in through the pages: upload, columns, trial, progress, result, refused rows, undo; for whom."""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from config.accounts.models import AccessEvent
from config.web import oneoff
from reception.visits.models import RegisterImport, Visit
from tests.reception.visits.imports import brought_in, fresh, rows_file, run_open_jobs, sample
from tests.reception.visits.registers import OTHER_MAPPING, OTHER_NAMES, other_copy

GOOD = ["2025-03-02", "10:05", "10:30", "李国强", "138 0013 8000", 2, "看产品", "Reception Wang", "=1+1"]
LATER = ["2025-03-02", "11:15", "", "张先生", "1963049403", 1, "装修", "某人", ""]
UNTIMED = ["2025-03-03", "", "", "王芳", "13900139000", 1, "咨询", "", "=cmd"]


@pytest.fixture
def page(as_role):
    return as_role("reception")


def send(page, cast, content, name="登记.xlsx", hall=None):
    return page.post(reverse("register_upload"), {"hall": (hall or cast.hall).pk, "file": SimpleUploadedFile(name, content),
                                                  "one_off_key": oneoff.new_key()})


def columns_of(page, register):
    """The answers of the page of columns as it stands."""
    form = page.get(reverse("register_columns", args=[register.pk])).context["form"]
    return form, {name: field.initial if field.initial is not None else "" for name, field in form.fields.items()}


def test_a_register_goes_from_the_file_to_the_visits(page, cast):
    answer = send(page, cast, sample(), "visit-register.xlsx")
    register = RegisterImport.objects.defer("content").get()
    assert answer.url == reverse("register_columns", args=[register.pk])
    _form, answers = columns_of(page, register)
    assert page.post(answer.url, answers).url == reverse("register_check", args=[register.pk])
    assert 'role="progressbar"' in (waiting := page.get(reverse("register_check", args=[register.pk])).content.decode()) or "<progress" in waiting
    run_open_jobs()
    trial = page.get(reverse("register_check", args=[register.pk])).content.decode()
    assert "Bring 605 visits in" in trial
    assert "“1963049403” is not a complete telephone number." in trial
    assert Visit.objects.count() == 0
    assert page.post(reverse("register_check", args=[register.pk])).url == reverse("register", args=[register.pk])
    run_open_jobs()
    result = page.get(reverse("register", args=[register.pk])).content.decode()
    assert "605" in result and "Undo this import" in result
    assert Visit.objects.filter(imported=True, hall=cast.hall).count() == 605


def test_a_copy_with_other_headings_comes_in_by_matching_its_columns_in_the_page(page, cast):
    send(page, cast, other_copy().read(), "Besucher.xlsx")
    register = RegisterImport.objects.defer("content").get()
    form, answers = columns_of(page, register)
    assert {column.heading for column, _field, _examples in form.columns} == set(OTHER_NAMES.values())
    for place, (column, _field, _examples) in enumerate(form.columns):
        answers[f"column_{place}"] = OTHER_MAPPING[column.heading]
    page.post(reverse("register_columns", args=[register.pk]), answers)
    run_open_jobs()
    page.post(reverse("register_check", args=[register.pk]))
    run_open_jobs()
    assert fresh(register).summary["imported"]["visits"] == 605
    assert Visit.objects.count() == 605


def test_the_matching_is_remembered_for_the_next_register_with_these_headings(page, cast):
    send(page, cast, other_copy().read(), "Besucher.xlsx")
    register = RegisterImport.objects.defer("content").get()
    form, answers = columns_of(page, register)
    for place, (column, _field, _examples) in enumerate(form.columns):
        answers[f"column_{place}"] = OTHER_MAPPING[column.heading]
    page.post(reverse("register_columns", args=[register.pk]), answers)
    run_open_jobs()
    page.post(reverse("register_check", args=[register.pk]))
    run_open_jobs()
    again = send(page, cast, other_copy().read(), "Besucher2.xlsx")
    newest = RegisterImport.objects.defer("content").latest("pk")
    assert again.url == reverse("register_check", args=[newest.pk])
    run_open_jobs()
    shown = page.get(again.url).content.decode()
    assert "The columns were matched as in the last register with these headings." in shown
    assert fresh(newest).summary["already"] == 605


def test_each_problem_is_named_by_sheet_row_and_column_and_the_refused_rows_come_back_as_a_file(page, cast, desk, now):
    register = brought_in(desk, cast.hall, rows_file(GOOD, LATER, UNTIMED), now)
    shown = page.get(reverse("register", args=[register.pk])).content.decode()
    assert "登记" in shown and "联系电话" in shown and "is not a complete telephone number" in shown
    assert "This row has no arrival time." in shown
    answer = page.get(reverse("register_refused", args=[register.pk]))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    head, row = list(book["Refused rows"].iter_rows(values_only=True))
    assert head[:5] == ("Sheet", "Row", "Column", "Why it stays out", "日期")
    assert row[:2] == ("登记", 4) and row[2] == "B 到访时间" and row[3].startswith("This row has no arrival time.")
    assert row[-1] == "=cmd" and book["Refused rows"].cell(2, len(row)).data_type == "s"
    assert [cells[1] for cells in book["Remarks"].iter_rows(values_only=True, min_row=2)] == [3]
    text = page.get(reverse("register_refused", args=[register.pk]), {"format": "csv"}).content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1][-1] == "'=cmd"
    assert AccessEvent.objects.filter(act="export", kind="register", record_id=register.pk, hall_id=cast.hall.pk).count() == 2


def test_undo_is_asked_first_and_told_afterwards(page, cast, desk, now):
    register = brought_in(desk, cast.hall, rows_file(GOOD, LATER), now)
    assert "What was changed or used since stays" in page.get(reverse("undo_register", args=[register.pk])).content.decode()
    assert Visit.objects.count() == 2
    assert page.post(reverse("undo_register", args=[register.pk])).url == reverse("register", args=[register.pk])
    run_open_jobs()
    assert Visit.objects.count() == 0
    assert "Visits taken back" in page.get(reverse("register", args=[register.pk])).content.decode()


def test_what_is_no_table_is_refused_beside_the_field(page, cast):
    for name, content, sentence in (("a.xlsx", b"%PDF-1.4 nothing", "neither an Excel workbook"), ("a.csv", b"", "empty"),
                                    ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Excel file of the old kind")):
        answer = send(page, cast, content, name)
        assert answer.status_code == 422
        assert sentence in " ".join(answer.context["form"].errors["file"])
    assert not RegisterImport.objects.exists()


def test_columns_that_tell_of_no_visit_are_refused_and_the_choices_stay(page, cast):
    send(page, cast, rows_file(GOOD))
    register = RegisterImport.objects.defer("content").get()
    _form, answers = columns_of(page, register)
    answers |= {name: "ignore" for name in answers if name.startswith("column_")} | {"assumed_time": "12:00"}
    answer = page.post(reverse("register_columns", args=[register.pk]), answers)
    assert answer.status_code == 422
    assert "Say which column holds the date" in answer.content.decode()
    assert answer.context["form"]["assumed_time"].value() == "12:00"


def test_a_register_of_another_hall_is_not_there(as_role, cast, desk, now):
    register = brought_in(desk, cast.hall, rows_file(GOOD), now)
    other = as_role("reception2")
    for name in ("register", "register_columns", "register_check", "register_refused", "undo_register"):
        assert other.get(reverse(name, args=[register.pk])).status_code == 404, name
    assert other.post(reverse("register_check", args=[register.pk])).status_code == 404
    assert other.post(reverse("undo_register", args=[register.pk])).status_code == 404
    assert register.file_name not in other.get(reverse("registers")).content.decode()


def test_reception_brings_registers_into_the_own_hall_only_and_a_salesperson_into_none(page, as_role, cast):
    assert send(page, cast, rows_file(GOOD), hall=cast.other_hall).status_code == 422
    assert not RegisterImport.objects.exists()
    sales = as_role("sales")
    assert "You bring registers into no hall" in sales.get(reverse("register_upload")).content.decode()
    assert send(sales, cast, rows_file(GOOD)).status_code == 422
    assert as_role("hr").get(reverse("registers")).status_code == 403


def test_the_list_takes_as_many_statements_for_many_registers_as_for_one(cast, desk, now, cost):
    brought_in(desk, cast.hall, rows_file(GOOD), now)
    one = cost(reverse("registers"))
    for place in range(3):
        brought_in(desk, cast.hall, rows_file(GOOD, LATER), now, name=f"{place}.xlsx")
    assert cost(reverse("registers")) == one


def test_numbers_are_hidden_in_the_examples_of_a_column(page, cast):
    send(page, cast, rows_file(GOOD))
    shown = page.get(reverse("register_columns", args=[RegisterImport.objects.defer("content").get().pk])).content.decode()
    assert "138****8000" in shown and "138 0013 8000" not in shown
    assert "2025-03-02" in shown


def test_looking_at_the_pages_changes_nothing(page, cast, desk, now):
    register = brought_in(desk, cast.hall, rows_file(GOOD), now)
    before = RegisterImport.history.count(), fresh(register).summary
    for name in ("register", "register_columns", "register_check", "undo_register"):
        assert page.get(reverse(name, args=[register.pk])).status_code == 200
    assert (RegisterImport.history.count(), fresh(register).summary) == before


def test_a_double_click_uploads_one_register(page, cast):
    key = oneoff.new_key()
    for _click in range(2):
        page.post(reverse("register_upload"), {"hall": cast.hall.pk, "file": SimpleUploadedFile("a.xlsx", rows_file(GOOD)), "one_off_key": key})
    assert RegisterImport.objects.count() == 1
