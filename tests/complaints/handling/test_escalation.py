"""SCH-17: what is late goes up the ladder, each step once, past whom it is about (CMP-06, CMP-11, RELIABILITY section 3)."""
import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from complaints.handling import escalating, states, telling
from complaints.handling.facts import ComplaintEntry
from complaints.handling.models import Complaint
from complaints.handling.services import routing, timing
from staff.notifications.models import Notification
from tests.complaints.acts import taken, walk_to

HOUR = timedelta(hours=1)
GRAVE = {"impact": "high", "urgency": "high"}  # its solution is due in weeks, so that the first answer alone is late


def up(row):
    """[to whom] it went, in the order of the steps."""
    return [line.to.user.username for line in row.entries.filter(kind=ComplaintEntry.Kind.ESCALATED).select_related("to__user").order_by("pk")]


def told(kind="complaint-escalated"):
    """[who] was told of a kind."""
    return [one.user.username for one in Notification.objects.filter(kind=kind).select_related("user").order_by("pk")]


@pytest.mark.req("CMP-06")
def test_a_first_answer_that_is_late_is_told_to_the_supervisor_then_the_manager_then_those_above(cast, client_as):
    row = taken(cast, now=cast.now, **GRAVE)
    late = row.ack_due_at + timedelta(minutes=1)
    assert escalating.escalate(row.ack_due_at - timedelta(minutes=1)) == 0
    assert [escalating.escalate(late) for _twice in range(2)] == [1, 0] and up(row) == told() == ["supervisor"]
    row.refresh_from_db()
    assert (row.level, row.escalated_to, row.escalated_at) == (1, cast.people["supervisor"], late)
    for day, whom in enumerate(("manager", "department", "general"), start=1):
        assert escalating.escalate(late + day * 24 * HOUR) == 1 and up(row)[-1] == whom
    assert escalating.escalate(late + 4 * 24 * HOUR) == 0 and up(row) == told() == ["supervisor", "manager", "department", "general"]
    assert "The first answer was not given in time." in client_as("manager").get(reverse("complaint", args=[row.pk])).content.decode()


def test_days_without_a_clock_are_caught_up_each_step_once(cast):
    row = taken(cast, now=cast.now, **GRAVE)
    assert escalating.escalate(row.ack_due_at + 73 * HOUR) == 1
    assert up(row) == told() == ["supervisor", "manager", "department", "general"]
    assert escalating.escalate(row.ack_due_at + 74 * HOUR) == 0


def test_a_superior_complained_about_is_passed_over_and_told_nothing(cast):
    row = taken(cast, now=cast.now, **GRAVE, people=[(cast.people["manager"], True)])
    escalating.escalate(row.ack_due_at + 25 * HOUR)
    assert up(row) == told() == ["supervisor", "department"]
    assert not Notification.objects.filter(user=cast.user("manager")).exists()


def test_what_was_answered_goes_no_higher_and_a_later_breach_begins_below_again(cast):
    walk = walk_to(cast, states.REGISTERED)
    escalating.escalate(walk.row.ack_due_at + HOUR)
    walk.now = walk.row.ack_due_at + HOUR
    walk.to(states.ASSIGNED)
    assert escalating.escalate(walk.now + HOUR) == 0
    walk.row.refresh_from_db()
    assert escalating.escalate(walk.row.update_due_at + HOUR) == 1
    assert up(walk.row) == ["supervisor", "supervisor"] and Complaint.objects.get().level == 1
    timing.tell(cast.actor("agent"), walk.row, method="phone", text="We are at it", now=walk.row.update_due_at + 2 * HOUR)
    assert escalating.escalate(walk.row.update_due_at + 3 * HOUR) == 0


def test_while_the_clock_rests_nothing_goes_up(cast):
    walk = walk_to(cast, states.ASSIGNED)
    timing.pause(cast.actor("agent"), walk.row, reason="Waiting", evidence="Message", now=walk.tick())
    assert escalating.escalate(cast.now + 900 * HOUR) == 0 and up(walk.row) == []


def statements(act):
    """How many statements it takes."""
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen)


def test_many_late_ones_cost_no_more_to_look_at_than_one(cast):
    taken(cast, now=cast.now, **GRAVE)
    late = Complaint.objects.get().ack_due_at + HOUR
    escalating.escalate(late)
    one = statements(lambda: escalating.escalate(late + HOUR))
    for _n in range(4):
        taken(cast, now=cast.now, **GRAVE)
    assert escalating.escalate(late) == 4 and statements(lambda: escalating.escalate(late + HOUR)) <= one + 1


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_after_three_days_write_each_step_once(cast):
    rows = [taken(cast, now=cast.now, **GRAVE) for _n in range(3)]
    late = rows[0].ack_due_at + 73 * HOUR

    def clock():
        try:
            escalating.escalate(late)
        finally:
            connections.close_all()

    clocks = [threading.Thread(target=clock) for _two in range(2)]
    for one in clocks:
        one.start()
    for one in clocks:
        one.join()
    escalating.escalate(late)
    assert [up(row) for row in rows] == [["supervisor", "manager", "department", "general"]] * 3
    assert len(told()) == 12


def test_shortly_before_a_limit_who_handles_it_is_reminded_once(cast):
    row = taken(cast, now=cast.now, **GRAVE)
    soon = row.ack_due_at - timedelta(minutes=10)
    assert telling.remind(row.ack_due_at - HOUR) == 0
    assert [telling.remind(soon) for _twice in range(2)] == [1, 0] and told(telling.SOON) == ["agent"]


def test_each_event_is_told_once_to_whom_it_concerns_and_never_to_whom_it_is_about(cast):
    walk = walk_to(cast, states.ASSIGNED, people=[(cast.people["sales"], True)])
    assert told(telling.ASSIGNED) == ["agent"]
    timing.urge(cast.actor("supervisor"), walk.row, text="Soon please", now=walk.tick())
    assert told(telling.URGED) == ["agent"]
    timing.customer_word(cast.actor("reception"), walk.row, text="Still waiting", channel="phone", now=walk.tick())
    assert told(telling.SPOKE) == ["agent"]
    timing.ask_extension(cast.actor("agent"), walk.row, days=2, reason="Spare part", now=walk.tick())
    timing.decide_extension(cast.actor("manager"), walk.row, granted=True, text="Until Friday", method="phone", now=walk.tick())
    assert told(telling.EXTENDED) == ["agent"]
    assert not Notification.objects.filter(user=cast.user("sales"), kind__startswith="complaint").exists()


def test_what_one_wrote_down_oneself_is_told_to_the_others_of_customer_service(cast):
    taken(cast, by="reception")
    assert told(telling.REGISTERED) == ["agent"]
    taken(cast, by="agent")
    assert told(telling.REGISTERED) == ["agent"]


def test_an_escalated_complaint_goes_on_as_before(cast):
    row = taken(cast, now=cast.now, **GRAVE)
    escalating.escalate(row.ack_due_at + HOUR)
    routing.acknowledge(cast.actor("agent"), row, method="phone", text="Sorry", now=row.ack_due_at + 2 * HOUR)
    row.refresh_from_db()
    assert row.state == states.ACKNOWLEDGED and row.version > 1
