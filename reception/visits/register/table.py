"""The rows of one table, top to bottom: what each cell says, with what the rows above and the title say about it."""

import re
from datetime import date, datetime, time

from reception.customers.names import tidy_name
from reception.customers.phones import read_phones
from reception.visits.register import lines
from reception.visits.register.cells import has_time, read_party, read_time, read_times, time_beside_date
from reception.visits.register.columns import Field
from reception.visits.register.dates import Around, Unreadable, read_date
from reception.visits.register.numerals import is_ditto, text_of
from reception.visits.register.problems import Code, Problem, Reason
from reception.visits.register.sheet import column_letter

LONGEST_NAME = 80  # characters; more is a remark that somebody wrote into the column of names
LONGEST_TEXT = 200  # characters of purpose, interest and the other short texts
LONGEST_NOTE = 2_000  # characters of the note and the texts kept in it together

_SHORT_TEXTS = (Field.PURPOSE, Field.INTEREST, Field.STYLE, Field.BUDGET, Field.FLOOR_AREA, Field.SOURCE, Field.HOST,
                Field.COMPANY, Field.ADDRESS, Field.EMAIL, Field.OUTCOME)


class TableReader:
    """Reads the rows of one sheet in order; remembers the date above and what a ditto mark repeats."""

    def __init__(self, sheet, columns, headings, mapping, *, words=(), title=(None, None, None), today=None):
        self.sheet, self.columns, self.mapping, self.today = sheet, columns, mapping, today
        self.headings, self.words = tuple(headings), frozenset(words)
        self.year, self.month, day = title
        self.above = date(self.year, self.month, day) if self.year and self.month and _is_day(*title) else None
        self.above_is_readable = True
        self.last_values = {}

    def read(self, row):
        """(reason why it is no visit or None, values of a RegisterRow, problems) of one row that is not blank."""
        cells = self._cells(row)
        fields = {field: [text_of(value) for _place, value in found] for field, found in cells.items()}
        reason = lines.reason_of(row, fields, self.words)
        if reason == Reason.HEADINGS:
            self._take_new_order(row)
        if reason:
            self._heed(reason, row, cells)
            return reason, None, []
        self.last_values = {place: value for found in cells.values() for place, value in found}
        return None, *_Row(self, row, cells).read()

    def looks_like_visit(self, row):
        """Whether a row of a table without headings can be read: a date or a time beside a name or a telephone."""
        cells = self._cells(row)
        try:
            when = any(read_date(value, self.around) or has_time(value) for _place, value in cells.get(Field.DATE, ()))
            when = when or any(read_time(value) for _place, value in cells.get(Field.ARRIVED, ()))
        except Unreadable:
            return False
        return bool(when or self.above) and bool(cells.get(Field.NAME) or cells.get(Field.PHONE))

    @property
    def around(self):
        """What the place says about a date that does not say everything itself."""
        told = {"first_day": self.sheet.first_day} if self.sheet else {}
        return Around(self.year, self.month, self.above, self.mapping.day_first, **told)

    def heading_of(self, place):
        """The heading over a column, or its letter where there is none."""
        heading = self.headings[place] if place < len(self.headings) else ""
        return " ".join(heading.split()) or column_letter(place)

    def _cells(self, row):
        """{field: [(place, value)]} of the mapped cells that are not blank; a ditto mark is the value above it."""
        cells = {}
        for place in sorted(self.columns):
            value = row.cells[place] if place < len(row.cells) else None
            text = text_of(value)
            if is_ditto(text) and place in self.last_values:
                value = self.last_values[place]
            if text and self.columns[place].field != Field.IGNORE:
                cells.setdefault(self.columns[place].field, []).append((place, value))
        return cells

    def _heed(self, reason, row, cells):
        """A line that only says a date says it for the visits below it."""
        if reason != Reason.DAY:
            return
        _place, value = next(iter(cells.get(Field.DATE, ())), (None, None))
        value = next(value for value in row.cells if text_of(value)) if value is None else value
        try:
            self.above, self.above_is_readable = read_date(value, self.around) or self.above, True
        except Unreadable:
            self.above_is_readable = False

    def _take_new_order(self, row):
        """Headings that come again may stand in another order from there on."""
        columns = self.mapping.resolve(row.texts)
        if len(columns) >= len(self.columns) and any(column.heading for column in columns.values()):
            self.columns, self.headings = columns, tuple(row.texts)


