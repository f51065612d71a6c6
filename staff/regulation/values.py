"""`value(key, at, hall, position)`: the only way to read a number of the regulation (GEN-05, DESIGN section 5)."""
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import yaml
from django.db import connection
from django.db.models import F, FloatField, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from config import prepared
from staff.regulation.models import ParameterValue

FILE = Path(__file__).parent / "data" / "parameters.yaml"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same in C, ten times as quick, where yaml was built with it
DAY = timedelta(days=1)
CHANGING = ("INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "TRUNCATE")
_supposed = ContextVar("supposed", default=())  # values that hold in this computation alone: rows that were never saved


class UnknownParameter(LookupError):
    """A key that parameters.yaml does not name: a bug in the caller."""


@lru_cache(maxsize=1)
def definitions():
    """Every parameter by key, as parameters.yaml describes it: meaning, type, unit, range, default, source, chapter …"""
    rows = yaml.load(FILE.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe loader
    return {row["key"]: row | {"default": exact(row["default"])} for row in rows}


def exact(value):
    """A value as it is counted with: a number with digits behind the point as the Decimal that was typed."""
    if isinstance(value, float):
        return Decimal(repr(value))
    return [exact(part) for part in value] if isinstance(value, list) else value


def several(keys, at, hall=None, position=None):
    """{key: value} of these keys on the day `at` (a date) for a hall and a position (instances or ids), in one statement.

    Precedence: hall and position, position, hall, company; within one of them the newest valid-from not after `at`, unless it has ended;
    without any row the default of parameters.yaml. Raises UnknownParameter.
    """
    if unknown := [key for key in keys if key not in definitions()]:
        raise UnknownParameter(unknown[0])
    hall_id, position_id = getattr(hall, "pk", hall), getattr(position, "pk", position)
    rows = prepared.rows(("parameters", *keys, hall_id is None, position_id is None),
                         lambda: deciding(keys, prepared.DAY, hall_id and prepared.HALL, position_id and prepared.PK),
                         hall=hall_id, pk=position_id, day=at)
    return decided(keys, [(row.key, row.value) for row in supposed_on(at, keys, hall_id, list(rows))])


def deciding(keys, at, hall=None, position=None):
    """The rows of these keys that may give a value on the day `at`, the deciding one of a key first."""
    return candidates(hall, position).filter(running(at), key__in=keys)


def decided(keys, rows):
    """{key: value} out of `deciding` as (key, value); without any row the default."""
    return {key: definitions()[key]["default"] for key in keys} | {key: exact(value) for key, value in reversed(rows)}


def value(key, at, hall=None, position=None):
    """The value of one key, as `several` finds it."""
    return several([key], at, hall, position)[key]


def values_on(key, days, hall=None, position=None):
    """{day: the value of `key` on it} of several days, as `value` says it, in one statement."""
    if key not in definitions():
        raise UnknownParameter(key)
    ranked, default, hall_id = list(candidates(hall, position).filter(key=key)), definitions()[key]["default"], getattr(hall, "pk", hall)
    return {day: next((exact(row.value) for row in supposed_on(day, [key], hall_id, ranked) if row.holds_on(day)), default) for day in days}


def value_in_sql(key, at, hall=None):
    """The value of a key that is a number, for use within a statement that compares with it."""
    found, default = candidates(hall).filter(running(at), key=key), definitions()[key]["default"]
    for one in supposed_on(at, [key], getattr(hall, "pk", hall), []):
        found, default = found.filter(hall__isnull=False) if one.hall_id is None else found.none(), exact(one.value)
    return Coalesce(Cast(Subquery(found.values("value")[:1]), FloatField()), Value(float(default)))


def candidates(hall=None, position=None):
    """The rows that may give a value in a hall and a position, the deciding one first."""
    hall_id, position_id = getattr(hall, "pk", hall), getattr(position, "pk", position)
    rows = ParameterValue.objects.filter(Q(hall__isnull=True) | Q(hall=hall_id), Q(position__isnull=True) | Q(position=position_id))
    return rows.order_by(F("position").asc(nulls_last=True), F("hall").asc(nulls_last=True), "-valid_from")


def running(at):
    """The condition on rows that they hold on the day `at`."""
    return Q(valid_from__lte=at) & (Q(valid_until__isnull=True) | Q(valid_until__gte=at))


def steps(*keys):
    """{key: ([(hall id or None, valid from, value)], default)} of several keys in one statement, for queries that judge many records at once:
    the first row that is of a record's hall or of the company and not after its day is its value. Values for positions are left out.
    """
    rows = ParameterValue.objects.filter(key__in=keys, position__isnull=True).order_by(F("hall").asc(nulls_last=True), "-valid_from")
    rows, found = supposed_over_time(keys, list(rows)), {}
    for key in keys:
        default, mine = definitions()[key]["default"], [row for row in rows if row.key == key]
        company = [(row.valid_from, exact(row.value)) for row in mine if row.hall_id is None]
        found[key] = [], default
        for hall, own in groupby((row for row in mine if row.hall_id), key=lambda row: row.hall_id):
            found[key][0].extend((hall, since, value) for since, value in of_one_hall(list(own), company, default))
        found[key][0].extend((None, since, value) for since, value in company)
    return found


def of_one_hall(own, company, default):
    """[(valid from, value)] of a hall with these rows of its own, the newest first: where one of them ends, the company's values go on."""
    found, later = [], None
    for row in own:
        back = row.valid_until and row.valid_until + DAY
        if back and (later is None or back < later):
            found += [(since, value) for since, value in company if since > back and (later is None or since < later)]
            found.append((back, next((value for since, value in company if since <= back), default)))
        found.append((row.valid_from, exact(row.value)))
        later = row.valid_from
    return found


@contextmanager
def supposing(*suppositions):
    """Within it, and in this computation alone, these values hold: (key, value, hall id or None for the company, first day, last day).

    Each stands where a row of that place would stand, on those days and no others: a hall's own values still stand above the company's. It is
    for reading; what would change the database inside it raises RuntimeError. One inside another takes its place.
    """
    rows = tuple(ParameterValue(key=key, value=value, hall_id=hall, valid_from=first, valid_until=last) for key, value, hall, first, last in suppositions)
    token = _supposed.set(rows)
    try:
        with connection.execute_wrapper(only_reading):
            yield
    finally:
        _supposed.reset(token)


def only_reading(execute, sql, params, many, context):
    """Send a statement that reads."""
    if sql.lstrip().upper().startswith(CHANGING):
        raise RuntimeError("Nothing is written while values are supposed.")
    return execute(sql, params, many, context)


def is_supposed(key):
    """Whether a value of this key is supposed at present."""
    return any(one.key == key for one in _supposed.get())


def supposed_on(day, keys, hall_id, rows):
    """The rows that may give values in a hall on a day, the deciding one first, with what is supposed in the place of those of the same place."""
    told = [one for one in _supposed.get() if one.key in keys and one.holds_on(day) and one.hall_id in (None, hall_id)]
    if not told:
        return rows
    hidden = {(one.key, one.hall_id) for one in told}
    rows = [row for row in rows if row.position_id or (row.key, row.hall_id) not in hidden] + told
    return sorted(rows, key=lambda row: (row.position_id is None, row.hall_id is None))


def supposed_over_time(keys, rows):
    """The rows of `steps`, in its order, with what is supposed on its days; afterwards what held goes on."""
    told = [one for one in _supposed.get() if one.key in keys]
    for one in told:
        same = [row for row in rows if (row.key, row.hall_id) == (one.key, one.hall_id)]
        after = one.valid_until + DAY
        following = next((row for row in same if row.holds_on(after)), None)
        rows = [row for row in rows if row not in same or row.valid_from > after or row.valid_from < one.valid_from] + [one]
        if following or one.hall_id is None:
            value, until = (following.value, following.valid_until) if following else (definitions()[one.key]["default"], None)
            rows.append(ParameterValue(key=one.key, value=value, hall_id=one.hall_id, valid_from=after, valid_until=until))
    return sorted(rows, key=lambda row: (row.hall_id is None, row.hall_id or 0, -row.valid_from.toordinal())) if told else rows
