"""`value(key, at, hall, position)`: the only way to read a number of the regulation (GEN-05, DESIGN section 5)."""
from functools import lru_cache
from pathlib import Path

import yaml
from django.db.models import Q

from staff.regulation.models import ParameterValue

FILE = Path(__file__).parent / "data" / "parameters.yaml"


class UnknownParameter(LookupError):
    """A key that parameters.yaml does not name: a bug in the caller."""


@lru_cache(maxsize=1)
def definitions():
    """Every parameter by key: {'default', 'unit', 'meaning', 'source'}."""
    return {row["key"]: row for row in yaml.safe_load(FILE.read_text(encoding="utf-8"))}


def value(key, at, hall=None, position=None):
    """The value of `key` on the day `at` (a date) for a hall and a position (instances or ids).

    Precedence: hall and position, position, hall, company; within one of them the newest valid-from not after `at`;
    without any row the default of parameters.yaml. Raises UnknownParameter.
    """
    return values_on(key, [at], hall, position)[at]


def values_on(key, days, hall=None, position=None):
    """{day: the value of `key` on it} of several days, as `value` says it, in one statement."""
    if key not in definitions():
        raise UnknownParameter(key)
    hall_id, position_id = getattr(hall, "pk", hall), getattr(position, "pk", position)
    rows = ParameterValue.objects.filter(
        Q(hall__isnull=True) | Q(hall=hall_id), Q(position__isnull=True) | Q(position=position_id), key=key)
    ranked = sorted(rows, key=lambda row: (row.position_id is not None, row.hall_id is not None, row.valid_from), reverse=True)
    default = definitions()[key]["default"]
    return {day: next((row.value for row in ranked if row.valid_from <= day), default) for day in days}
