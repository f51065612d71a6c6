"""Every state of a complaint asks the right thing of the right person, on My day, until it is done; once, whatever the clocks do (GEN-25, CMP-06 to 16)."""
from datetime import timedelta

import pytest
from django.urls import reverse

from complaints.handling import plans, states, turns
from complaints.handling.models import Kind
from complaints.handling.services import following, investigating, merging, routing, timing
from config.accounts.actor import Actor
from staff.duties import services as duties
from staff.duties.models import Duty
from tests.complaints.acts import anonymous, taken, walk_to

HANDLER, CALLER = "agent", "reception"


def open_of(row):
    """{(schedule, name or role)} of what is due."""
    return {(duty.schedule, duty.employee.user.username if duty.employee_id else duty.role) for duty in Duty.objects.filter(state="open").select_related(
        "employee__user") if duty.kind in ("complaint", "complaint_statement") and duty.record_id in {row.pk, *row.people.values_list("pk", flat=True)}}


DUE = {
    states.REGISTERED: {(turns.ACK, "agent*")},
    states.ACKNOWLEDGED: {(turns.ASSIGN, "supervisor*"), (turns.UPDATE, "agent*")},
    states.ASSIGNED: {(turns.STEP, HANDLER), (turns.UPDATE, HANDLER)},
    states.INVESTIGATING: {(turns.STEP, HANDLER), (turns.UPDATE, HANDLER)},
    states.VERIFIED: {(turns.STEP, HANDLER), (turns.UPDATE, HANDLER)},
    states.LIABILITY_SET: {(turns.STEP, HANDLER), (turns.UPDATE, HANDLER)},
    states.PROPOSED: {(turns.STEP, HANDLER), (turns.UPDATE, HANDLER)},
    states.AGREED: {(turns.STEP, HANDLER), (turns.UPDATE, HANDLER)},
    states.IMPLEMENTING: {(turns.STEP, HANDLER), (turns.UPDATE, HANDLER), (turns.MEASURE, "colleague")},
    states.IMPLEMENTED: {(turns.VISIT, "supervisor"), (turns.UPDATE, HANDLER)},
    states.FOLLOWED_UP: {(turns.STEP, HANDLER), (turns.UPDATE, HANDLER)},
    states.RE_HANDLING: {(turns.ASSIGN, "supervisor*"), (turns.UPDATE, "agent*")},
}
ROLES = {"agent*": "agent", "supervisor*": "supervisor"}


def in_words(expected):
    """What is expected, roles without their mark."""
    return {(schedule, ROLES.get(who, who)) for schedule, who in expected}


def run_all(now, *keys):
    """The clock of every duty of complaints."""
    return sum(duties.run(key, now=now) or 0 for key in keys or turns.ALL)


@pytest.mark.parametrize("state", states.OPEN)
def test_each_state_asks_the_right_thing_of_the_right_person_and_the_clock_adds_nothing(cast, state):
    row = walk_to(cast, state).row
    assert open_of(row) == in_words(DUE[state])
    assert run_all(cast.now) == 0


@pytest.mark.parametrize("state", [one for one in states.OVER if one != states.DONE])
def test_what_is_over_asks_nothing(cast, state):
    row = walk_to(cast, state).row
    assert open_of(row) == set()
    assert set(Duty.objects.filter(kind="complaint", record_id=row.pk).values_list("state", flat=True)) <= {"done", "late", "excused"}


@pytest.mark.parametrize("state", states.OPEN)
def test_the_clock_makes_once_what_no_act_made(cast, state):
    row = walk_to(cast, state).row
    Duty.objects.filter(kind="complaint").delete()
    assert run_all(cast.now) == len(DUE[state])
    assert open_of(row) == in_words(DUE[state]) and run_all(cast.now + timedelta(minutes=15)) == 0


def test_after_three_days_without_a_clock_two_clocks_make_each_duty_once(cast):
    rows = [walk_to(cast, state).row for state in (states.REGISTERED, states.ASSIGNED)]
    Duty.objects.filter(kind="complaint").delete()
    later = cast.now + timedelta(days=3)
    first = [plans.writer(key)(cast.now, later) for key in turns.ALL]
    again = [plans.writer(key)(cast.now, later) for key in turns.ALL]
    assert sum(first) == 3 and sum(again) == 0
    assert [open_of(row) for row in rows] == [in_words(DUE[row.state]) for row in rows]


