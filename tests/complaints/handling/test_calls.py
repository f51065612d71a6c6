"""SCH-18: once it is carried out the customer is asked how satisfied they are, by somebody else, once (CMP-16; FIELD 2.3 row 30)."""
from datetime import timedelta

import pytest
from django.urls import reverse

from complaints.handling import calls, states, turns
from complaints.handling.models import Complaint
from complaints.handling.services import following
from config.errors import Refused
from reception.followups import services as followups
from reception.followups.models import FollowUp
from staff.duties import services as duties
from staff.duties.models import Duty
from tests.complaints.acts import walk_to

SAID = {"method": "phone", "usage": "problems", "satisfaction": 4, "loyalty": "perhaps", "opinions": "Quicker please"}


@pytest.fixture
def walk(cast):
    """Carried out, of a customer with a file; `supervisor` calls, since the one agent handled it."""
    return walk_to(cast, states.IMPLEMENTED, customer=cast.customer_for(phone="13800138123"))


@pytest.mark.req("CMP-16")
def test_carried_out_it_plans_a_call_by_somebody_else_within_the_days_of_the_rule(cast, walk, client_as):
    call = FollowUp.objects.get()
    walk.row.refresh_from_db()
    assert (call.trigger, call.state, call.source_id, call.employee) == ("complaint", "due", walk.row.pk, cast.people["supervisor"])
    duty = Duty.objects.get(schedule="SCH-18")
    assert (duty.kind, duty.record_id, duty.employee, duty.due_at) == ("follow_up", call.pk, cast.people["supervisor"], call.due_at)
    assert cast.hall.day_of(call.due_at - timedelta(minutes=1)) == cast.hall.day_of(walk.row.implemented_at) + timedelta(days=3)
    assert reverse("follow_up", args=[call.pk]) in client_as("supervisor").get(reverse("home")).content.decode()
    assert duties.run("SCH-18", now=cast.now) == 0 and FollowUp.objects.count() == 1


def test_what_was_said_is_the_follow_up_of_the_complaint_with_the_problems_named(cast, walk):
    issues = [("The drawer jams", cast.hall.department)]
    followups.record(cast.actor("supervisor"), FollowUp.objects.get(), issues=issues, now=walk.tick(), **SAID)
    walk.row.refresh_from_db()
    rating = walk.row.ratings.get()
    highest = 5
    assert walk.row.state == states.FOLLOWED_UP and walk.row.satisfaction == rating.stars == calls.stars_of(4, highest)
    assert "Quicker please" in rating.comment and "The drawer jams" in rating.comment
    assert not Duty.objects.filter(schedule="SCH-18", state="open").exists() and FollowUp.objects.get().state == "issues_open"


def test_who_handled_it_cannot_record_the_call(cast, walk):
    with pytest.raises(Refused, match="You handled this complaint"):
        followups.record(cast.actor("agent"), FollowUp.objects.get(), now=walk.tick(), **SAID)


def test_asked_from_the_page_of_the_complaint_the_call_is_recorded_by_that(cast, walk):
    following.follow_up(cast.actor("supervisor"), walk.row, stars=5, opinions="All well", method="wechat", now=walk.tick())
    call = FollowUp.objects.get()
    assert (call.state, call.method, call.satisfaction) == ("closed", "wechat", 5)
    assert Duty.objects.get(schedule="SCH-18").state == "done"


def test_who_is_complained_about_neither_calls_nor_sees_the_call(cast):
    people = [(cast.people["supervisor"], True)]
    walk_to(cast, states.IMPLEMENTED, customer=cast.customer_for(phone="13800138123"), people=people, boss="manager")
    assert FollowUp.objects.get().employee == cast.people["manager"]
    assert not FollowUp.objects.visible_to(cast.user("supervisor")).exists() and FollowUp.objects.visible_to(cast.user("general")).exists()


def test_tried_in_vain_as_often_as_the_rule_asks_the_handler_may_close_it(cast, walk):
    for hour in (1, 2, None):
        again = walk.now + timedelta(hours=hour) if hour else None
        followups.not_reached(cast.actor("supervisor"), FollowUp.objects.get(), method="phone", again_at=again, now=walk.tick())
    assert FollowUp.objects.get().state == "given_up"
    assert Duty.objects.get(schedule=turns.STEP, state="open").employee == cast.people["agent"]
    following.close_unreachable(cast.actor("agent"), walk.row, reason="Nobody answers", now=walk.tick())
    assert FollowUp.objects.get().state == "closed" and not Duty.objects.filter(state="open", kind__in=["complaint", "follow_up"]).exists()


def test_handled_again_the_call_is_dropped_and_a_new_one_comes_later(cast, walk):
    following.handle_again(cast.actor("supervisor"), walk.row, reason="It wobbles", now=walk.tick())
    assert FollowUp.objects.get().state == "closed" and Duty.objects.get(schedule="SCH-18").state == "excused"


@pytest.mark.parametrize("choice", ["do_not_contact", "declined"])
def test_who_wants_no_calls_is_asked_from_the_complaint_itself(cast, choice):
    row = walk_to(cast, states.IMPLEMENTED, customer=cast.customer_for(phone="13800138123", choice=choice)).row
    duty = Duty.objects.get(schedule="SCH-18")
    assert not FollowUp.objects.exists() and (duty.kind, duty.record_id, duty.employee) == ("complaint", row.pk, cast.people["supervisor"])


def test_without_a_clock_or_an_event_the_clock_plans_it_once(cast, walk):
    Duty.objects.filter(schedule="SCH-18").delete()
    FollowUp.objects.all().delete()
    assert [duties.run("SCH-18", now=cast.now + timedelta(days=3, minutes=n)) for n in (0, 1)] == [1, 0]
    assert FollowUp.objects.count() == Duty.objects.filter(schedule="SCH-18").count() == 1


def test_the_call_passes_on_when_its_person_goes_and_not_to_who_handled_it(cast, walk):
    type(cast.people["supervisor"]).objects.filter(pk=cast.people["supervisor"].pk).update(state="left")
    duties.run("SCH-18", now=cast.now + timedelta(hours=1))
    assert FollowUp.objects.get().employee == cast.people["manager"] == Duty.objects.get(schedule="SCH-18").employee


def test_a_score_becomes_stars(cast):
    assert [calls.stars_of(score, 10) for score in (1, 2, 3, 9, 10)] == [1, 1, 2, 5, 5]
    assert [calls.stars_of(score, 5) for score in (1, 3, 5)] == [1, 3, 5]
    assert Complaint.objects.count() == 0
