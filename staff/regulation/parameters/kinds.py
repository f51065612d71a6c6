"""What a value of a parameter may be: its type and range, and the parameters that only make sense together. Pure rules over parameters.yaml.

Types: `integer`, `decimal`, `percent` (points of a hundred, as the regulation writes them), `money` (yuan), `time` ("09:00"), `span` of time
(["09:00", "20:00"]), `weekday` (0 is Monday), `date` of every year ("01-15"), `text`, `numbers` and `shares` (a list, one number for each of
`parts`; shares add up to `total`), `table` ({row: {column: choice}}, or {row: [choices]} where `many`).
"""
import re
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from django.utils.translation import gettext as _

from staff.regulation import values
from staff.regulation.parameters import words

NUMBERS = ("decimal", "percent", "money")
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
DIGITS = Decimal("0.01")
WHOLE = 100  # per cent
NO_LEAP_YEAR = 2025


def of(key):
    """The description of a parameter; raises UnknownParameter."""
    if key not in values.definitions():
        raise values.UnknownParameter(key)
    return values.definitions()[key]


def together(key):
    """The keys that change together with this one, in the order of the file: weights that add up, shares inside them, falling bounds."""
    row = of(key)
    if row["type"] == "shares" and row["total"] in values.definitions():
        return together(row["total"])
    for bond in ("whole", "falling"):
        if bond in row:
            bound = [one for one, other in values.definitions().items() if other.get(bond) == row[bond]]
            return bound + [one for one, other in values.definitions().items() if other.get("total") in bound]
    return [key]


def whole_of(key):
    """The name of the whole of which this parameter is a part, all parts together being 100 per cent; '' for what is no weight."""
    row = of(key)
    if row["type"] != "shares":
        return row.get("whole", "")
    return key if row["total"] == WHOLE else f"{of(row['total'])['whole']}, inside"


def stored(value):
    """A value as JSON keeps it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return [stored(part) for part in value] if isinstance(value, list) else value


def problem(key, value):
    """What is wrong with a value by its type and range, as a sentence; '' for nothing."""
    row = of(key)
    return CHECKS[row["type"]](row, value)


def problem_together(asked):
    """What is wrong with these values side by side, as (key, sentence); None for nothing. `asked` holds every key that changes together."""
    for key, value in asked.items():
        row = of(key)
        if row["type"] == "shares":
            total = asked[row["total"]] if row["total"] in asked else row["total"]
            if sum(value) != total:
                return key, _("The shares of “%(what)s” add up to %(sum)s %%. Make them %(total)s %%.") % {
                    "what": words.meaning(key), "sum": words.number(sum(value)), "total": words.number(total)}
    weights = [key for key in asked if "whole" in of(key)]
    if weights and sum(asked[key] for key in weights) != WHOLE:
        return weights[-1], _("The weights add up to %(sum)s %%. Make them 100 %%.") % {"sum": words.number(sum(asked[key] for key in weights))}
    for above, below in pairwise([key for key in asked if "falling" in of(key)]):
        if asked[below] > asked[above]:
            return below, _("“%(below)s” is above “%(above)s”. Lower it.") % {"below": words.meaning(below), "above": words.meaning(above)}
    return None


def _integer(row, value):
    if not isinstance(value, int) or isinstance(value, bool):
        return _("“%(what)s” is no whole number. Enter it in figures.") % {"what": words.meaning(row["key"])}
    return _bounds(row, value)


def _number(row, value):
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return _("“%(what)s” is no number. Enter it in figures.") % {"what": words.meaning(row["key"])}
    try:
        kept = Decimal(str(value)).quantize(DIGITS) == Decimal(str(value))
    except InvalidOperation:
        kept = False
    return _bounds(row, value) if kept else _("“%(what)s” has more digits than are kept. Shorten the number.") % {"what": words.meaning(row["key"])}


def _bounds(row, value):
    low, high = row["range"]
    if low <= value <= high:
        return ""
    return _("“%(what)s” lies between %(low)s and %(high)s. Enter such a number.") % {
        "what": words.meaning(row["key"]), "low": words.number(low), "high": words.number(high)}


def _text(row, value):
    if isinstance(value, str) and row["range"][0] <= len(value.strip()) <= row["range"][1]:
        return ""
    return _("“%(what)s” has between %(low)s and %(high)s characters. Write such a text.") % {
        "what": words.meaning(row["key"]), "low": row["range"][0], "high": row["range"][1]}


def _time(row, value):
    return "" if _is_clock(value) else _("“%(what)s” cannot be read. Enter the time as hours and minutes, such as 14:05.") % {
        "what": words.meaning(row["key"])}


def _is_clock(value):
    return isinstance(value, str) and bool(CLOCK.fullmatch(value))


def _span(row, value):
    if not (isinstance(value, list) and len(value) == 2 and all(map(_is_clock, value))):
        return _time(row, None)
    return "" if value[0] < value[1] else _("“%(what)s” ends before it begins. Correct one of the two times.") % {"what": words.meaning(row["key"])}


def _weekday(row, value):
    return "" if value in range(7) and not isinstance(value, bool) else _("“%(what)s” is no weekday. Choose one.") % {"what": words.meaning(row["key"])}


def _date(row, value):
    try:
        read = date.fromisoformat(f"{NO_LEAP_YEAR}-{value}")
    except ValueError:
        read = None
    return "" if read and f"{read:%m-%d}" == value else _("“%(what)s” is no day of every year. Enter a day such as 01-15.") % {
        "what": words.meaning(row["key"])}


def _list(row, value):
    if not isinstance(value, list) or len(value) != len(row["parts"]):
        return _("“%(what)s” has %(n)d figures. Enter each of them.") % {"what": words.meaning(row["key"]), "n": len(row["parts"])}
    check = _integer if row["type"] == "numbers" else _number
    return next(filter(None, (check(row, part) for part in value)), "")


def _table(row, value):
    rows, columns, choices = ([one["key"] for one in row.get(name, ())] for name in ("rows", "columns", "choices"))
    whole = isinstance(value, dict) and set(value) == set(rows)
    if row.get("many"):
        whole = whole and all(isinstance(cell, list) and all(one in choices for one in cell) for cell in value.values())
    else:
        whole = whole and all(isinstance(line, dict) and set(line) == set(columns) and all(one in choices for one in line.values())
                              for line in value.values())
    return "" if whole else _("“%(what)s” is a table with a choice in each place. Choose one everywhere.") % {"what": words.meaning(row["key"])}


CHECKS = {"integer": _integer, "text": _text, "time": _time, "span": _span, "weekday": _weekday, "date": _date, "numbers": _list, "shares": _list,
          "table": _table, **dict.fromkeys(NUMBERS, _number)}
