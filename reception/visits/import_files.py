"""The file of refused rows: where each stands, why it stays out, and its cells as they were written, to be corrected and sent again."""
import csv
import io

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from config.web.exports import safe
from reception.visits import import_staging as staging
from reception.visits.import_told import said
from reception.visits.register.problems import REASONS

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def report_of(register):
    """The whole report of the last trial."""
    return staging.get(register.summary.get("check_job"), staging.REPORT, {"problems": [], "refused": [], "skipped": []})


def refused_table(report):
    """Refused rows as a table: sheet, row, column, reason, then every heading of the register with the cells as written."""
    headings = list(dict.fromkeys(heading for row in report["refused"] for heading in row["headings"] if heading))
    yield [_("Sheet"), _("Row"), _("Column"), _("Why it stays out"), *headings]
    for row in report["refused"]:
        problems = [said(problem) for problem in row["problems"] if problem["refused"]]
        cells = {heading: text for heading, text in zip(row["headings"], row["texts"], strict=False) if heading}
        beyond = [text for heading, text in zip(row["headings"], row["texts"], strict=False) if not heading and text]
        beyond += [text for text in row["texts"][len(row["headings"]):] if text]
        yield [row["sheet"], row["row"], " ".join(dict.fromkeys(place(problem) for problem in problems)),
               " ".join(problem["sentence"] for problem in problems), *(cells.get(heading, "") for heading in headings), *beyond]


def place(problem):
    """A column as people name it: letter and heading."""
    return f"{problem['column']} {problem['heading']}".strip() if problem["heading"] != problem["column"] else problem["column"]


def reported_table(report):
    """Remarks on rows that go in all the same."""
    yield [_("Sheet"), _("Row"), _("Column"), _("Remark")]
    for problem in (said(problem) for problem in report["problems"] if not problem["refused"]):
        yield [problem["sheet"], problem["row"] or "", place(problem), problem["sentence"]]


def left_table(report):
    """Rows that are no visits."""
    yield [_("Sheet"), _("Row"), _("Why it is no visit"), _("Text")]
    for sheet, row, reason, text in report["skipped"]:
        yield [sheet, row, _(REASONS[reason]), text]


def as_csv(register):
    """(bytes, type, ending): the refused rows for a spreadsheet, no cell of which it would run."""
    out = io.StringIO()
    csv.writer(out).writerows([safe(cell) for cell in row] for row in refused_table(report_of(register)))
    return out.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", ".csv"


def as_workbook(register):
    """(bytes, type, ending): refused rows, remarks and rows left aside, a sheet each; every cell is text or a row's number."""
    report = report_of(register)
    book = openpyxl.Workbook(write_only=True)
    for title, rows in ((_("Refused rows"), refused_table(report)), (_("Remarks"), reported_table(report)), (_("No visits"), left_table(report))):
        sheet = book.create_sheet(title[:31])
        sheet.freeze_panes = "A2"
        for row in rows:
            sheet.append([cell if isinstance(cell, int) else written(sheet, cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), WORKBOOK, ".xlsx"


def written(sheet, text):
    """A cell that stays text, whatever it begins with."""
    cell = openpyxl.cell.WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", str(text))[:32_000])
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell
