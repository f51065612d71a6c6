"""`value`: hall and position before position before hall before company, by the day (GEN-05)."""
from datetime import timedelta
from itertools import combinations

import pytest

from staff.organisation.models import Position
from staff.regulation.models import ParameterValue
from staff.regulation.values import UnknownParameter, definitions, value

KEY = "visit_wait_target_minutes"


def enter(cast, number, *, hall=None, position=None, days_ago=1):
    """A value for somebody from a day on."""
    ParameterValue.objects.create(key=KEY, value=number, hall=hall, position=position, valid_from=cast.today - timedelta(days=days_ago), reason="test")


def test_without_any_row_the_default_of_the_file_holds(cast):
    assert value(KEY, cast.today, cast.hall) == definitions()[KEY]["default"] == 10


@pytest.mark.parametrize("present", [set(rows) for size in range(1, 5) for rows in combinations(range(4), size)])
def test_the_narrower_row_wins(cast, present):
    position = Position.objects.get(code="salesperson")
    anchors = [{}, {"hall": cast.hall}, {"position": position}, {"hall": cast.hall, "position": position}]  # the later, the narrower
    for rank in present:
        enter(cast, rank, **anchors[rank])
    assert value(KEY, cast.today, cast.hall, position) == max(present)
    assert value(KEY, cast.today, cast.other_hall) == (0 if 0 in present else 10)


def test_a_day_is_judged_by_the_value_of_that_day(cast):
    enter(cast, 5, days_ago=30)
    enter(cast, 7, days_ago=10)
    enter(cast, 9, days_ago=-10)
    ago = {days: value(KEY, cast.today - timedelta(days=days)) for days in (31, 30, 11, 10, 0, -10)}
    assert ago == {31: 10, 30: 5, 11: 5, 10: 7, 0: 7, -10: 9}


def test_an_unknown_key_is_a_mistake_of_the_code(db, cast):
    with pytest.raises(UnknownParameter):
        value("visit_wait_target", cast.today)
