"""The columns of an uploaded register as the page offers them: headings, examples, what each seems to be."""
import re
from dataclasses import dataclass
from itertools import islice

from reception.visits.register.columns import Column, Field, Mapping, bare_heading, layout_key
from reception.visits.register.numerals import text_of
from reception.visits.register.proposal import HEAD_ROWS, is_register, propose
from reception.visits.register.sheet import MOST_COLUMNS, column_letter, column_place, open_sheets

EXAMPLES = 3


@dataclass(frozen=True)
class Look:
    """A file looked at: its columns [(Column, examples)], the sheets [(name, hidden)], the row that holds the headings (0: as found)."""

    columns: tuple
    sheets: tuple
    heading_row: int = 0

    @property
    def layout(self):
        """The key under which the matching of these headings is remembered."""
        return layout_key([column.heading for column, _examples in self.columns])

    @property
    def mapping(self):
        """The matching as proposed."""
        return Mapping(tuple(column for column, _examples in self.columns))


def look_at(file, *, filename, encoding="", heading_row=0):
    """Look at the beginning of a register. Where no known word stands over its columns, the row that looks like headings is taken, or
    row `heading_row`. Raises RegisterRefused for what is no table."""
    proposal = propose(file, filename=filename, encoding=encoding)
    sheets = tuple((sheet.name, sheet.hidden) for sheet in proposal.sheets)
    examples = {}
    for sheet in proposal.sheets:
        for column in sheet.columns:
            examples.setdefault(bare_heading(column.heading) or column.letter, column.examples)
    named = [column for column in proposal.mapping.columns if column.heading]
    if named and not heading_row and is_register(column.field for column in named):
        columns = tuple((column, examples.get(bare_heading(column.heading) or column.letter, ())) for column in proposal.mapping.columns)
        return Look(columns, sheets)
    guesses = {column.letter: column.field for sheet in proposal.sheets if not sheet.hidden for column in reversed(sheet.columns)}
    return by_heading_row(file, filename, encoding, heading_row, guesses, sheets)


def by_heading_row(file, filename, encoding, heading_row, guesses, sheets):
    """The columns under the row that looks most like headings, or under the row that a person named; by letters where there is none."""
    for sheet in open_sheets(file, filename=filename, encoding=encoding):
        rows = list(islice(sheet.rows, HEAD_ROWS))
        if sheet.hidden or not rows:
            continue
        head = next((row for row in rows if row.number == heading_row), None) if heading_row else likely_headings(rows)
        below = [row for row in rows if head is None or row.number > head.number]
        width = min(max(len(row.cells) for row in rows), MOST_COLUMNS)
        columns = []
        for place in range(width):
            heading = text_of(head.cells[place]) if head and place < len(head.cells) else ""
            texts = [text_of(row.cells[place]) for row in below if place < len(row.cells)]
            examples = tuple(dict.fromkeys(text[:60] for text in texts if text))[:EXAMPLES]
            letter = column_letter(place)
            if heading or examples:
                columns.append((Column(heading, guesses.get(letter, Field.NOTE), letter), examples))
        return Look(tuple(columns), sheets, head.number if head else 0)
    return Look((), sheets)


def likely_headings(rows):
    """The first row that is filled about as widely as the widest and says nothing but different words without figures; else None."""
    widest = max(sum(bool(text) for text in row.texts) for row in rows)
    for row in rows:
        texts = [text for text in row.texts if text]
        if len(texts) >= max(2, 0.6 * widest) and len(set(texts)) == len(texts) and not any(re.search(r"[0-9０-９]", text) for text in texts):
            return row
    return None


def with_choices(look, chosen):
    """The looked-at columns with the fields of an earlier matching where it names them."""
    by_heading = {bare_heading(column.heading): column.field for column in chosen.columns if column.heading}
    by_letter = {column.letter: column.field for column in chosen.columns if not column.heading}
    return [(column, by_heading.get(bare_heading(column.heading)) or by_letter.get(column.letter) or column.field, examples)
            for column, examples in look.columns]


def in_file_order(columns):
    """Columns as they stand from left to right."""
    return sorted(columns, key=lambda item: column_place(item[0].letter) if item[0].letter else MOST_COLUMNS)
