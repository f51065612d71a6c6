"""Values supposed for one computation: read everywhere as if they held, and nowhere else (FIELD 2.7 row 11)."""
import asyncio
import threading
from datetime import timedelta

import pytest
from django.db import close_old_connections, transaction

from staff.regulation import values
from staff.regulation.models import ParameterValue

WAIT, GREET = "visit_wait_target_minutes", "greeting_target_seconds"
DAY = timedelta(days=1)
DAYS = (-2, -1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 16, 19, 20, 22, 23)  # both sides of each border


@pytest.fixture
def dated(cast):
    """Values of the company and of a hall that begin and end around the next days."""
    def hold(value, day, *, hall=None, until=None):
        ParameterValue.objects.create(key=WAIT, value=value, hall=hall, valid_from=cast.today + day * DAY,
                                      valid_until=until and cast.today + until * DAY, reason="test")
    hold(12, 3)
    hold(14, 12)
    hold(8, 5, hall=cast.hall, until=15)
    hold(7, 20, hall=cast.hall)
    return cast


def every_way(cast):
    """{(hall, day): value} as each way to read says it; all of them say the same."""
    found, days = {}, [cast.today + n * DAY for n in DAYS]
    rows, default = values.steps(WAIT)[WAIT]
    for hall in (cast.hall, cast.other_hall):
        on = values.values_on(WAIT, days, hall)
        for day in days:
            said = values.value(WAIT, day, hall)
            by_steps = next((value for of, since, value in rows if of in (hall.pk, None) and since <= day), default)
            sql = ParameterValue.objects.annotate(found=values.value_in_sql(WAIT, day, hall)).values_list("found", flat=True)[0]
            assert (on[day], by_steps, sql) == (said, said, said), (hall, day)
            found[hall.pk, (day - cast.today).days] = said
    return found


@pytest.mark.parametrize(("first", "last"), [(-1, 2), (4, 6), (6, 13), (13, 22), (-2, 23)])
@pytest.mark.parametrize("own", [True, False])
def test_what_is_supposed_reads_as_if_it_stood_there_on_its_days(dated, own, first, last):
    before, hall = every_way(dated), dated.hall.pk if own else None
    with values.supposing((WAIT, 99, hall, dated.today + first * DAY, dated.today + last * DAY)):
        supposed = every_way(dated)
    has_own = {n for n in DAYS if 5 <= n <= 15 or n >= 20}
    for (of, day), value in supposed.items():
        mine = of == hall if own else of != dated.hall.pk or day not in has_own
        assert value == (99 if mine and first <= day <= last else before[of, day]), (of, day)
    assert 99 in supposed.values() and every_way(dated) == before


def test_a_position_of_its_own_stands_above_what_is_supposed(cast):
    position = cast.people["sales"].postings.get().position
    ParameterValue.objects.create(key=WAIT, value=3, position=position, valid_from=cast.today, reason="test")
    with values.supposing((WAIT, 99, cast.hall.pk, cast.today, cast.today)):
        assert values.value(WAIT, cast.today, cast.hall, position) == 3
        assert values.value(WAIT, cast.today, cast.hall) == 99


def test_nothing_is_left_of_it_after_an_exception(cast):
    with pytest.raises(ValueError, match="broken"), values.supposing((WAIT, 99, None, cast.today, cast.today)):
        assert values.value(WAIT, cast.today) == 99
        raise ValueError("broken")
    assert values.value(WAIT, cast.today) == 10 and not values.is_supposed(WAIT)


def test_one_inside_another_takes_its_place_and_gives_it_back(cast):
    with values.supposing((WAIT, 99, None, cast.today, cast.today)):
        with values.supposing((GREET, 5, None, cast.today, cast.today)):
            assert (values.value(WAIT, cast.today), values.value(GREET, cast.today)) == (10, 5)
        assert (values.value(WAIT, cast.today), values.value(GREET, cast.today)) == (99, 60)


def test_another_thread_and_another_task_know_nothing_of_it(cast):
    heard, both = {}, asyncio.Barrier(2)

    def elsewhere():
        heard["thread"] = values.is_supposed(WAIT)
        close_old_connections()

    async def supposing(key):
        with values.supposing((key, 99, None, cast.today, cast.today)):
            await both.wait()
            return [one for one in (WAIT, GREET) if values.is_supposed(one)]

    async def tasks():
        return await asyncio.gather(supposing(WAIT), supposing(GREET))

    with values.supposing((WAIT, 99, None, cast.today, cast.today)):
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
    assert heard == {"thread": False}
    assert asyncio.run(tasks()) == [[WAIT], [GREET]]


def test_nothing_is_written_while_values_are_supposed(cast):
    supposing = values.supposing((WAIT, 99, None, cast.today, cast.today))
    with pytest.raises(RuntimeError, match="Nothing is written"), transaction.atomic(), supposing:
        ParameterValue.objects.create(key=WAIT, value=99, valid_from=cast.today, reason="test")
    assert not ParameterValue.objects.filter(key=WAIT).exists()
