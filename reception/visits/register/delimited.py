"""CSV tables: their characters (UTF-8, GB18030, UTF-16) and their separator recognised from what stands in them."""

import codecs
import csv
import io

from reception.visits.register.problems import RegisterRefused
from reception.visits.register.sheet import LAST_ROW, MEGABYTE, RawRow, Sheet

ENCODINGS = ("utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be", "cp1252")  # what a mapping may name
LONGEST_CELL = 131_072  # characters


def sheets(file, start, *, filename, encoding=""):
    """Hand out the one sheet of a CSV table, named like the file; `start` are the file's first bytes."""
    chosen = encoding or _encoding(file, start)
    text = start.decode(chosen, errors="ignore").lstrip("\ufeff \r\n\t")
    if text[:200].lower().startswith(("<!doctype", "<html", "<?xml", "<table", "<head", "<meta")):
        raise RegisterRefused("web_page")
    name = filename.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0] or filename
    yield Sheet(name, _rows(file, chosen, _separator(text)))


def _encoding(file, start):
    """The encoding in which the whole file can be read, those first that cannot be mistaken for another."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if start.startswith(mark):
            candidates = [name]
            break
    else:
        candidates = ["utf-8", "gb18030"]
        if b"\0" in start:  # every second byte of a separator in UTF-16
            candidates = ["utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"]
    for name in candidates:
        if _readable(file, name):
            return name
    raise RegisterRefused("not_a_table" if b"\0" in start and len(candidates) == 1 else "encoding")


def _readable(file, name):
    decoder = codecs.getincrementaldecoder(name)(errors="strict")
    file.seek(0)
    try:
        while block := file.read(MEGABYTE):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _separator(text):
    """The sign that divides the fuller lines most often; a comma when none does."""
    lines = text.splitlines()[:40]
    counts = {sign: sorted((line.count(sign) for line in lines), reverse=True)[:10] for sign in ",\t;|"}
    return max(counts, key=lambda sign: sum(counts[sign]))


def _rows(file, encoding, separator):
    """The records as rows, numbered as a spreadsheet shows them: blank lines count."""
    file.seek(0)
    stream = io.TextIOWrapper(file, encoding=encoding, errors="strict", newline="")
    csv.field_size_limit(LONGEST_CELL)
    try:
        for number, record in enumerate(csv.reader(stream, delimiter=separator), start=1):
            if number > LAST_ROW:
                raise RegisterRefused("too_many_rows", most=f"{LAST_ROW:,}")
            if any(record):
                cells = tuple(value.removeprefix("\ufeff") if value else None for value in record)
                yield RawRow(number, cells)
    except UnicodeError as fault:
        raise RegisterRefused("encoding") from fault
    except csv.Error as fault:
        raise RegisterRefused("damaged") from fault
    finally:
        stream.detach()
