"""A hall lives by the day of its own time zone: its tickets, its counter, its board (REC-02, REC-91)."""
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from reception.visits import queries, queue, services
from staff.organisation.models import Hall, Post


@pytest.fixture
def far_hall(cast):
    """The first hall in a zone where it is still yesterday while the house's own clock shows the morning."""
    Hall.objects.filter(pk=cast.hall.pk).update(timezone="America/New_York")
    cast.hall.refresh_from_db()
    return cast.hall


def test_visit_ticket_call_and_board_are_of_the_halls_own_day(cast, far_hall):
    moment = datetime.combine(cast.today, datetime.min.time(), UTC).replace(hour=1)
    assert far_hall.day_of(moment) < cast.today
    cast.people["sales"].shifts.update(starts_at=moment.replace(hour=0), ends_at=moment.replace(hour=4))
    with time_machine.travel(moment, tick=False):
        visit = services.log_visit(cast.actor("reception"), hall=far_hall, purpose=cast.purposes["see-products"], now=moment)
        assert visit.legs.get().day == far_hall.day_of(moment)
        assert visit in queries.board(far_hall, cast.user("reception"), moment).waiting
        called = queue.call_next(cast.actor("sales"), hall=far_hall, post=cast.posts["sales", Post.Kind.COUNTER], employee=cast.people["sales"], now=moment)
        assert called == visit.legs.get()


@pytest.mark.parametrize("of_hall", [False, True])
def test_the_list_of_a_day_is_of_the_halls_own_day_with_and_without_the_hall_chosen(cast, far_hall, client_as, of_hall):
    day = cast.today - timedelta(days=3)
    begins = datetime.combine(day, datetime.min.time(), ZoneInfo(far_hall.timezone))
    at = {name: cast.visit_for(arrived_at=begins + after) for name, after in (
        ("before", -timedelta(seconds=1)), ("first", timedelta()), ("last", timedelta(hours=23, minutes=59)), ("after", timedelta(days=1)))}
    asked = {"since": day, "until": day, **({"hall": far_hall.pk} if of_hall else {})}
    rows = client_as("manager").get(reverse("visits"), asked).context["page"].rows
    assert [name for name, visit in at.items() if visit in rows] == ["first", "last"]