def test_the_first_answer_is_due_by_the_clock_and_stands_on_my_day_until_it_is_given(cast, client_as):
    row = taken(cast, now=cast.now)
    duty = Duty.objects.get(schedule=turns.ACK)
    assert (duty.due_at, duty.role, duty.hall) == (row.ack_due_at, "agent", cast.hall)
    client, address = client_as("agent"), reverse("complaint", args=[row.pk])
    page = client.get(reverse("home")).content.decode()
    assert address in page and "Give the first answer to a complaint" in page
    routing.acknowledge(cast.actor("agent"), row, method="phone", text="We look into it", now=cast.now)
    duty.refresh_from_db()
    assert (duty.state, duty.done_by) == ("done", cast.user("agent"))
    assert "Give the first answer to a complaint" not in client.get(reverse("home")).content.decode()


def test_an_answer_after_its_limit_is_counted_late(cast):
    row = taken(cast, now=cast.now - timedelta(days=1))
    routing.acknowledge(cast.actor("agent"), row, method="phone", text="We look into it", now=cast.now)
    assert Duty.objects.get(schedule=turns.ACK).state == "late"


def test_what_a_page_brought_is_judged_by_customer_service_once(cast):
    row = taken(cast, channel="web", assessed=False, apologised=False, promised=False, promised_manner="", told_by="")
    assert (turns.ASSESS, "agent") in open_of(row)
    from complaints.handling.services import registering
    registering.assess(cast.actor("agent"), row, impact="low", urgency="low", safety=False, now=cast.now)
    assert open_of(row) == {(turns.ACK, "agent")} and Duty.objects.get(schedule=turns.ASSESS).state in ("done", "late")


def test_a_suggestion_asks_for_an_answer_alone(cast):
    row = taken(cast, kind=Kind.SUGGESTION)
    assert open_of(row) == {(turns.ANSWER, "agent")}
    following.answer_light(cast.actor("agent"), row, text="Thank you", method="phone", now=cast.now)
    assert open_of(row) == set()


def test_nobody_complained_about_is_asked_anything(cast):
    row = taken(cast, people=[(cast.people["agent"], True)])
    assert open_of(row) == {(turns.ACK, "manager")}  # no other agent works there
    row = taken(cast, people=[(cast.people["supervisor"], True)])
    routing.acknowledge(cast.actor("agent"), row, method="phone", text="Yes", now=cast.now)
    assert (turns.ASSIGN, "manager") in open_of(row)
    row = taken(cast, people=[(cast.people["supervisor"], True), (cast.people["manager"], True)])
    routing.acknowledge(cast.actor("agent"), row, method="phone", text="Yes", now=cast.now)
    assert (turns.ASSIGN, "department") in open_of(row)


def test_the_step_passes_on_with_the_complaint_and_leaves_the_former_handler(cast):
    walk = walk_to(cast, states.INVESTIGATING)
    routing.assign(cast.actor("supervisor"), walk.row, handler=cast.people["supervisor"], now=walk.tick())
    assert open_of(walk.row) == {(turns.STEP, "supervisor"), (turns.UPDATE, "supervisor")}
    routing.assign(cast.actor("supervisor"), walk.row, handler=cast.people["agent"], now=walk.tick())
    assert open_of(walk.row) == {(turns.STEP, "agent"), (turns.UPDATE, "agent")}


def test_given_back_it_waits_to_be_assigned_and_the_step_is_excused(cast):
    walk = walk_to(cast, states.ASSIGNED)
    routing.give_back(cast.actor("agent"), walk.row, reason="Not mine", now=walk.tick())
    assert (turns.ASSIGN, "supervisor") in open_of(walk.row)
    assert Duty.objects.get(schedule=turns.STEP).state == "excused"
    routing.assign(cast.actor("supervisor"), walk.row, handler=cast.people["agent"], now=walk.tick())
    assert (turns.STEP, "agent") in open_of(walk.row)


def test_telling_the_customer_ends_one_report_and_begins_the_next(cast):
    walk = walk_to(cast, states.ASSIGNED)
    timing.tell(cast.actor("agent"), walk.row, method="phone", text="We are at it", now=walk.tick())
    walk.row.refresh_from_db()
    assert Duty.objects.filter(schedule=turns.UPDATE, state="done").count() == 1
    assert Duty.objects.get(schedule=turns.UPDATE, state="open").due_at == walk.row.update_due_at


