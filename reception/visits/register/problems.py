"""What is wrong with a register, a sheet of it or one cell: where, how grave, and the sentence a person reads.

Sentences are English message ids; whoever shows them passes the translating function of the page. Nothing here knows
the web: the same problems go to the screen, to the file of refused rows and to the command's output.
"""

from dataclasses import dataclass, field
from enum import StrEnum


def gettext_noop(sentence):
    """Mark a message id for the translators; it is translated where it is shown."""
    return sentence


class Severity(StrEnum):
    """Refused: the row stays outside. Reported: the row goes in without what could not be read."""

    REFUSED = "refused"
    REPORTED = "reported"


class Code(StrEnum):
    """Problems of a row; all are kept by code, so that counts and tests do not hang on wording."""

    DATE_MISSING = "date_missing"
    DATE_ABOVE_UNREADABLE = "date_above_unreadable"
    DATE_UNREADABLE = "date_unreadable"
    DATE_AMBIGUOUS = "date_ambiguous"
    DATE_YEAR_UNKNOWN = "date_year_unknown"
    DATE_FUTURE = "date_future"
    DATE_OUTSIDE_TITLE = "date_outside_title"
    TIME_MISSING = "time_missing"
    TIME_UNREADABLE = "time_unreadable"
    TIME_ASSUMED = "time_assumed"
    LEFT_UNREADABLE = "left_unreadable"
    LEFT_BEFORE_ARRIVAL = "left_before_arrival"
    PHONE_UNREADABLE = "phone_unreadable"
    PARTY_UNREADABLE = "party_unreadable"
    TEXT_MOVED = "text_moved"
    TEXT_CUT = "text_cut"
    COLUMN_NOT_FOUND = "column_not_found"


_REFUSED = {Code.DATE_MISSING, Code.DATE_ABOVE_UNREADABLE, Code.DATE_UNREADABLE, Code.DATE_AMBIGUOUS,
            Code.DATE_YEAR_UNKNOWN, Code.DATE_FUTURE, Code.TIME_MISSING, Code.TIME_UNREADABLE}

