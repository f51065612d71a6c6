"""Reading a whole register: every row that is not blank becomes a visit, is refused with its problem, or is named as
no visit with the reason."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, time
from itertools import chain, islice

from reception.visits.register.columns import Field, Mapping, bare_heading
from reception.visits.register.dates import title_month
from reception.visits.register.problems import Code, Problem, Reason, RegisterRefused, Severity, Skipped
from reception.visits.register.proposal import HEAD_ROWS, find_headings, is_register, propose
from reception.visits.register.sheet import open_sheets
from reception.visits.register.table import LONGEST_NOTE, TableReader, full_note

STEP = 500  # rows between two words about progress


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One visit as the register tells it. Texts are as written, "" where nothing stands; times are the hall's own.

    `kept` are (heading, text) pairs that no field could take: unreadable times, numbers, telephones, words beside a
    telephone. `time_assumed` says that the arrival time is the mapping's. `occurrence` counts rows of the file that
    tell the same visit again, from 1.
    """

    sheet: str
    row: int
    date: date
    arrived: time
    left: time | None = None
    name: str = ""
    phones: tuple = ()
    party: int | None = None
    purpose: str = ""
    interest: str = ""
    style: str = ""
    budget: str = ""
    floor_area: str = ""
    source: str = ""
    host: str = ""
    company: str = ""
    address: str = ""
    email: str = ""
    outcome: str = ""
    note: str = ""
    kept: tuple = ()
    time_assumed: bool = False
    occurrence: int = 1

    @property
    def full_note(self):
        """The note with everything that was kept as text, each under the heading it stood under."""
        return full_note(self.note, self.kept)[:LONGEST_NOTE]

    @property
    def contact_points(self):
        """The telephones that could be read."""
        return tuple(phone for phone in self.phones if phone.e164)

    @property
    def identity(self):
        """What makes this visit the same one in another copy of the register, whatever its columns and order."""
        numbers = sorted(phone.e164 or phone.raw for phone in self.phones)
        return (self.date.isoformat(), self.arrived.isoformat("minutes"), self.name, *numbers, f"#{self.occurrence}")


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that stays outside, as it was written, for the file of refused rows."""

    sheet: str
    row: int
    headings: tuple[str, ...]
    texts: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Reading:
    """What a register says: the visits, the problems of rows and sheets, the refused rows, and the rows left aside."""

    mapping: Mapping
    rows: list[RegisterRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def reported(self):
        """The problems of rows that go in all the same, and of sheets."""
        return [problem for problem in self.problems if problem.severity == Severity.REPORTED]

    @property
    def seen(self):
        """How many rows that are not blank the file has: each is a visit, refused, or left aside."""
        return len(self.rows) + len(self.refused) + len(self.skipped)


def read_register(file, mapping=None, *, filename, today=None, progress=None):
    """Read every row of a register (an open binary .xlsx or CSV file) by a mapping, or by the one proposed for it.

    `today` refuses visits of later days. `progress(count)` is told every STEP rows how many were read, and may raise to
    stop. Raises RegisterRefused when the file is no table, damaged or too large, or when no sheet of it has the columns
    of the mapping.
    """
    mapping = mapping or Mapping()
    if not mapping.columns:
        proposed = propose(file, filename=filename, encoding=mapping.encoding).mapping
        mapping = replace(mapping, columns=proposed.columns)
    if not is_register(column.field for column in mapping.columns):
        raise RegisterRefused("no_headings")
    reading = Reading(mapping)
    read = 0
    for sheet in open_sheets(file, filename=filename, encoding=mapping.encoding):
        left_out = _left_out(sheet, mapping)
        if left_out:
            reading.skipped += [_skipped(sheet, row, left_out) for row in sheet.rows]
        else:
            read += _read_sheet(sheet, reading, filename, today, progress)
    if not read:
        raise RegisterRefused("no_headings")
    _number_occurrences(reading.rows)
    return reading


def _left_out(sheet, mapping):
    if mapping.sheets:
        return None if sheet.name in mapping.sheets else Reason.SHEET_LEFT_OUT
    return Reason.HIDDEN_SHEET if sheet.hidden else None


def _read_sheet(sheet, reading, filename, today, progress):
    """Read one sheet into the reading; False when it has no table that the mapping knows."""
    mapping = reading.mapping
    known = {bare for column in mapping.columns if (bare := bare_heading(column.heading))}
    head = list(islice(sheet.rows, HEAD_ROWS))
    found = find_headings(head, sheet.merges, lambda text: bare_heading(text) in known)
    columns = mapping.resolve(found.texts) if found else _columns_without_headings(mapping, head)
    if not columns or not is_register(column.field for column in columns.values()):
        reading.skipped += [_skipped(sheet, row, Reason.NO_HEADINGS) for row in chain(head, sheet.rows)]
        return False
    first, after = (found.first, found.last + 1) if found else (0, 0)
    reading.skipped += [_skipped(sheet, row, Reason.TITLE) for row in head[:first]]
    reading.skipped += [_skipped(sheet, row, Reason.HEADINGS) for row in head[first:after]]
    reading.problems += _columns_not_found(sheet, mapping, columns, found)
    titles = [text for row in head[:first] for text in row.texts if text]
    table = TableReader(sheet, columns, found.texts if found else (), mapping, today=today,
                        words=[text for row in head[first:after] for text in row.texts],
                        title=title_month(*titles, sheet.name, filename.rsplit(".", 1)[0]))
    for row in chain(head[after:], sheet.rows):
        _sort_in(reading, sheet, row, table)
        if progress and reading.seen % STEP == 0:
            progress(reading.seen)
    return True


def _sort_in(reading, sheet, row, table):
    """Put one row where it belongs: among the visits, the refused or those left aside."""
    reason, values, problems = table.read(row)
    reading.problems += problems
    if reason:
        reading.skipped.append(_skipped(sheet, row, reason))
    elif any(problem.severity == Severity.REFUSED for problem in problems):
        reading.refused.append(RefusedRow(sheet.name, row.number, table.headings, tuple(row.texts), tuple(problems)))
    else:
        reading.rows.append(RegisterRow(sheet.name, row.number, **values))


def _columns_without_headings(mapping, head):
    """The mapping's columns by their letters, for a sheet whose first rows are readable that way; else none."""
    columns = mapping.by_letter()
    if not is_register(column.field for column in columns.values()):
        return {}
    table = TableReader(None, columns, (), mapping)
    told = sum(1 for row in head if table.looks_like_visit(row))
    return columns if told and told * 2 >= len(head) else {}


def _columns_not_found(sheet, mapping, columns, found):
    """A heading that the mapping reads something from and that this sheet lacks, though another sheet may have it."""
    if not found:
        return []
    present = {id(column) for column in columns.values()}
    return [Problem(sheet.name, None, "", column.heading, Code.COLUMN_NOT_FOUND, {"written": column.heading})
            for column in mapping.columns
            if id(column) not in present and column.heading and column.field not in (Field.IGNORE, Field.NUMBER)]


def _skipped(sheet, row, reason):
    text = " ".join(text for text in row.texts if text)
    return Skipped(sheet.name, row.number, reason, text[:120])


def _number_occurrences(rows):
    """Tell apart rows that say the same visit: the second of them is occurrence 2."""
    seen = Counter()
    for index, row in enumerate(rows):
        seen[row.identity] += 1
        if seen[row.identity] > 1:
            rows[index] = replace(row, occurrence=seen[row.identity])