def test_while_the_clock_rests_nothing_is_asked_and_after_it_all_again(cast):
    walk = walk_to(cast, states.INVESTIGATING)
    timing.pause(cast.actor("agent"), walk.row, reason="Waiting for the invoice", evidence="Message", now=walk.tick())
    assert open_of(walk.row) == set() and run_all(cast.now) == 0
    timing.resume(cast.actor("agent"), walk.row, how="It came", now=walk.tick())
    assert open_of(walk.row) == in_words(DUE[states.INVESTIGATING])


def test_a_task_is_due_to_its_owner_and_done_by_the_result(cast):
    walk = walk_to(cast, states.INVESTIGATING)
    task = investigating.add_task(cast.actor("agent"), walk.row, what="Look at the freight", owner=cast.people["sales"], due_on=cast.today, now=walk.tick())
    assert (turns.TASK, "sales") in open_of(walk.row)
    investigating.finish_task(cast.actor("sales"), task, result="Torn", now=walk.tick())
    assert (turns.TASK, "sales") not in open_of(walk.row) and Duty.objects.get(schedule=turns.TASK).state == "done"


def test_withdrawn_or_merged_what_was_due_is_excused_and_taken_apart_it_is_due_again(cast):
    walk = walk_to(cast, states.ASSIGNED)
    other = taken(cast, matter=walk.row.matter)
    merging.merge(cast.actor("supervisor"), walk.row, into=other, reason="The same", now=walk.tick())
    assert open_of(walk.row) == set() and Duty.objects.get(schedule=turns.STEP).state == "excused"
    walk.row.refresh_from_db()
    merging.unmerge(cast.actor("supervisor"), walk.row, reason="Not the same", now=walk.tick())
    assert open_of(walk.row) == in_words(DUE[states.ASSIGNED])
    following.withdraw(cast.actor("agent"), walk.row, reason="Mistake", method="phone", now=walk.tick())
    assert open_of(walk.row) == set() and set(Duty.objects.filter(schedule=turns.STEP).values_list("state", flat=True)) == {"excused"}


def test_an_offer_that_waits_for_the_manager_asks_the_handler_for_nothing_and_after_it_again(cast):
    walk = walk_to(cast, states.LIABILITY_SET)
    from complaints.handling.services import solving
    from tests.complaints.acts import SOLVE, measures
    solving.propose(cast.actor("agent"), walk.row, **SOLVE | {"compensation": 5000}, measures=measures(cast), demands=[], now=walk.tick())
    assert open_of(walk.row) == {(turns.UPDATE, "agent")}
    solving.approve(cast.actor("manager"), walk.row, approved=True, answer="Fair", now=walk.tick())
    assert open_of(walk.row) == in_words(DUE[states.PROPOSED])


def test_after_the_last_round_the_manager_is_asked_to_decide(cast):
    walk = walk_to(cast, states.PROPOSED)
    from complaints.handling.services import solving
    walk.adjusted()
    walk.adjusted()
    solving.answer_round(cast.actor("agent"), walk.row, answer="refused", opinion="Too little", consent_by="", now=walk.tick())
    assert (turns.STEP, "manager") in open_of(walk.row)


def test_where_nobody_can_be_reached_a_superior_publishes(cast):
    walk = walk_to(cast, states.PROPOSED, row=anonymous(cast))
    assert open_of(walk.row) == {(turns.STEP, "supervisor")}


def test_a_superior_who_let_a_duty_go_is_not_asked_again_by_the_clock(cast):
    row = walk_to(cast, states.ASSIGNED).row
    duties.excuse(cast.actor("manager"), Duty.objects.get(schedule=turns.STEP), reason="Ill", now=cast.now)
    assert run_all(cast.now) == 0 and (turns.STEP, "agent") not in open_of(row)


def test_the_clock_gives_to_another_what_somebody_who_left_had(cast):
    row = walk_to(cast, states.ASSIGNED).row
    type(cast.people["agent"]).objects.filter(pk=cast.people["agent"].pk).update(state="left")
    plans.settle([row.pk], now=cast.now, actor=Actor.system("clock"))
    assert (turns.ASSIGN, "supervisor") in open_of(row) and (turns.STEP, "agent") not in open_of(row)
