"""A file of any layout as sheets of raw rows: kind sniffed from its bytes, sizes bounded, rows handed out one by one.

A workbook's formulas come as the text people typed and are never worked out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from reception.visits.register.dates import EXCEL_FIRST_DAY
from reception.visits.register.numerals import text_of
from reception.visits.register.problems import RegisterRefused

MEGABYTE = 1024 * 1024
MOST_BYTES = 40 * MEGABYTE  # of the file as uploaded
MOST_ROWS = 250_000  # rows that are not blank, over all sheets
LAST_ROW = 1_048_576  # Excel's own last row; a file that names a later one is broken
MOST_COLUMNS = 100  # columns that may hold text


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as it stands: its number in the sheet, raw cells from column A, and what merged cells say about it.

    `inherited` are the places (from 0) whose value comes from a cell merged downwards from above; `span` is the
    number of columns of the row's widest merged cell, 1 without one.
    """

    number: int
    cells: tuple
    inherited: frozenset = frozenset()
    span: int = 1

    @property
    def texts(self):
        """The cells as people see them."""
        return [text_of(value) for value in self.cells]

    @property
    def is_blank(self):
        """Whether nothing was written in this row itself."""
        return all(place in self.inherited or not text_of(value) for place, value in enumerate(self.cells))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, whether it is hidden, day zero of its day counts, merges of several columns, its rows."""

    name: str
    rows: Iterator[RawRow]
    hidden: bool = False
    first_day: date = EXCEL_FIRST_DAY
    merges: list = field(default_factory=list)  # (first row, first place, last row, last place)


def open_sheets(file, *, filename, encoding=""):
    """Hand out the sheets of a workbook or a CSV table in order; read each one's rows before asking for the next.

    `file` is an open binary file. `encoding` overrides the recognition for CSV. Raises RegisterRefused, also while
    rows are read, when the file is too large, damaged or no table.
    """
    from reception.visits.register import delimited, workbook

    size = file.seek(0, 2)
    file.seek(0)
    start = file.read(4096)
    file.seek(0)
    if not start.strip(b"\0 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise RegisterRefused("empty")
    if size > MOST_BYTES:
        raise RegisterRefused("too_large", most=MOST_BYTES // MEGABYTE)
    if start.startswith(b"PK"):
        sheets = workbook.sheets(file)
    elif start.startswith(b"\xd0\xcf\x11\xe0"):
        raise RegisterRefused("old_excel")
    elif start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
        raise RegisterRefused("not_a_table")
    else:
        sheets = delimited.sheets(file, start, filename=filename, encoding=encoding)
    return _bounded(sheets)


def column_letter(place):
    """The letters of a column (from 0) as Excel shows them: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_place(letters):
    """The place (from 0) of a column named by letters."""
    place = 0
    for letter in letters.upper():
        place = place * 26 + ord(letter) - 64
    return place - 1


def _bounded(sheets):
    """The same sheets, stopping with a sentence where there are more rows or columns than a register has."""
    total = [0]
    for sheet in sheets:
        yield Sheet(sheet.name, _bounded_rows(sheet, total), sheet.hidden, sheet.first_day, sheet.merges)


def _bounded_rows(sheet, total):
    for row in sheet.rows:
        if row.is_blank:
            continue
        total[0] += 1
        if total[0] > MOST_ROWS:
            raise RegisterRefused("too_many_rows", most=f"{MOST_ROWS:,}")
        if any(text_of(value) for value in row.cells[MOST_COLUMNS:]):
            raise RegisterRefused("too_many_columns", sheet=sheet.name, most=column_letter(MOST_COLUMNS - 1))
        yield row
