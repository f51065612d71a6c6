"""Follow-ups from the closed visit to the recorded talk: planned by the event, due by the clock, tried, recorded, answered (SCH-23, SCH-24)."""
from datetime import timedelta

import pytest
from django.urls import reverse

from config.accounts.actor import Actor
from config.accounts.models import AccessEvent
from config.errors import Refused
from reception.customers.models import Customer
from reception.followups import plans, services, states
from reception.followups.models import FollowUp
from reception.visits import services as visits
from reception.visits import states as visit_states
from staff.duties import services as duties
from staff.duties.models import Duty, ScheduleMark

pytestmark = pytest.mark.django_db


def closed(cast, *, outcome="business", **facts):
    """A visit of a customer that ends now, served by `sales`."""
    visit = cast.visit_for(customer=cast.customer_for(**facts), adviser="sales", state=visit_states.IN_SERVICE)
    return visits.close(Actor(cast.users["sales"]), visit, outcome=outcome, now=cast.now)


@pytest.fixture
def call(cast):
    """The follow-up of a visit closed just now, two days later: due, with its duty."""
    closed(cast)
    ScheduleMark.objects.create(key=plans.AFTER_PURCHASE, through=cast.now)
    duties.run(plans.AFTER_PURCHASE, now=cast.now + timedelta(days=2))
    return FollowUp.objects.get()


def test_a_visit_that_ends_in_business_plans_the_call_of_its_adviser_in_the_same_act(cast):
    visit = closed(cast)
    planned = FollowUp.objects.get()
    assert (planned.visit, planned.employee, planned.state, planned.trigger) == (visit, cast.people["sales"], states.PLANNED, "purchase")
    assert cast.hall.day_of(planned.due_at) >= cast.today + timedelta(days=3) and not Duty.objects.exists()
    assert planned.history.get().history_change_reason == "planned"


@pytest.mark.parametrize("outcome, choice", [("information", "open"), ("business", "do_not_contact"), ("business", "declined")])
def test_no_call_is_planned_without_business_or_for_who_does_not_want_one(cast, outcome, choice):
    closed(cast, outcome=outcome, choice=Customer.Choice(choice))
    assert not FollowUp.objects.exists()


def test_the_clock_makes_it_due_once_and_plans_what_no_event_planned(cast):
    closed(cast)
    FollowUp.objects.all().delete()
    ScheduleMark.objects.create(key=plans.AFTER_PURCHASE, through=cast.now - timedelta(hours=1))
    later = cast.now + timedelta(days=3)
    assert duties.run(plans.AFTER_PURCHASE, now=later) == 1
    assert [duties.run(plans.AFTER_PURCHASE, now=later + timedelta(minutes=n)) for n in (15, 30)] == [0, 0]
    row, duty = FollowUp.objects.get(), Duty.objects.get()
    assert (row.state, duty.record_id, duty.employee, duty.due_at, duty.schedule) == (states.DUE, row.pk, cast.people["sales"], row.due_at, "SCH-23")


def test_a_customer_is_visited_again_after_the_months_of_the_regulation_and_each_time_once(cast):
    visit = closed(cast)
    FollowUp.objects.all().delete()
    visit.left_at = visit.arrived_at = cast.now - timedelta(days=120)
    visit.save()
    ScheduleMark.objects.create(key=plans.RETURN_VISIT, through=cast.now - timedelta(days=1))
    assert [duties.run(plans.RETURN_VISIT, now=cast.now + timedelta(hours=n)) for n in (0, 1, 2)] == [1, 0, 0]
    row = FollowUp.objects.get(trigger="period")
    assert row.begins_at.date() == plans.later(cast.hall.day_of(visit.left_at), 3) or (row.begins_at - visit.left_at).days in range(88, 94)
    assert Duty.objects.get().role == "agent"
    services.record(Actor(cast.users["agent"]), row, method="phone", usage="well", satisfaction=5, loyalty="again", opinions="", now=cast.now)
    assert duties.run(plans.RETURN_VISIT, now=cast.now + timedelta(days=60)) == 0
    assert duties.run(plans.RETURN_VISIT, now=cast.now + timedelta(days=100)) == 1


def test_tries_in_vain_are_kept_and_after_the_last_one_the_supervisor_sees_it_given_up(cast, call):
    sales = Actor(cast.users["sales"])
    for number in (1, 2):
        row = services.not_reached(sales, call, method="phone", again_at=cast.now + timedelta(hours=number), now=cast.now)
        assert (row.state, row.tries) == (states.DUE, number)
    assert Duty.objects.get().state == "open"
    row = services.not_reached(sales, call, method="phone", note="engaged", again_at=None, now=cast.now)
    assert (row.state, row.again_at, row.in_vain.count()) == (states.GIVEN_UP, None, 3)
    assert Duty.objects.get().state == "done"
    with pytest.raises(Refused):
        services.not_reached(sales, call, method="phone", again_at=None, now=cast.now)


def said(**facts):
    """What a content customer says."""
    return {"method": "phone", "usage": "well", "satisfaction": 5, "loyalty": "again", "opinions": "", **facts}


def test_a_talk_without_a_problem_closes_it_and_ends_the_duty(cast, call):
    services.record(Actor(cast.users["sales"]), call, **said(), now=call.due_at)
    call.refresh_from_db()
    assert (call.state, call.satisfaction, call.recorded_by) == (states.CLOSED, 5, cast.people["sales"])
    assert Duty.objects.get().state == "done"
    with pytest.raises(Refused):
        services.record(Actor(cast.users["sales"]), call, **said(), now=call.due_at)


