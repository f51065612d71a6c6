"""Excel workbooks (.xlsx), streamed: nothing is unpacked that was not weighed, no formula is worked out."""

import re
import struct
import warnings
import zipfile
import zlib
from xml.etree.ElementTree import ParseError

from reception.visits.register.dates import EXCEL_FIRST_DAY
from reception.visits.register.problems import RegisterRefused
from reception.visits.register.sheet import LAST_ROW, MEGABYTE, MOST_COLUMNS, RawRow, Sheet, column_place

MOST_UNPACKED = 300 * MEGABYTE  # all parts of the workbook together
MOST_SHARED_TEXT = 80 * MEGABYTE  # the part that has to be held in memory
MOST_PARTS = 5_000
MOST_SHEETS = 200
MOST_MERGES = 20_000  # of one sheet; merged cells beyond them are read as if they were not merged

# What openpyxl and the unpacking raise over broken files: each says that this file cannot be read, none is our bug.
DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, ParseError, EOFError, KeyError, ValueError,
           TypeError, AttributeError, IndexError, ArithmeticError, NotImplementedError, RuntimeError, OSError)


def sheets(file):
    """Hand out the workbook's sheets; raises RegisterRefused when it is too large, damaged or no workbook."""
    try:
        archive = zipfile.ZipFile(file)
        _weigh(archive)
        book = _opened(file)
    except DAMAGED as fault:
        raise RegisterRefused("damaged") from fault
    if len(book.worksheets) > MOST_SHEETS:
        raise RegisterRefused("too_many_sheets", most=MOST_SHEETS)
    first_day = EXCEL_FIRST_DAY if book.epoch.year < 1904 else book.epoch.date()
    for page in book.worksheets:
        merges = _merges(archive, page)
        yield Sheet(page.title, _rows(page, merges), page.sheet_state != "visible", first_day, merges)


def _weigh(archive):
    """Refuse what is no workbook or would unpack to more than a register can be; the sizes are those of its index."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise RegisterRefused("not_a_table")
    if any(part.flag_bits & 1 for part in parts):
        raise RegisterRefused("old_excel")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise RegisterRefused("too_large_unpacked", most=MOST_UNPACKED // MEGABYTE)
    if any(part.file_size > MOST_SHARED_TEXT for part in parts if "worksheets/" not in part.filename):
        raise RegisterRefused("too_large_unpacked", most=MOST_SHARED_TEXT // MEGABYTE)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                if b"<!DOCTYPE" in stream.read(4096).replace(b"\0", b""):
                    raise RegisterRefused("damaged")  # no office program writes one; entities are how XML explodes


def _opened(file):
    import openpyxl

    file.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles and extensions that openpyxl leaves out are of no concern here
        return openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)


def _rows(page, merges):
    """The rows of one sheet; a value merged downwards stands in every row it covers, marked as inherited."""
    starting, spans = _by_first_row(merges)
    open_below = {}  # place -> (last row, value)
    values = _values(page)
    for number, cells in values:
        cells = list(cells)
        inherited = set()
        for place, (last_row, value) in list(open_below.items()):
            if number > last_row:
                del open_below[place]
            elif place >= len(cells) or cells[place] is None:
                cells += [None] * (place + 1 - len(cells))
                cells[place] = value
                inherited.add(place)
        for place, last_row in starting.get(number, ()):
            if place < len(cells) and cells[place] is not None:
                open_below[place] = (last_row, cells[place])
        yield RawRow(number, tuple(cells), frozenset(inherited), spans.get(number, 1))


def _values(page):
    """(row number, values) of every row. The sheet's own claim about its size is not trusted."""
    page.reset_dimensions()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rows = page.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)
        number = 0
        while True:
            try:
                values = next(rows, None)
            except DAMAGED as fault:
                raise RegisterRefused("damaged") from fault
            if values is None:
                return
            number += 1
            if number > LAST_ROW:
                raise RegisterRefused("damaged")
            filled = [place for place, value in enumerate(values) if value is not None]
            if filled:
                yield number, [_typed(value) for value in values[:filled[-1] + 1]]


def _typed(value):
    """A formula over a range is an object to openpyxl; here it is the text that somebody typed."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    text = getattr(value, "text", None)
    if text is not None or hasattr(value, "ref"):
        return str(text or "=")
    return value


def _by_first_row(merges):
    """({row: [(place, last row)]} of cells merged downwards, {row: columns of its widest merged cell})."""
    starting, spans = {}, {}
    for first_row, first_place, last_row, last_place in merges:
        if last_row > first_row:
            starting.setdefault(first_row, []).append((first_place, last_row))
        if last_place > first_place:
            spans[first_row] = max(spans.get(first_row, 1), last_place - first_place + 1)
    return starting, spans


def _merges(archive, page):
    """The merged cells of a sheet. They stand behind its rows, so the part is searched once before they are read."""
    part = page._worksheet_path  # openpyxl tells merged cells only when it holds the whole sheet in memory
    found, rest = [], b""
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(MEGABYTE):
                block = rest + chunk
                matches = list(_MERGE.finditer(block))
                found += [_corners(match) for match in matches[:MOST_MERGES - len(found)]]
                rest = block[max(matches[-1].end() if matches else 0, len(block) - 80):]
    except DAMAGED as fault:
        raise RegisterRefused("damaged") from fault
    return [corners for corners in found if corners]


_MERGE = re.compile(rb'<(?:[A-Za-z0-9]+:)?mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')


def _corners(match):
    left, top, right, bottom = (group.decode() for group in match.groups())
    return int(top), column_place(left), int(bottom), column_place(right)
