"""Parameters in words: what one means, a value with its unit, where it holds, by which chapter it is read."""
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from config.web.templatetags import hk
from config.web.texts import Text
from staff.regulation import values

CHAPTERS = {"reception": gettext_lazy("Reception"), "complaints": gettext_lazy("Complaints"), "staff": gettext_lazy("Staff"),
            "performance": gettext_lazy("Performance"), "facilities": gettext_lazy("Facilities")}
ORIGINS = {"blank": gettext_lazy("left blank by the regulation"), "named": gettext_lazy("named by the regulation"),
           "vague": gettext_lazy("said vaguely by the regulation"), "inferred": gettext_lazy("follows from the regulation"),
           "own": gettext_lazy("needed by the house")}
ROOMS = {"reception.visits": gettext_lazy("Visits"), "reception.followups": gettext_lazy("Follow-ups"),
         "facilities.cleaning": gettext_lazy("Cleaning rounds"), "facilities.incidents": gettext_lazy("Incidents"),
         "performance.appraisals": gettext_lazy("Appraisals"),
         "staff.duties": gettext_lazy("What is due"), "staff.regulation": gettext_lazy("Organisation"),
         "staff.archive": gettext_lazy("Archive"), "staff.communication": gettext_lazy("Notices"), "staff.teamwork": gettext_lazy("Requests"),
         "staff.improvement": gettext_lazy("Improvement register"),
         "reception.customers": gettext_lazy("Customers"), "config.privacy": gettext_lazy("Customers")}
YEAR = 2025  # of a day of every year, where a whole date is asked for
COUNTED = {  # the unit behind a number; n is 1 or 2, for the plural
    "days": lambda n: ngettext("%(n)s day", "%(n)s days", n), "working_days": lambda n: ngettext("%(n)s working day", "%(n)s working days", n),
    "hours": lambda n: ngettext("%(n)s hour", "%(n)s hours", n), "working_hours": lambda n: ngettext("%(n)s working hour", "%(n)s working hours", n),
    "minutes": lambda n: ngettext("%(n)s minute", "%(n)s minutes", n),
    "working_minutes": lambda n: ngettext("%(n)s working minute", "%(n)s working minutes", n),
    "seconds": lambda n: ngettext("%(n)s second", "%(n)s seconds", n), "months": lambda n: ngettext("%(n)s month", "%(n)s months", n),
    "years": lambda n: ngettext("%(n)s year", "%(n)s years", n), "times": lambda n: ngettext("once", "%(n)s times", n),
    "persons": lambda n: ngettext("%(n)s person", "%(n)s persons", n), "points": lambda n: ngettext("%(n)s point", "%(n)s points", n),
    "periods": lambda n: ngettext("%(n)s period", "%(n)s periods", n), "rounds": lambda n: ngettext("%(n)s round", "%(n)s rounds", n),
    "calls": lambda n: ngettext("%(n)s telephone call", "%(n)s telephone calls", n), "rings": lambda n: ngettext("%(n)s ring", "%(n)s rings", n),
    "count": lambda n: ngettext("%(n)s complaint", "%(n)s complaints", n), "day_of_month": lambda _n: _("day %(n)s of the month"),
    "percent": lambda _n: _("%(n)s %%"), "factor": lambda _n: _("factor %(n)s"), "currency": lambda _n: _("%(n)s yuan"),
}
UNITS = {  # the same for the label of a field
    "days": pgettext_lazy("unit", "days"), "working_days": pgettext_lazy("unit", "working days"), "hours": pgettext_lazy("unit", "hours"),
    "working_hours": pgettext_lazy("unit", "working hours"), "minutes": pgettext_lazy("unit", "minutes"),
    "working_minutes": pgettext_lazy("unit", "working minutes"), "seconds": pgettext_lazy("unit", "seconds"),
    "months": pgettext_lazy("unit", "months"), "years": pgettext_lazy("unit", "years"), "times": pgettext_lazy("unit", "times"),
    "persons": pgettext_lazy("unit", "persons"), "points": pgettext_lazy("unit", "points"), "periods": pgettext_lazy("unit", "periods"),
    "rounds": pgettext_lazy("unit", "rounds"), "calls": pgettext_lazy("unit", "calls"), "rings": pgettext_lazy("unit", "rings"),
    "count": pgettext_lazy("unit", "complaints"), "day_of_month": pgettext_lazy("unit", "day of the month"),
    "percent": pgettext_lazy("unit", "per cent"), "factor": pgettext_lazy("unit", "factor"), "currency": pgettext_lazy("unit", "yuan"),
}


def meaning(key):
    """What a parameter is, in the reader's language."""
    return str(Text(values.definitions()[key]["meaning"]))


def used_by(rooms):
    """The names of the rooms whose code reads a parameter; a room without one is told by its chapter."""
    return ", ".join(dict.fromkeys(str(ROOMS.get(room) or CHAPTERS[room.split(".")[0]]) for room in rooms))


def named(parts):
    """The labels of parts, rows, columns or choices."""
    return [str(Text(part)) for part in parts]


def number(value):
    """A number the reader's way, without zeros that say nothing."""
    exact = Decimal(str(value)).normalize()
    return number_format(exact, decimal_pos=max(0, -exact.as_tuple().exponent), force_grouping=True)


def counted(unit, value):
    """A number with its unit."""
    if unit not in COUNTED:
        return number(value)
    return COUNTED[unit](1 if value == 1 else 2) % {"n": number(value)}


def shown(key, value):
    """A value of a parameter in words; a dash for none."""
    if value is None:
        return "—"
    row = values.definitions()[key]
    kind, unit = row["type"], row.get("unit", "")
    if kind in ("shares", "numbers"):
        return " / ".join(number(part) for part in value[:-1]) + " / " + counted(unit, value[-1])
    if kind == "table":
        return in_table(row, value)
    if kind == "weekday":
        return str(WEEKDAYS[value])
    if kind == "date":
        return hk.day(date.fromisoformat(f"{timezone.localdate().year}-{value}"))
    if kind == "span":
        return f"{value[0]} – {value[1]}"
    return str(value) if kind in ("text", "time") else counted(unit, value)


def brief(key, value):
    """A value as a list shows it: a table stands on the page of its parameter."""
    return _("a table") if values.definitions()[key]["type"] == "table" else shown(key, value)


def css(key):
    """The class of a cell with a value: figures are kept on a line, a table is text."""
    return "" if values.definitions()[key]["type"] == "table" else "num"


def in_table(row, value):
    """A table in one line: each row with its choices, as they are named."""
    names = {one["key"]: str(Text(one)) for one in row["choices"]}
    lines = []
    for one in row["rows"]:
        cell = value.get(one["key"], ())
        told = [cell.get(column["key"]) for column in row.get("columns", ())] if isinstance(cell, dict) else cell
        lines.append(f"{Text(one)} – {' / '.join(names.get(code, '—') for code in told) or '—'}")
    return " · ".join(lines)


def limits(key):
    """What may be entered, in words; '' where the field itself shows it."""
    row = values.definitions()[key]
    if row["type"] not in ("integer", "decimal", "percent", "money"):
        return ""
    low, high = row["range"]
    return _("%(low)s to %(high)s") % {"low": number(low), "high": counted(row.get("unit", ""), high)}


def place(hall, position):
    """Where a value holds."""
    if hall and position:
        return _("%(position)s in %(hall)s") % {"position": position, "hall": hall}
    return str(hall or position or _("Whole company"))
