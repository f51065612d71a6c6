"""Handovers of a shift for screens."""
from dataclasses import dataclass
from datetime import datetime

from config.contributions import handovers, records
from staff.duties.shift_handovers.models import ShiftHandover

NAMES = ("hall", "post", "giver", "taker")


@dataclass(frozen=True)
class Line:
    """One line as a person reads it: the text, where it leads for who may go there, and since when."""

    text: str
    address: str
    since: datetime | None


def for_list(user):
    """The handovers in reach with the names that a row shows."""
    return ShiftHandover.objects.visible_to(user).select_related(*NAMES)


def told(lines, user):
    """[(label, [Line])] of what the rooms told, in the order of the page, for one reader; one statement a kind of record."""
    resolved = records.resolve([(line.get("kind"), line.get("id")) for rows in lines.values() for line in rows], user)
    known = [(one, lines[one.key]) for one in handovers.in_order() if one.key in lines]
    return [(one.label, [_line(one, line, resolved.get((line.get("kind"), line.get("id")))) for line in rows]) for one, rows in known]


def _line(one, line, resolved):
    since = datetime.fromisoformat(line["since"]) if line.get("since") else None
    return Line(str(one.tell(line)), resolved.address if resolved else "", since)


def may_take(handover, employee):
    """Whether this person may confirm that they took over."""
    return bool(employee and handover.taken_at is None and handover.giver_id != employee.pk and employee.state == employee.State.ON_DUTY)


def count_of(handover):
    """How many open matters a handover names."""
    return sum(map(len, handover.lines.values()))
