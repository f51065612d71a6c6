"""Each value of the regulation by which complaints go is changed once, and what the house does changes with it (GEN-05)."""
from datetime import timedelta

import pytest

from complaints.analysis import monthly
from complaints.handling import calls, escalating
from complaints.handling.people import House
from complaints.handling.services import clock, following, registering, timing
from complaints.intake import queries as intake
from config.errors import Refused
from config.web.periods import MONTH, Period
from staff.regulation import calendar
from staff.regulation.models import ParameterValue
from tests.complaints.acts import Walk, taken


@pytest.fixture
def says(cast):
    """`says("complaint_ack_hours", 5)`: the first hall has this value from a year ago on."""
    return lambda key, value: ParameterValue.objects.create(key=key, value=value, hall=cast.hall, valid_from=cast.today - timedelta(days=365))


def test_the_first_answer_is_due_by_the_hours_of_the_hall(cast, says):
    before = taken(cast).ack_due_at
    says("complaint_ack_hours", 5)
    assert taken(cast).ack_due_at > before


def test_the_severity_is_read_from_the_table_of_the_hall(cast, says):
    assert registering.severity_of("low", "low", cast.today, cast.hall) == "minor"
    rows = {one: dict.fromkeys(("low", "medium", "high"), "grave") for one in ("low", "medium", "high")}
    says("complaint_severity_matrix", rows)
    assert registering.severity_of("low", "low", cast.today, cast.hall) == "grave"


def test_the_usual_promise_is_the_working_days_of_its_severity(cast, says):
    before = clock.usual_promise("minor", cast.hall, cast.now)
    says("complaint_resolution_days", [5, 7, 15])
    assert clock.usual_promise("minor", cast.hall, cast.now) > before


def test_the_next_report_is_due_after_the_days_of_the_hall(cast, says):
    row = Walk(cast, taken(cast)).to("acknowledged")
    before = row.update_due_at
    says("complaint_update_days", 9)
    assert clock.recompute(cast.hall, reason="test", now=cast.now) == 1
    row.refresh_from_db()
    assert row.update_due_at > before


def test_more_time_is_asked_for_as_often_as_the_hall_allows(cast, says):
    says("complaint_max_extensions", 0)
    row = Walk(cast, taken(cast)).to("assigned")
    with pytest.raises(Refused, match="extended 0 times"):
        timing.ask_extension(cast.actor("agent"), row, days=1, reason="Parts", now=cast.now)


def test_after_the_rounds_of_the_hall_the_manager_decides(cast, says):
    says("complaint_max_rounds", 1)
    walk = Walk(cast, taken(cast))
    walk.to("proposed")
    with pytest.raises(Refused, match="1 rounds were talked over"):
        walk.adjusted()


def test_a_closed_complaint_is_opened_again_within_the_days_of_the_hall(cast, says):
    says("complaint_reopen_days", 0)
    row = Walk(cast, taken(cast)).to("closed_satisfied")
    with pytest.raises(Refused):
        following.reopen(cast.actor("manager"), row, reason="Again", now=row.closed_at + timedelta(days=2))


def test_written_down_late_is_what_took_more_than_the_minutes_of_the_hall(cast, says):
    row = taken(cast)
    row.received_at = row.registered_at - timedelta(minutes=40)
    assert intake.minutes_late(row) == 40
    says("complaint_register_minutes", 45)
    assert intake.minutes_late(row) == 0


def test_the_call_after_a_complaint_is_due_within_the_days_of_the_hall(cast, says):
    row = Walk(cast, taken(cast)).to("implemented")
    before = calls.due_of(row, House(cast.now, calendar.of))
    says("complaint_followup_days", 9)
    assert calls.due_of(row, House(cast.now, calendar.of)) > before


def test_what_is_late_goes_up_after_the_hours_of_the_hall(cast, says):
    row = taken(cast, now=cast.now - timedelta(days=3))
    before = len(escalating.steps(row, House(cast.now, calendar.of), cast.now))
    says("complaint_escalation_hours", 1)
    assert len(escalating.steps(row, House(cast.now, calendar.of), cast.now)) > before


def test_the_monthly_analysis_is_due_on_the_day_of_the_hall(cast, says):
    month = Period.of(MONTH, cast.today)
    before = monthly.due_at(cast.hall, month)
    says("analysis_due_day", 20)
    assert monthly.due_at(cast.hall, month) > before
