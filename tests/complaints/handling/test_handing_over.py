"""What leaves with a shift or a person goes on with somebody else, never with whom it is about; limits follow a calendar that changes (CMP-07, CMP-11,
FIELD 2.3 row 11)."""
from datetime import timedelta

import pytest

from complaints.handling import handovers, recomputing, states, turns
from complaints.handling.facts import ComplaintDeadline
from complaints.handling.holdings import give_complaints, give_parts, handled
from complaints.handling.models import Complaint
from complaints.handling.services import investigating
from complaints.handling.solving import SolutionMeasure
from config.contributions.holdings import HOLDINGS
from config.jobs.models import Job
from config.jobs.services import take_step
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.regulation.calendars import services as calendars
from tests.complaints.acts import taken, walk_to


def test_the_shift_hands_over_what_the_giver_handles_and_what_nobody_handles(cast):
    mine, nobodys = walk_to(cast, states.ASSIGNED).row, taken(cast)
    about = taken(cast, people=[(cast.people["agent"], True)])
    walk_to(cast, states.WITHDRAWN)
    lines = handovers.running(cast.hall, cast.people["agent"], cast.now)
    assert {line["id"] for line in lines} == {mine.pk, nobodys.pk} and about.pk not in {line["id"] for line in lines}
    assert all(set(line) == {"kind", "id", "since"} for line in lines)


def test_a_leavers_complaints_go_to_the_successor_with_their_duties(cast):
    row = walk_to(cast, states.INVESTIGATING).row
    assert {"complaints_handled", "investigation_tasks", "solution_measures"} <= {one.key for one in HOLDINGS.all()}
    give_complaints(cast.actor("hr"), handled(cast.people["agent"]), cast.people["supervisor"], cast.now, "leaves")
    row.refresh_from_db()
    assert row.handler == cast.people["supervisor"] and row.routes.order_by("-pk").first().handler == cast.people["supervisor"]
    assert Duty.objects.get(schedule=turns.STEP, state="open").employee == cast.people["supervisor"]


def test_what_is_about_the_successor_waits_to_be_assigned(cast):
    row = walk_to(cast, states.INVESTIGATING, people=[(cast.people["supervisor"], True)], boss="manager").row
    give_complaints(cast.actor("hr"), handled(cast.people["agent"]), cast.people["supervisor"], cast.now, "leaves")
    row.refresh_from_db()
    assert row.handler is None and row.state == states.INVESTIGATING
    assert Duty.objects.get(schedule=turns.ASSIGN, state="open").employee == cast.people["manager"]


def test_tasks_and_measures_go_over_and_stay_away_from_whom_it_is_about(cast):
    walk = walk_to(cast, states.INVESTIGATING, people=[(cast.people["sales"], True)])
    task = investigating.add_task(cast.actor("agent"), walk.row, what="Look", owner=cast.people["colleague"], due_on=cast.today, now=walk.tick())
    give_parts(cast.actor("hr"), walk.row.tasks.all(), cast.people["sales"], cast.now)
    task.refresh_from_db()
    assert task.owner == cast.people["agent"] == Duty.objects.get(schedule=turns.TASK).employee
    other = walk_to(cast, states.IMPLEMENTING).row
    give_parts(cast.actor("hr"), SolutionMeasure.objects.filter(complaint=other), cast.people["outsider"], cast.now)
    assert Duty.objects.get(schedule=turns.MEASURE).employee == cast.people["outsider"]


def test_other_hours_leave_a_job_that_moves_the_limits_and_keeps_both_values(cast):
    row = walk_to(cast, states.ASSIGNED).row
    before, promised = Complaint.objects.get(pk=row.pk).update_due_at, row.promised_until
    calendars.enter_hall_day(cast.actor("manager"), cast.hall, day=cast.today + timedelta(days=1), spans=[], reason="Closed", now=cast.now)
    job = Job.objects.get(work=recomputing.WORK)
    while take_step(job.pk):
        pass
    row.refresh_from_db()
    moved = ComplaintDeadline.objects.get(complaint=row)
    assert (moved.limit, moved.was, moved.became) == ("update", before, row.update_due_at) and moved.became > moved.was
    assert Duty.objects.get(schedule=turns.UPDATE, state="open").due_at == row.update_due_at
    assert row.promised_until == promised == row.solve_due_at  # what the customer was told stays
    assert recomputing.everywhere(cast.now) == 0 and Job.objects.get(pk=job.pk).state == "done"


def test_where_no_act_told_of_the_change_the_clock_finds_it_once(cast):
    row = walk_to(cast, states.ASSIGNED).row
    Complaint.objects.filter(pk=row.pk).update(solve_due_at=row.solve_due_at - timedelta(days=1))
    assert [recomputing.everywhere(cast.now) for _twice in range(2)] == [1, 0]


def test_a_calendar_that_changes_where_nothing_is_open_leaves_no_job(cast):
    calendars.enter_hall_day(cast.actor("manager"), cast.hall, day=cast.today + timedelta(days=1), spans=[], reason="Closed", now=cast.now)
    assert not Job.objects.exists()


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_duty_left_undone_is_told_to_no_superior_whom_the_complaint_is_about(cast, level):
    walk_to(cast, states.ASSIGNED, people=[(cast.people["supervisor"], True)], boss="manager")
    due = Duty.objects.get(schedule=turns.STEP).due_at
    duties.escalate(due + timedelta(days=level, minutes=5))
    assert not Duty.objects.filter(told_to=cast.people["supervisor"]).exists() and Duty.objects.filter(told_to__isnull=False).exists()
