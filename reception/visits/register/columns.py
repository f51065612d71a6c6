"""Which column of a register is what: a mapping that people can change and the import remembers, and its proposal.

A mapping names columns by their headings, so that it serves every sheet whatever the order of its columns; a column
without a heading is named by its letter. It is kept as JSON.
"""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from reception.visits.register.delimited import ENCODINGS
from reception.visits.register.numerals import plain
from reception.visits.register.problems import RegisterRefused, gettext_noop
from reception.visits.register.sheet import MOST_COLUMNS, column_letter, column_place


class Field(StrEnum):
    """What a column of a register can be."""

    NUMBER = "number"
    DATE = "date"
    ARRIVED = "arrived"
    LEFT = "left"
    NAME = "name"
    PHONE = "phone"
    PARTY = "party"
    PURPOSE = "purpose"
    INTEREST = "interest"
    STYLE = "style"
    BUDGET = "budget"
    FLOOR_AREA = "floor_area"
    SOURCE = "source"
    HOST = "host"
    COMPANY = "company"
    ADDRESS = "address"
    EMAIL = "email"
    OUTCOME = "outcome"
    NOTE = "note"
    IGNORE = "ignore"


FIELD_LABELS = {
    Field.NUMBER: gettext_noop("Running number"),
    Field.DATE: gettext_noop("Date"),
    Field.ARRIVED: gettext_noop("Arrival time"),
    Field.LEFT: gettext_noop("Leaving time"),
    Field.NAME: gettext_noop("Name"),
    Field.PHONE: gettext_noop("Telephone"),
    Field.PARTY: gettext_noop("Party size"),
    Field.PURPOSE: gettext_noop("Purpose"),
    Field.INTEREST: gettext_noop("Interest"),
    Field.STYLE: gettext_noop("Style"),
    Field.BUDGET: gettext_noop("Budget"),
    Field.FLOOR_AREA: gettext_noop("Floor area"),
    Field.SOURCE: gettext_noop("How they heard of us"),
    Field.HOST: gettext_noop("Received by"),
    Field.COMPANY: gettext_noop("Company"),
    Field.ADDRESS: gettext_noop("Address"),
    Field.EMAIL: gettext_noop("E-mail"),
    Field.OUTCOME: gettext_noop("Outcome"),
    Field.NOTE: gettext_noop("Note"),
    Field.IGNORE: gettext_noop("Leave out"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading as written, the field it is read as, the letter where it stood when it was mapped."""

    heading: str
    field: Field
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a register is read.

    `area_code` ("021") completes telephone numbers without one; `day_first` settles 1/2/2025; `assumed_time` ("12:00")
    is given to visits without an arrival time, which are refused otherwise; `encoding` is for CSV that is not
    recognised; `sheets` names the sheets to read, all visible ones when empty.
    """

    columns: tuple[Column, ...] = ()
    area_code: str = ""
    day_first: bool | None = None
    assumed_time: str = ""
    encoding: str = ""
    sheets: tuple[str, ...] = ()

    def to_json(self):
        """The mapping as plain data for JSON."""
        return {
            "columns": [{"heading": column.heading, "field": str(column.field), "letter": column.letter}
                        for column in self.columns],
            "area_code": self.area_code, "day_first": self.day_first, "assumed_time": self.assumed_time,
            "encoding": self.encoding, "sheets": list(self.sheets),
        }

    @classmethod
    def from_json(cls, data):
        """Read a mapping back; `columns` may also be written by hand as {heading: field}. Raises RegisterRefused."""
        _demand(isinstance(data, dict) and set(data) <= set(cls.__slots__),
                f"it holds something else than {', '.join(cls.__slots__)}.")
        area_code, day_first = data.get("area_code") or "", data.get("day_first")
        encoding, sheets = data.get("encoding") or "", data.get("sheets") or []
        _demand(isinstance(area_code, str) and re.fullmatch("0?[0-9]{2,3}|", area_code), "area_code is not like 021.")
        _demand(day_first in (None, True, False), "day_first is neither true, false nor null.")
        assumed_time = data.get("assumed_time") or ""
        _demand(isinstance(assumed_time, str) and re.fullmatch("(?:[01][0-9]|2[0-3]):[0-5][0-9]|", assumed_time),
                "assumed_time is not like 12:00.")
        _demand(encoding == "" or encoding in ENCODINGS, "encoding is none of " + ", ".join(ENCODINGS) + ".")
        _demand(isinstance(sheets, list) and all(isinstance(name, str) for name in sheets),
                "sheets is not a list of names.")
        return cls(tuple(_columns_of(data.get("columns"))), area_code, day_first, assumed_time, encoding, tuple(sheets))

    @property
    def layout(self):
        """A key of the layout: equal for two mappings of the same headings, in whatever order they stand."""
        return layout_key([column.heading for column in self.columns])

    def resolve(self, headings):
        """{place: Column} for a sheet with these headings; a heading that stands twice is taken in order."""
        places = {}
        for place, heading in enumerate(headings):
            places.setdefault(bare_heading(heading), []).append(place)
        resolved = {}
        for column in self.columns:
            free = [place for place in places.get(bare_heading(column.heading), ()) if place not in resolved]
            if column.heading and free:
                resolved[free[0]] = column
        return resolved | {place: column for place, column in self.by_letter().items()
                           if not column.heading and place not in resolved}

    def by_letter(self):
        """{place: Column} by the letters alone, for a sheet that has no headings."""
        return {column_place(column.letter): column for column in self.columns if column.letter}


def layout_key(headings):
    """The key under which a mapping is remembered for registers with these headings."""
    known = sorted(bare_heading(heading) for heading in headings if bare_heading(heading))
    return hashlib.sha256("\n".join(known).encode()).hexdigest()


def bare_heading(text):
    """A heading without spaces, brackets' contents, stars and colons, as headings are compared."""
    text = re.sub(r"\s+", "", plain(text))
    without = re.sub(r"\([^()]*\)|[*:：]+", "", text)
    return without or text


def _columns_of(written):
    if isinstance(written, dict):
        written = [{"heading": heading, "field": field} for heading, field in written.items()]
    _demand(isinstance(written, list) and 0 < len(written) <= MOST_COLUMNS, "columns names no column.")
    fields = {str(field) for field in Field}
    for column in written:
        _demand(isinstance(column, dict), "a column is not written as heading and field.")
        heading, field, letter = column.get("heading") or "", column.get("field"), column.get("letter") or ""
        _demand(isinstance(heading, str) and isinstance(letter, str), "a heading or a letter is not text.")
        _demand(isinstance(field, str) and field in fields, f"“{str(field)[:40]}” is none of {', '.join(sorted(fields))}.")
        _demand(re.fullmatch("[A-Za-z]{0,3}", letter) and (not letter or column_place(letter) < MOST_COLUMNS),
                f"“{letter[:40]}” is no column of a register; the last is {column_letter(MOST_COLUMNS - 1)}.")
        _demand(heading or letter, "a column has neither a heading nor a letter.")
        yield Column(heading, Field(field), letter.upper())


def _demand(holds, what):
    if not holds:
        raise RegisterRefused("mapping", what=what)
