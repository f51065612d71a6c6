"""Looking at a file before it is read: where the headings stand on each sheet and what each column seems to be."""

import re
from dataclasses import dataclass
from itertools import islice

from reception.customers.phones import read_phones
from reception.visits.register.cells import has_time, read_party, read_time
from reception.visits.register.columns import Column, Field, Mapping, bare_heading
from reception.visits.register.dates import Around, Unreadable, read_date
from reception.visits.register.numerals import text_of
from reception.visits.register.sheet import column_letter, open_sheets
from reception.visits.register.words import field_of_heading

HEAD_ROWS = 40  # rows that are not blank among which the headings must stand
SAMPLE_ROWS = 200  # rows below the headings that are looked at
ENOUGH = 0.6  # share of a column's filled cells that must be readable as what the column is taken for


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a table: their texts by place, and which of the rows looked at they stand in, first and last."""

    texts: tuple[str, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """A column as the mapping page shows it: letter, heading, proposed field, up to three values of it."""

    letter: str
    heading: str
    field: Field
    sure: bool  # the heading says it; otherwise it was told from what stands in the cells, or is only kept as a note
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetLook:
    """A sheet as the mapping page shows it; without columns when nothing on it looks like a register."""

    name: str
    hidden: bool
    columns: tuple[ColumnLook, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping for the whole file, and what it was told from, sheet by sheet."""

    mapping: Mapping
    sheets: tuple[SheetLook, ...]


def propose(file, *, filename, encoding=""):
    """Look at the beginning of every sheet and propose a mapping. Raises RegisterRefused for what is no table."""
    looks, columns = [], {}
    for sheet in open_sheets(file, filename=filename, encoding=encoding):
        rows = list(islice(sheet.rows, HEAD_ROWS + SAMPLE_ROWS))
        look = SheetLook(sheet.name, sheet.hidden, tuple(_look(rows, sheet)))
        looks.append(look)
        if sheet.hidden or not is_register(column.field for column in look.columns):
            continue
        counts = {}
        for column in look.columns:
            key = bare_heading(column.heading)
            counts[key] = counts.get(key, 0) + 1  # a heading that stands twice is two columns
            columns.setdefault((key or column.letter, counts[key] if key else 0),
                               Column(column.heading, column.field, column.letter))
    return Proposal(Mapping(tuple(columns.values()), encoding=encoding), tuple(looks))


def is_register(fields):
    """Whether columns of these fields can be a register of visits: somebody, at some time."""
    fields = set(fields)
    return bool(fields & {Field.DATE, Field.ARRIVED}) and bool(
        fields & {Field.NAME, Field.PHONE, Field.PARTY, Field.PURPOSE, Field.HOST})


def find_headings(rows, merges, knows):
    """The heading row among `rows`: the one of whose cells `knows(text)` recognises most, two at least; else None.

    Two rows are one heading where a cell of the first is merged over columns that the second names one by one.
    """
    best, best_count = None, 1
    for index, row in enumerate(rows[:HEAD_ROWS]):
        count = len({bare_heading(text) for text in row.texts if text and knows(text)})
        if count > best_count:
            best, best_count = index, count
    if best is None:
        return None
    return _with_second_row(rows, best, merges) or Headings(tuple(rows[best].texts), best, best)


def _with_second_row(rows, index, merges):
    top = rows[index]
    wide = [(left, right) for first, left, last, right in merges if first == top.number and last == top.number and right > left]
    below = rows[index + 1] if index + 1 < len(rows) else None
    if not wide or below is None or below.number != top.number + 1:
        return None
    texts, lower = list(top.texts), below.texts
    texts += [""] * (len(lower) - len(texts))
    named = False
    for left, right in wide:
        parts = [lower[place] if place < len(lower) else "" for place in range(left, right + 1)]
        if all(parts) and right - left + 1 < len(texts):
            named = True
            texts[left:right + 1] = [f"{top.texts[left]} {part}".strip() for part in parts]
    return Headings(tuple(texts), index, index + 1) if named else None


def _look(rows, sheet):
    """The columns of one sheet with what each seems to be."""
    found = find_headings(rows, sheet.merges, lambda text: field_of_heading(text) is not None)
    texts = found.texts if found else ()
    below = [row for row in rows[found.last + 1 if found else 0:] if row.span < 3][:SAMPLE_ROWS]
    if not below and not found:
        return
    width = max([len(row.cells) for row in below] + [len(texts)])
    taken = set()
    looks = []
    for place in range(width):
        heading = texts[place] if place < len(texts) else ""
        values = [row.cells[place] for row in below if place < len(row.cells) and text_of(row.cells[place])]
        if heading or values:
            looks.append((place, heading, values, field_of_heading(heading)))
    taken.update(field for _place, _heading, _values, field in looks if field)
    for place, heading, values, named in looks:
        field = _settled(named, values, taken, sheet.first_day)
        taken.add(field)
        examples = tuple(dict.fromkeys(text_of(value)[:60] for value in values))[:3]
        yield ColumnLook(column_letter(place), heading, field, named is not None, examples)


def _settled(named, values, taken, first_day):
    """The heading's word, corrected where the cells plainly say otherwise: a column "time" may hold dates."""
    content = _field_of_content(values, taken, first_day)
    if named == Field.ARRIVED and Field.DATE not in taken and content == Field.DATE:
        return Field.DATE
    if named == Field.DATE and content == Field.ARRIVED and Field.ARRIVED not in taken:
        return Field.ARRIVED
    return named or content or Field.NOTE


def _field_of_content(values, taken, first_day):
    """What the filled cells of a column can nearly all be read as, or None."""
    if not values:
        return Field.IGNORE if not taken else None
    around = Around(2024, 1, None, True, first_day)
    tests = (
        (Field.PHONE, lambda value: any(phone.e164 for phone in read_phones(value))),
        (Field.DATE, lambda value: _is_whole_date(value, around)),
        (Field.ARRIVED, lambda value: read_time(value) is not None and not isinstance(value, int)),
        (Field.NAME, lambda value: bool(_NAME.fullmatch(text_of(value)))),
        (Field.PARTY, lambda value: not isinstance(value, (int, float)) and read_party(value) is not None),
    )
    sample = values[:60]
    for field, reads in tests:
        readable = sum(1 for value in sample if _can(reads, value))
        if readable >= ENOUGH * len(sample):
            if field == Field.ARRIVED and Field.ARRIVED in taken:
                return None if Field.LEFT in taken else Field.LEFT
            if field == Field.NAME and len(set(map(text_of, sample))) < max(2, len(sample) // 3):
                continue  # a few words again and again are no visitors
            if field not in taken or field == Field.DATE:
                return field
    return None


_NAME = re.compile("[\u3400-\u9fff]{1,3}(?:先生|女士|小姐|总|總|老师|老師)|[\u3400-\u9fff·]{2,4}")


def _is_whole_date(value, around):
    """Whether a cell says a date by itself, not merely a small number that could be a day."""
    if isinstance(value, (int, float)) and not 20_000 < value < 80_000:
        return False
    text = text_of(value)
    return bool(re.search("[年月日/.\\-]", text)) and read_date(value, around) is not None or has_time(value) and len(text) > 8


def _can(reads, value):
    try:
        return reads(value)
    except Unreadable:
        return False
