"""Files: encodings and separators of CSV, what is refused as a whole, limits."""

import io
import re
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reception.visits.register import sheet as sheets
from reception.visits.register import workbook as workbooks
from reception.visits.register.columns import Mapping
from reception.visits.register.problems import _FILE_SENTENCES, RegisterRefused
from reception.visits.register.proposal import propose
from reception.visits.register.reading import read_register
from tests.reception.visits.registers import HEADINGS, REGISTER, csv_file, workbook

TABLE = "日期,到访时间,客户姓名,联系电话,备注\n2025-03-02,9:30,单桂芳,13612310077,=1+1\n,10:05,𠮷田,021-5888 1234,\"两行\n文字\"\n"


def refused(file, filename="x.xlsx", mapping=None):
    with pytest.raises(RegisterRefused) as refusal:
        read_register(file, mapping, filename=filename)
    assert "%(" not in refusal.value.said()
    return refusal.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_is_read_in_every_encoding_that_halls_use(encoding):
    reading = read_register(csv_file(TABLE, encoding), filename="三月.csv")
    assert [(row.sheet, row.row, row.name, len(row.contact_points)) for row in reading.rows] == [("三月", 2, "单桂芳", 1),
                                                                                                 ("三月", 3, "𠮷田", 1)]
    assert [row.note for row in reading.rows] == ["=1+1", "两行\n文字"]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_csv_is_read_whatever_divides_its_cells(separator):
    assert len(read_register(csv_file(TABLE.replace(",", separator)), filename="x.csv").rows) == 2


def test_a_mapping_may_name_the_encoding():
    table = "日期,到訪時間,姓名\n2025-03-02,9:30,單桂芳\n"
    mapping = Mapping.from_json({"columns": {"日期": "date", "到訪時間": "arrived", "姓名": "name"}, "encoding": "big5"})
    assert read_register(csv_file(table, "big5"), mapping, filename="x.csv").rows[0].name == "單桂芳"


def test_rows_of_csv_are_numbered_as_a_spreadsheet_shows_them():
    reading = read_register(csv_file("日期,到访时间,姓名\n\n2025-03-02,9:30,王宁\n\n\n,10:30,李明\n"), filename="x.csv")
    assert [row.row for row in reading.rows] == [3, 6]


def test_formulas_are_text_and_never_worked_out():
    file = workbook(("登记", [HEADINGS, ["2025-03-02", "9:00", None, "=A2", "=SUM(G1:G9)", 1, "=1+1", None, "=cmd|' /C calc'!A0"]]))
    row = read_register(file, filename="x.xlsx").rows[0]
    assert (row.name, row.purpose, row.note) == ("=A2", "=1+1", "=cmd|' /C calc'!A0")
    assert ("联系电话", "=SUM(G1:G9)") in row.kept


