"""A hall lives by the day of its own time zone: its tickets, its counter, its board (REC-02, REC-91)."""
from datetime import UTC, datetime

import pytest
import time_machine

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