SENTENCES = {
    Code.DATE_MISSING: gettext_noop("This row has no date and there is none above it. Write the date of the visit."),
    Code.DATE_ABOVE_UNREADABLE: gettext_noop(
        "This row takes its date from above, where the date cannot be read. Correct the date above or write it here."),
    Code.DATE_UNREADABLE: gettext_noop("“%(written)s” is not a date. Write it like 2025-03-02."),
    Code.DATE_AMBIGUOUS: gettext_noop(
        "“%(written)s” can be read as two dates. Write it like 2025-03-02, or say in the mapping whether the day "
        "stands first."),
    Code.DATE_YEAR_UNKNOWN: gettext_noop(
        "“%(written)s” does not say all of the date, and neither the title nor a row above says the rest. "
        "Write it like 2025-03-02."),
    Code.DATE_FUTURE: gettext_noop("%(written)s has not come yet. Correct the date of the visit."),
    Code.DATE_OUTSIDE_TITLE: gettext_noop(
        "%(written)s is not in %(month)s, which the title of the sheet names. The visit goes in with the date of the "
        "row; check it."),
    Code.TIME_MISSING: gettext_noop(
        "This row has no arrival time. Write when the visitor came, or give a time for such rows in the mapping."),
    Code.TIME_UNREADABLE: gettext_noop("“%(written)s” is not a time of day. Write it like 14:05."),
    Code.TIME_ASSUMED: gettext_noop(
        "This row has no arrival time that can be read. The visit goes in at %(assumed)s, as the mapping says."),
    Code.LEFT_UNREADABLE: gettext_noop(
        "“%(written)s” is not a time of day. The visit goes in without a leaving time; the text is kept in its note."),
    Code.LEFT_BEFORE_ARRIVAL: gettext_noop(
        "The leaving time %(written)s lies before the arrival at %(arrived)s. The visit goes in without a leaving "
        "time; the text is kept in its note."),
    Code.PHONE_UNREADABLE: gettext_noop(
        "“%(written)s” is not a complete telephone number. It is kept as text in the note of the visit."),
    Code.PARTY_UNREADABLE: gettext_noop(
        "“%(written)s” does not say how many people came. It is kept as text in the note of the visit."),
    Code.TEXT_MOVED: gettext_noop("The text has more than %(most)s characters. It is kept in the note of the visit."),
    Code.TEXT_CUT: gettext_noop(
        "The note, with the texts kept in it, has more than %(most)s characters. What is beyond them is left out."),
    Code.COLUMN_NOT_FOUND: gettext_noop(
        "The sheet has no column “%(written)s”. What the mapping reads from it stays empty on this sheet."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: sheet, row (None for a whole sheet), column letter and heading, code, what was written there."""

    sheet: str
    row: int | None
    column: str
    heading: str
    code: Code
    values: dict = field(default_factory=dict)

    @property
    def severity(self):
        """Whether the row stays outside."""
        return Severity.REFUSED if self.code in _REFUSED else Severity.REPORTED

    @property
    def sentence(self):
        """The message id, to be translated and filled with `values`."""
        return SENTENCES[self.code]

    def said(self, translate=str):
        """The whole sentence in the language of `translate`."""
        return translate(self.sentence) % self.values


class Reason(StrEnum):
    """Why a row that is not blank is no visit."""

    TITLE = "title"
    HEADINGS = "headings"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    SIGNATURE = "signature"
    DAY = "day"
    NUMBER_ONLY = "number_only"
    REMARK = "remark"
    NO_HEADINGS = "no_headings"
    HIDDEN_SHEET = "hidden_sheet"
    SHEET_LEFT_OUT = "sheet_left_out"


REASONS = {
    Reason.TITLE: gettext_noop("Title or instruction above the table"),
    Reason.HEADINGS: gettext_noop("Headings of the columns"),
    Reason.SUBTOTAL: gettext_noop("Subtotal"),
    Reason.TOTAL: gettext_noop("Total"),
    Reason.SIGNATURE: gettext_noop("Line for a signature"),
    Reason.DAY: gettext_noop("A date without a visit"),
    Reason.NUMBER_ONLY: gettext_noop("Numbered line that was not filled in"),
    Reason.REMARK: gettext_noop("Remark that belongs to no visit"),
    Reason.NO_HEADINGS: gettext_noop("Sheet without the headings of a visit register"),
    Reason.HIDDEN_SHEET: gettext_noop("Hidden sheet"),
    Reason.SHEET_LEFT_OUT: gettext_noop("Sheet left out by the mapping"),
}


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is not blank and no visit, with its reason and the beginning of its text."""

    sheet: str
    row: int
    reason: Reason
    text: str

    def said(self, translate=str):
        """The reason in the language of `translate`."""
        return translate(REASONS[self.reason])


_FILE_SENTENCES = {
    "empty": gettext_noop("This file is empty. Choose the file with the visit register."),
    "too_large": gettext_noop("This file is larger than %(most)s MB. Divide it, for example by month, and import the parts."),
    "too_large_unpacked": gettext_noop(
        "This workbook unpacks to more than %(most)s MB. Save the sheet with the visits as a new workbook and import that."),
    "too_many_rows": gettext_noop("This file has more than %(most)s rows. Divide it, for example by month, and import the parts."),
    "too_many_columns": gettext_noop(
        "Sheet “%(sheet)s” has text beyond column %(most)s. Delete the columns that do not belong to the register."),
    "too_many_sheets": gettext_noop("This workbook has more than %(most)s sheets. Divide it and import the parts."),
    "old_excel": gettext_noop(
        "This is an Excel file of the old kind, or one with a password. Open it in Excel, save it as .xlsx without a "
        "password, and import that."),
    "not_a_table": gettext_noop("This file is neither an Excel workbook (.xlsx) nor a CSV table. Save the register as one of these."),
    "web_page": gettext_noop("This file is a web page that carries the name of a table. Open it in Excel and save it as .xlsx."),
    "damaged": gettext_noop("This file is damaged and cannot be read to its end. Open it in Excel, save it again, and import that."),
    "encoding": gettext_noop("The characters of this file cannot be read. Save it as “CSV UTF-8” or as .xlsx."),
    "no_headings": gettext_noop(
        "No sheet of this file has the headings of a visit register. Say in the mapping which column is which."),
    "mapping": gettext_noop("The mapping cannot be used: %(what)s"),
}


class RegisterRefused(Exception):
    """The whole file, or the mapping, cannot be used; `code` names why and `said()` is the sentence for a person."""

    def __init__(self, code, **values):
        super().__init__(code)
        self.code, self.values = code, values

    @property
    def sentence(self):
        """The message id, to be translated and filled with `values`."""
        return _FILE_SENTENCES[self.code]

    def said(self, translate=str):
        """The whole sentence in the language of `translate`."""
        return translate(self.sentence) % self.values

    def __str__(self):
        return self.said()