@pytest.mark.parametrize(("content", "code"), [
    (b"", "empty"), (b"\xef\xbb\xbf\r\n \n", "empty"), (b"PK\x03\x04 nothing", "damaged"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_excel"),
    (b"%PDF-1.7 ...", "not_a_table"), (b"\x89PNG\r\n\x1a\n", "not_a_table"),
    (b"<html><table><tr><td>1</td></tr></table></html>", "web_page"),
    (b"\x80\x81\xff\xff\xff", "encoding"), (b"a,b\x00c\x00\xd8", "not_a_table"), ("随便写的一段话".encode(), "no_headings"),
    (b"1,2,3\n4,5,6\n", "no_headings"),
])
def test_what_is_no_register_is_refused_with_a_sentence(content, code):
    assert refused(io.BytesIO(content)) == code


def test_a_damaged_workbook_is_refused_whichever_part_is_broken():
    whole = REGISTER.read_bytes()
    assert refused(io.BytesIO(whole[:len(whole) // 2])) == "damaged"
    assert refused(_with_part("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r='1'>")) == "damaged"
    assert refused(_with_part("xl/workbook.xml", b"not xml")) == "damaged"
    assert refused(_with_part("xl/sharedStrings.xml", b"\xff\xfe\x00", _as_excel_saves(REGISTER))) == "damaged"
    assert refused(_with_part("xl/worksheets/sheet1.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet>&a;</worksheet>")) == "damaged"


def test_another_kind_of_archive_is_no_table():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert refused(file) == "not_a_table"


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 4 * sheets.MEGABYTE)
    assert refused(_with_part("xl/worksheets/sheet1.xml", b" " * 5 * sheets.MEGABYTE)) == "too_large_unpacked"


def test_the_sizes_of_file_rows_columns_and_sheets_are_bounded(monkeypatch):
    rows = [HEADINGS] + [["2025-03-02", "9:00", None, "王宁"]] * 20
    wide = [HEADINGS, [*["2025-03-02"], *[None] * 99, "far away"]]
    assert refused(workbook(("宽", wide))) == "too_many_columns"
    monkeypatch.setattr(sheets, "MOST_ROWS", 10)
    assert refused(workbook(("登记", rows))) == "too_many_rows"
    monkeypatch.setattr(workbooks, "MOST_SHEETS", 2)
    assert refused(workbook(*[(f"S{number}", [HEADINGS]) for number in range(3)])) == "too_many_sheets"
    monkeypatch.setattr(sheets, "MOST_BYTES", 100)
    assert refused(workbook(("登记", rows))) == "too_large"


def test_a_row_number_beyond_every_sheet_does_not_make_the_reading_endless():
    sheet = (b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
             b'<row r="999999999"><c r="A999999999" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>')
    assert refused(_with_part("xl/worksheets/sheet1.xml", sheet)) == "damaged"


def test_texts_that_excel_keeps_once_for_all_sheets_are_read_alike():
    with REGISTER.open("rb") as file:
        assert read_register(_as_excel_saves(REGISTER), filename="x.xlsx").rows == read_register(file, filename="x.xlsx").rows


def test_a_sheet_that_lies_about_its_size_is_read_whole():
    book = openpyxl.load_workbook(REGISTER)
    file = io.BytesIO()
    book.save(file)
    with zipfile.ZipFile(file) as archive:
        part = archive.read("xl/worksheets/sheet1.xml").replace(b'<dimension ref="A1:N208"', b'<dimension ref="A1:B2"')
    assert sum(row.sheet == "3月" for row in read_register(_with_part("xl/worksheets/sheet1.xml", part, file),
                                                          filename="x.xlsx").rows) == 196


def test_the_file_stays_open_and_can_be_read_again():
    for file in (csv_file(TABLE), REGISTER.open("rb")):
        with file:
            first = read_register(file, propose(file, filename="x").mapping, filename="x")
            assert read_register(file, first.mapping, filename="x").rows == first.rows


def test_every_refusal_of_a_file_has_a_sentence_that_says_what_to_do():
    for code, sentence in _FILE_SENTENCES.items():
        assert sentence.endswith(("." , "%(what)s")), code
        assert not {"please", "invalid", "forbidden"} & set(sentence.lower().split())


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail),
                 st.text(max_size=300).map(lambda text: ("日期,姓名,时间\n" + text).encode("utf-8", "ignore"))))
def test_no_file_breaks_the_reading(content):
    try:
        read_register(io.BytesIO(content), filename="x.csv")
    except RegisterRefused as refusal:
        assert refusal.said()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 50_000), st.binary(min_size=1, max_size=40))
def test_no_damage_to_a_workbook_breaks_the_reading(place, damage):
    content = bytearray(REGISTER.read_bytes())
    content[place:place + len(damage)] = damage
    try:
        read_register(io.BytesIO(bytes(content)), filename="x.xlsx")
    except RegisterRefused as refusal:
        assert refusal.said()


def _as_excel_saves(source):
    """The workbook with its texts in the table of shared texts, where Excel itself puts them."""
    texts, parts = [], {}
    with zipfile.ZipFile(source) as old:
        for name in old.namelist():
            parts[name] = old.read(name)

    def shared(found):
        texts.append(found[2])
        return b'%b t="s"><v>%d</v></c>' % (found[1], len(texts) - 1)

    for name in parts:
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = re.sub(rb'(<c [^>]*?) t="inlineStr"><is>(.*?)</is></c>', shared, parts[name])
    assert texts
    parts["xl/sharedStrings.xml"] = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + b"".join(b"<si>%b</si>" % text for text in texts) + b"</sst>")
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                     b'spreadsheetml.sharedStrings+xml"/></Types>')
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    changed.seek(0)
    return changed


def _with_part(name, content, source=REGISTER):
    """The register with one part of its archive exchanged."""
    changed = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    changed.seek(0)
    return changed
