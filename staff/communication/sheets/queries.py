"""Duty sheets for screens: their lines with the pages that carry them out, who holds a position, who has read (STF-03)."""
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import NoReverseMatch, resolve, reverse

from config.accounts.access import SIGNED_IN, may
from config.contributions.navigation import ENTRIES
from staff.communication.sheets.models import DutyLine, SheetReading
from staff.organisation.matrix import matrix
from staff.organisation.models import Assignment, Employee, Posting


@dataclass(frozen=True)
class Line:
    """A line as a viewer reads it: `address` of the page that carries it out and what that is called, '' where it is none of theirs."""

    line: DutyLine
    number: int
    address: str
    label: str


def lines_of(sheet, user):
    """{kind: [Line]} of a sheet, duties first, numbered from one in each kind."""
    found = {kind: [] for kind in DutyLine.Kind.values}
    for line in DutyLine.objects.filter(sheet=sheet):
        found[line.kind].append(Line(line, len(found[line.kind]) + 1, *page_of(line.page, user)))
    return found


def page_of(name, user):
    """(address, label) of a page for who may open it; two empty texts else."""
    try:
        address = reverse(name) if name else ""
    except NoReverseMatch:
        return "", ""
    page = getattr(resolve(address).func, "view_class", None) if address else None
    if page is None or not (page.capability == SIGNED_IN or may(user, page.capability)):
        return "", ""
    entry = next((one for one in ENTRIES.all() if one.page == name), None)
    return address, str(entry.label) if entry else str(getattr(page, "title", "") or "")


def pages():
    """The pages that a line may name: the entries of the side column, as [(name, label)]."""
    return [(entry.page, entry.label) for entry in ENTRIES.all()]


def holders(sheet, day):
    """The postings of the people who hold the position of a sheet on `day` and can confirm it: with an account, and a role that reads."""
    roles = [role for role, cells in matrix().items() if "notices" in cells]
    running = Assignment.objects.filter(employee=OuterRef("employee"), starts_on__lte=day).exclude(ends_on__lt=day)
    return (Posting.objects.on(day).filter(position=sheet.position_id, employee__in=Employee.objects.employed_on(day).exclude(state=Employee.State.LEFT))
            .filter(Exists(running.filter(role__in=roles)), employee__user__is_active=True).select_related("hall", "employee"))


def for_list(user):
    """The readings that hold, in reach, with the names that a row shows."""
    return SheetReading.objects.visible_to(user).holding().select_related("employee", "sheet__position")
