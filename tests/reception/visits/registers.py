"""Registers made up for the tests of reading them: workbooks and CSV tables from plain rows."""

import io
import random
from pathlib import Path

import openpyxl

from reception.visits.register.reading import read_register

DATA = Path(__file__).parent / "data"
REGISTER = DATA / "visit-register.xlsx"
HEADINGS = ["日期", "到访时间", "离开时间", "客户姓名", "联系电话", "人数", "来访事由", "接待人", "备注"]
OTHER_NAMES = {
    "序号": "#", "日期": "Tag", "到访时间": "kam um", "离开时间": "ging um", "客户姓名": "Gast", "联系电话": "Rufnummer", "人数": "Leute",
    "来访事由": "Anlass", "意向产品": "Ware", "预算": "Geld", "面积": "Fläche", "了解渠道": "woher", "接待人": "Kollege", "备注": "dazu",
}
OTHER_MAPPING = {
    "#": "number", "Tag": "date", "kam um": "arrived", "ging um": "left", "Gast": "name", "Rufnummer": "phone", "Leute": "party",
    "Anlass": "purpose", "Ware": "interest", "Geld": "budget", "Fläche": "floor_area", "woher": "source", "Kollege": "host", "dazu": "note",
}


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


def other_copy():
    """The register as an open file with German headings and its columns shuffled, differently on each sheet."""
    shuffle, sheets = random.Random(7), []
    for sheet in openpyxl.load_workbook(REGISTER):
        order = list(range(14))
        shuffle.shuffle(order)
        rows = []
        for row in sheet.iter_rows(values_only=True):
            if row[0] == "序号":
                row = [OTHER_NAMES[heading] for heading in row]
            is_table = row[1] is not None or row[2] is not None
            rows.append([row[place] for place in order] if is_table else list(row))
        sheets.append((sheet.title, rows))
    return workbook(*sheets)


def read_rows(*rows, mapping=None, name="登记", title=None, merged=(), today=None):
    """The reading of one sheet with the usual headings over these rows, below a title when there is one."""
    above = [[title]] if title else []
    file = workbook((name, [*above, HEADINGS, *rows], *merged))
    return read_register(file, mapping, filename="登记.xlsx", today=today)


def csv_file(text, encoding="utf-8"):
    """A CSV table as an open file."""
    return io.BytesIO(text.encode(encoding))
