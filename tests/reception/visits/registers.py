"""Registers made up for the tests of reading them: workbooks and CSV tables from plain rows."""

import io
from pathlib import Path

import openpyxl

from reception.visits.register.reading import read_register

DATA = Path(__file__).parent / "data"
REGISTER = DATA / "visit-register.xlsx"
HEADINGS = ["日期", "到访时间", "离开时间", "客户姓名", "联系电话", "人数", "来访事由", "接待人", "备注"]


def workbook(*sheets, hidden=()):
    """An .xlsx of (name, rows, merged ranges) sheets as an open file."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows, *merged in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cells in merged:
            sheet.merge_cells(cells)
        if name in hidden:
            sheet.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def read_rows(*rows, mapping=None, name="登记", title=None, merged=(), today=None):
    """The reading of one sheet with the usual headings over these rows, below a title when there is one."""
    above = [[title]] if title else []
    file = workbook((name, [*above, HEADINGS, *rows], *merged))
    return read_register(file, mapping, filename="登记.xlsx", today=today)


def csv_file(text, encoding="utf-8"):
    """A CSV table as an open file."""
    return io.BytesIO(text.encode(encoding))
