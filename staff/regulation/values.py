"""`value(key, at, hall, position)`: the only way to read a number of the regulation (GEN-05, DESIGN section 5)."""
from functools import lru_cache
from pathlib import Path

import yaml
from django.db.models import F, FloatField, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from config import prepared
from staff.regulation.models import ParameterValue

FILE = Path(__file__).parent / "data" / "parameters.yaml"


class UnknownParameter(LookupError):
    """A key that parameters.yaml does not name: a bug in the caller."""


@lru_cache(maxsize=1)
def definitions():
    """Every parameter by key: {'default', 'unit', 'meaning', 'source'}."""
    return {row["key"]: row for row in yaml.safe_load(FILE.read_text(encoding="utf-8"))}


def several(keys, at, hall=None, position=None):
    """{key: value} of these keys on the day `at` (a date) for a hall and a position (instances or ids), in one statement.

    Precedence: hall and position, position, hall, company; within one of them the newest valid-from not after `at`;
    without any row the default of parameters.yaml. Raises UnknownParameter.
    """
    if unknown := [key for key in keys if key not in definitions()]:
        raise UnknownParameter(unknown[0])
    hall_id, position_id = getattr(hall, "pk", hall), getattr(position, "pk", position)
    rows = prepared.rows(("parameters", *keys, hall_id is None, position_id is None),
                         lambda: deciding(keys, prepared.DAY, hall_id and prepared.HALL, position_id and prepared.PK),
                         hall=hall_id, pk=position_id, day=at)
    return decided(keys, [(row.key, row.value) for row in rows])


def deciding(keys, at, hall=None, position=None):
    """The rows of these keys that may give a value on the day `at`, the deciding one of a key first."""
    return candidates(hall, position).filter(key__in=keys, valid_from__lte=at)


def decided(keys, rows):
    """{key: value} out of `deciding` as (key, value); without any row the default."""
    return {key: definitions()[key]["default"] for key in keys} | dict(reversed(rows))


def value(key, at, hall=None, position=None):
    """The value of one key, as `several` finds it."""
    return several([key], at, hall, position)[key]


def values_on(key, days, hall=None, position=None):
    """{day: the value of `key` on it} of several days, as `value` says it, in one statement."""
    if key not in definitions():
        raise UnknownParameter(key)
    ranked, default = list(candidates(hall, position).filter(key=key)), definitions()[key]["default"]
    return {day: next((row.value for row in ranked if row.valid_from <= day), default) for day in days}


def value_in_sql(key, at, hall=None):
    """The value of a key that is a number, for use within a statement that compares with it."""
    found = candidates(hall).filter(key=key, valid_from__lte=at).values("value")[:1]
    return Coalesce(Cast(Subquery(found), FloatField()), Value(float(definitions()[key]["default"])))


def candidates(hall=None, position=None):
    """The rows that may give a value in a hall and a position, the deciding one first."""
    hall_id, position_id = getattr(hall, "pk", hall), getattr(position, "pk", position)
    rows = ParameterValue.objects.filter(Q(hall__isnull=True) | Q(hall=hall_id), Q(position__isnull=True) | Q(position=position_id))
    return rows.order_by(F("position").asc(nulls_last=True), F("hall").asc(nulls_last=True), "-valid_from")
def steps(*keys):
    """{key: ([(hall id or None, valid from, value)], default)} of several keys in one statement, for queries that judge many records at once:
    the first row that is of a record's hall or of the company and not after its day is its value. Values for positions are left out.
    """
    rows = ParameterValue.objects.filter(key__in=keys, position__isnull=True).order_by(F("hall").asc(nulls_last=True), "-valid_from")
    found = {key: ([], definitions()[key]["default"]) for key in keys}
    for row in rows:
        found[row.key][0].append((row.hall_id, row.valid_from, row.value))
    return found