def test_a_problem_keeps_it_open_until_the_department_has_answered(cast, call):
    sales, department = Actor(cast.users["sales"]), cast.hall.department
    services.record(sales, call, **said(usage="problems"), issues=[("The door jams", department)], now=call.due_at + timedelta(minutes=1))
    assert Duty.objects.get(kind=services.KIND).state == "late"
    call.refresh_from_db()
    with pytest.raises(Refused):
        services.close(sales, call, now=cast.now)
    services.answer(sales, call.issues.get(), answer="Repaired on Monday", now=cast.now)
    services.close(sales, call, now=cast.now)
    call.refresh_from_db()
    assert call.state == states.CLOSED


def test_the_adviser_finds_the_call_on_my_day_records_it_and_it_is_gone(cast, call, client_as, monkeypatch):
    client, address = client_as("sales"), reverse("follow_up", args=[call.pk])
    Duty.objects.update(starts_at=cast.now - timedelta(hours=1))
    assert address in client.get(reverse("home")).content.decode()
    assert client.get(address).status_code == 200
    page = client.get(reverse("record_follow_up", args=[call.pk]))
    key = page.context["one_off_key"]
    answer = client.post(reverse("record_follow_up", args=[call.pk]), {"one_off_key": key, **said(satisfaction=9)})
    assert answer.status_code == 422 and "satisfaction" in answer.context["form"].errors
    answer = client.post(reverse("record_follow_up", args=[call.pk]), {"one_off_key": key, **said()})
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    assert address not in client.get(reverse("home")).content.decode()


def test_other_halls_and_colleagues_do_not_find_it(cast, call, client_as):
    for name, status in (("reception", 403), ("colleague", 404), ("sales2", 404), ("manager2", 404), ("agent", 200), ("manager", 200), ("supervisor", 200)):
        assert client_as(name).get(reverse("follow_up", args=[call.pk])).status_code == status, name


def falls_due(cast, days=2):
    """The clock comes so many days later."""
    ScheduleMark.objects.create(key=plans.AFTER_PURCHASE, through=cast.now)
    duties.run(plans.AFTER_PURCHASE, now=cast.now + timedelta(days=days))
    return Duty.objects.first()


def test_the_call_of_who_may_not_call_goes_to_customer_service_and_without_one_to_the_manager(cast):
    for adviser, agents, expected in (("reception", True, (None, "agent")), ("reception", False, (cast.people["manager"], "")),
                                      ("colleague", True, (cast.people["colleague"], ""))):
        visit = cast.visit_for(customer=cast.customer_for(), adviser=adviser, state=visit_states.IN_SERVICE)
        visits.close(Actor(cast.users[adviser]), visit, outcome="business", now=cast.now)
        cast.people["agent"].assignments.update(ends_on=None if agents else cast.today - timedelta(days=1))
        cast.hall.manager = cast.people["manager"]
        cast.hall.save()
        duty = falls_due(cast)
        assert (duty.employee, duty.role) == expected, adviser
        Duty.objects.all().delete()
        FollowUp.objects.all().delete()
        ScheduleMark.objects.all().delete()


def test_the_call_of_somebody_who_left_is_customer_services(cast):
    closed(cast)
    cast.people["sales"].state = "left"
    cast.people["sales"].save()
    assert (falls_due(cast).role, FollowUp.objects.get().employee) == ("agent", None)


def test_who_asked_meanwhile_not_to_be_called_is_not(cast):
    closed(cast)
    Customer.objects.update(choice=Customer.Choice.DO_NOT_CONTACT)
    assert falls_due(cast) is None and FollowUp.objects.get().state == states.PLANNED


def test_the_number_is_shown_to_who_makes_the_call_and_each_look_is_on_record(cast, client_as):
    visit = cast.visit_for(customer=cast.customer_for(phone="13800138000"), adviser="sales", state=visit_states.IN_SERVICE)
    visits.close(Actor(cast.users["sales"]), visit, outcome="business", now=cast.now)
    call, client = FollowUp.objects.get(), client_as("sales")
    page = client.get(reverse("follow_up", args=[call.pk])).content.decode()
    assert "138****8000" in page and "138 0013 8000" not in page
    assert "138 0013 8000" in client.post(reverse("follow_up_number", args=[call.pk])).content.decode()
    row = AccessEvent.objects.get(act="unmask")
    assert (row.user_id, row.kind, row.record_id) == (cast.users["sales"].pk, "customer", call.customer_id)
    assert client_as("colleague").post(reverse("follow_up_number", args=[call.pk])).status_code == 404


def test_planning_costs_the_same_for_one_call_and_for_twenty(cast, django_assert_max_num_queries):
    rows = [FollowUp(hall=cast.hall, customer=cast.customer_for(), trigger="period", slot="2026-01-01", begins_at=cast.now, due_at=cast.now) for _ in range(20)]
    with django_assert_max_num_queries(6):
        assert services.plan(Actor.system("test"), rows) == 20
    assert services.plan(Actor.system("test"), [FollowUp(hall=row.hall, customer=row.customer, trigger="period", slot="2026-01-01", begins_at=cast.now,
                                                         due_at=cast.now) for row in rows]) == 0
    assert FollowUp.objects.count() == FollowUp.history.count() == 20