class _Row:
    """One row being read: collects values, problems and the texts that no field takes."""

    def __init__(self, table, row, cells):
        self.table, self.row, self.cells = table, row, cells
        self.problems, self.kept = [], []

    def read(self):
        """(values of a RegisterRow, problems)."""
        values = {"date": self.date()}
        values["arrived"], values["left"] = self.times()
        values["time_assumed"] = any(problem.code == Code.TIME_ASSUMED for problem in self.problems)
        values["name"] = self.name()
        values["phones"] = self.phones()
        values["party"] = self.party()
        for field in _SHORT_TEXTS:
            values[str(field)] = self.short_text(field)
        values["note"] = self.note()
        if len(full_note(values["note"], self.kept)) > LONGEST_NOTE:
            self.problem(Code.TEXT_CUT, self.place_of(Field.NOTE), most=LONGEST_NOTE)
        return values | {"kept": tuple(self.kept)}, self.problems

    def date(self):
        """The row's own date or the one above; None with a problem when neither is there."""
        table = self.table
        place, value = self.first(Field.DATE)
        if place is None and Field.DATE not in {column.field for column in table.columns.values()}:
            place, value = self.first(Field.ARRIVED)
            if not _may_hold_date(value):
                place, value = None, None
        try:
            found = read_date(value, table.around)
        except Unreadable as fault:
            table.above_is_readable = False
            return self.problem(fault.code, place, value)
        if found is None:
            return self.date_above()
        table.above, table.above_is_readable = found, True
        return self.plausible(found, place)

    def date_above(self):
        """The date that a blank cell stands for."""
        table = self.table
        place = self.place_of(Field.DATE)
        if not table.above_is_readable:
            return self.problem(Code.DATE_ABOVE_UNREADABLE, place)
        if table.above is None:
            return self.problem(Code.DATE_MISSING, place)
        return self.plausible(table.above, None)

    def plausible(self, found, place):
        """Refuse a day to come; report a month that the title does not name, in the row that wrote it."""
        table = self.table
        if table.today and found > table.today:
            self.problem(Code.DATE_FUTURE, self.place_of(Field.DATE) if place is None else place, found.isoformat())
        elif place is not None and table.year and table.month and (found.year, found.month) != (table.year, table.month):
            self.problem(Code.DATE_OUTSIDE_TITLE, place, found.isoformat(), month=f"{table.year}-{table.month:02}")
        return found

    def times(self):
        """(arrival, leaving); a leaving time that lies before the arrival or cannot be read is reported, kept as text."""
        place, value = self.first(Field.ARRIVED)
        arrived, left = self.arrival(place, value)
        left_place, left_value = self.first(Field.LEFT)
        if left_place is not None:
            left = self.readable(read_time, left_place, left_value, Code.LEFT_UNREADABLE)
        if left and arrived and left < arrived:
            shown = left_place if left_place is not None else place
            self.problem(Code.LEFT_BEFORE_ARRIVAL, shown, left.strftime("%H:%M"), arrived=arrived.strftime("%H:%M"))
            self.keep(shown, left_value if left_place is not None else value)
            left = None
        return arrived, left

    def arrival(self, place, value):
        """(arrival, leaving) as the column of arrivals says, else the time beside the date, else the mapping's."""
        code, read = Code.TIME_MISSING, read_times
        if place is None:
            place, value = self.first(Field.DATE)
            read = (lambda value: (time_beside_date(value), None)) if has_time(value) else lambda value: (None, None)
        try:
            arrived, left = read(value)
        except Unreadable:
            code, arrived, left = Code.TIME_UNREADABLE, None, None
        if arrived is not None:
            return arrived, left
        assumed = self.table.mapping.assumed_time
        if code == Code.TIME_MISSING:
            place, value = self.place_of(Field.ARRIVED), ""
        elif assumed:
            self.keep(place, value)
        self.problem(Code.TIME_ASSUMED if assumed else code, place, value, **({"assumed": assumed} if assumed else {}))
        return time.fromisoformat(assumed) if assumed else None, None

    def name(self):
        """The visitor's name; what is too long for one is kept as text."""
        place, value = self.first(Field.NAME)
        name = tidy_name(text_of(value))
        if len(name) <= LONGEST_NAME:
            return name
        self.problem(Code.TEXT_MOVED, place, most=LONGEST_NAME)
        self.keep(place, value)
        return ""

    def phones(self):
        """All numbers of all telephone columns, once each; unreadable ones and words beside them are kept as text."""
        phones = []
        for place, value in self.cells.get(Field.PHONE, ()):
            found = read_phones(value, area_code=self.table.mapping.area_code or None)
            unreadable = [phone for phone in found if phone.e164 is None]
            for phone in unreadable:
                self.problem(Code.PHONE_UNREADABLE, place, phone.raw)
                self.keep(place, phone.raw)
            if any(phone.remark for phone in found):
                self.keep(place, value)
            phones += [phone for phone in found if phone.e164 not in [other.e164 for other in phones if other.e164]]
        return tuple(phones)

    def party(self):
        """How many people came; a text that counts more than grown visitors (3+1小孩) is kept beside the number."""
        place, value = self.first(Field.PARTY)
        count = self.readable(read_party, place, value, Code.PARTY_UNREADABLE)
        if count is not None and not _COUNT_ALONE.fullmatch(text_of(value)):
            self.keep(place, value)
        return count

    def short_text(self, field):
        """The text of a field; one that is no short text is kept in the note."""
        found = self.cells.get(field, ())
        text = " / ".join(dict.fromkeys(text_of(value) for _place, value in found))
        if len(text) <= LONGEST_TEXT:
            return text
        self.problem(Code.TEXT_MOVED, found[0][0], most=LONGEST_TEXT)
        for place, value in found:
            self.keep(place, value)
        return ""

    def note(self):
        """The note; with several columns of notes, those after the first under their headings."""
        found = self.cells.get(Field.NOTE, ())
        texts = [text_of(value) if index == 0 else f"{self.table.heading_of(place)}: {text_of(value)}"
                 for index, (place, value) in enumerate(found)]
        return "\n".join(texts)

    def first(self, field):
        """(place, value) of the first filled cell of a field, (None, None) when all are blank."""
        return next(iter(self.cells.get(field, ())), (None, None))

    def place_of(self, field):
        """Where a field would stand that is blank in this row; None when the register has no such column."""
        return next((place for place, column in sorted(self.table.columns.items()) if column.field == field), None)

    def readable(self, read, place, value, code):
        """What `read` makes of a cell; None, with a problem and the text kept, when it cannot be read."""
        if place is None:
            return None
        try:
            return read(value)
        except Unreadable:
            self.problem(code, place, value)
            self.keep(place, value)
            return None

    def keep(self, place, value):
        """Keep the text of a cell for the note, once."""
        pair = (self.table.heading_of(place), text_of(value))
        if pair not in self.kept:
            self.kept.append(pair)

    def problem(self, code, place, written="", **values):
        """Note a problem of one cell; gives None, the value that an unreadable cell has."""
        self.problems.append(Problem(
            self.table.sheet.name, self.row.number, column_letter(place) if place is not None else "",
            self.table.heading_of(place) if place is not None else "", code, {"written": text_of(written)[:80], **values}))


def full_note(note, kept):
    """The note with everything that was kept as text, each under the heading it stood under."""
    return "\n".join([note] * bool(note) + [f"{heading}: {text}" for heading, text in kept])


_COUNT_ALONE = re.compile(r"[0-9０-９]+(?:\.0+)?\s*[人位名个個]?|[一二两三四五六七八九十]+[人位名个個]")


def _may_hold_date(value):
    """Whether a cell of a column of times holds a whole date as well."""
    if isinstance(value, datetime):
        return True
    if isinstance(value, (int, float)):
        return 20_000 < value < 80_000
    return isinstance(value, str) and len(value) >= 8 and has_time(value)


def _is_day(year, month, day):
    try:
        date(year, month, day or 0)
    except ValueError:
        return False
    return True
