"""The counter: who is called, and what may follow a call (lifecycles of a service leg)."""
from datetime import timedelta

import pytest
from django.urls import reverse

from config.errors import Refused
from reception.visits import queue, services, states
from reception.visits.models import ServiceLeg, Visit
from staff.organisation.models import Post
from staff.shifts.models import Shift
from staff.training.models import Competence, ServiceNeed
from tests.cast import three


@pytest.fixture
def call(cast, now):
    """`call("sales")` calls the next for that person at the first counter."""
    def next_for(name="sales", at=now):
        person = cast.people[name]
        return queue.call_next(cast.actor(name), hall=cast.hall_of(name), post=cast.posts[cast.hall_of(name).code, "counter"], employee=person, now=at)
    return next_for


def leg_of(visit):
    """The visit's first ticket as it is now."""
    return visit.legs.order_by("pk").first()


def events(leg):
    """What happened to a ticket, in order."""
    return [event.verb for event in leg.visit.events.filter(leg_id=leg.pk)]


def test_the_longest_waiting_is_called_first_and_nobody_when_nobody_waits(call, visit_for, cast):
    visit_for(minutes_ago=5)
    longest = visit_for(minutes_ago=25)
    assert call().visit == longest
    leg = leg_of(longest)
    assert (leg.state, leg.employee, leg.calls) == (states.CALLED, cast.people["sales"], 1) and events(leg)[-1] == "called"
    assert leg.history.first().history_change_reason == "called"
    call("colleague")
    assert call("outsider") is None


def test_who_has_somebody_at_the_counter_calls_nobody_else(call, visit_for):
    visit_for(), visit_for()
    call()
    with pytest.raises(Refused, match="still at your counter"):
        call()


def test_who_is_not_on_shift_calls_nobody(call, visit_for, cast):
    visit_for()
    Shift.objects.filter(employee=cast.people["sales"]).delete()
    with pytest.raises(Refused, match="not on shift"):
        call()


def test_a_person_is_given_only_services_they_are_competent_for(call, visit_for, cast):
    ServiceNeed.objects.create(service=cast.services["business"], competence=Competence.objects.create(code="papers", name={"en": "Papers"}))
    visit_for(service="business", minutes_ago=30)
    advice = visit_for(service="advice", minutes_ago=5)
    assert call().visit == advice


def test_calling_out_of_turn_needs_a_reason(cast, visit_for, client_as):
    visit_for(minutes_ago=30)
    late, client = visit_for(minutes_ago=2), client_as("sales")
    url = reverse("leg_call", args=[leg_of(late).pk])
    answer = client.post(url, {})
    assert answer.status_code == 422 and "Others wait longer" in answer.context["form"].errors["reason"][0]
    assert client.post(url, {"reason": "Train leaves soon"}).status_code == 302
    assert leg_of(late).state == states.CALLED and late.events.get(verb="called_out_of_order").reason == "Train leaves soon"


def test_a_ticket_that_waits_for_somebody_else_is_called_with_a_reason_and_keeps_nobody_else_waiting(cast, visit_for, desk, now):
    theirs, mine = leg_of(visit_for(minutes_ago=30)), leg_of(visit_for(minutes_ago=2))
    ServiceLeg.objects.filter(pk=theirs.pk).update(wanted_employee=cast.people["colleague"])
    facts = {"post": cast.posts["sales", "counter"], "employee": cast.people["sales"], "now": now}
    with pytest.raises(Refused, match="waits for somebody else"):
        queue.call(desk, theirs, **facts)
    assert queue.call(desk, mine, **facts).state == states.CALLED


def test_the_whole_way_of_a_ticket_through_the_counter_page(client_as, visit_for, cast):
    visit, client = visit_for(), client_as("sales")
    key = client.get(reverse("counter")).context["one_off_key"]
    for _ in range(2):  # the same press sent twice calls once
        client.post(reverse("counter_next"), {"one_off_key": key})
    leg = leg_of(visit)
    assert leg.calls == 1
    for name in ("leg_recall", "leg_start"):
        client.post(reverse(name, args=[leg.pk]))
    assert 'name="result"' in client.get(reverse("counter")).content.decode()
    client.post(reverse("leg_finish", args=[leg.pk]), {"result": "Papers handed in"})
    leg.refresh_from_db()
    assert (leg.state, leg.calls, leg.result) == (states.DONE, 2, "Papers handed in")
    assert events(leg)[-4:] == ["called", "recalled", "started", "done"]
    visit.refresh_from_db()
    assert visit.state == states.IN_SERVICE and visit.adviser == cast.people["sales"] and visit.greeted_at
    assert visit in client.get(reverse("counter")).context["visits"]


def test_the_counter_itself_says_that_somebody_waits_while_it_is_free(client_as, visit_for, cast, call, now):
    client = client_as("sales")
    visit_for(minutes_ago=0)
    assert client.get(reverse("counter")).context["idle"] is None
    ticket = leg_of(visit_for(minutes_ago=7)).ticket
    assert f"{ticket} waits 7 min while your counter is free" in client.get(reverse("counter") + "?part=1").content.decode()
    leg = call()
    assert client.get(reverse("counter")).context["idle"] is None
    queue.put_back(cast.actor("sales"), leg, reason="called by mistake", now=now)
    assert client.get(reverse("counter")).context["idle"].who == ticket
    client.post(reverse("counter_post"), {"post": cast.posts["sales", "desk"].pk})
    assert client.get(reverse("counter")).context["idle"] is None  # nobody is idle at a reception desk


def test_a_call_without_its_key_is_refused(client_as, visit_for):
    visit = visit_for()
    client_as("sales").post(reverse("counter_next"))
    assert leg_of(visit).state == states.QUEUED


def test_the_counter_is_where_the_person_says_they_stand(client_as, visit_for, cast):
    visit, client = visit_for(), client_as("sales")
    desk = cast.posts["sales", "desk"]
    client.post(reverse("counter_post"), {"post": desk.pk})
    client.post(reverse("counter_post"), {"post": cast.posts["showroom", "desk"].pk})  # not of this hall: stays
    client.post(reverse("counter_next"), {"one_off_key": client.get(reverse("counter")).context["one_off_key"]})
    assert leg_of(visit).post == desk


def test_who_comes_back_in_time_keeps_the_place_and_later_needs_a_new_ticket(call, visit_for, cast, now, desk):
    visit_for(minutes_ago=1)
    first = visit_for(minutes_ago=20)
    queue.no_show(desk, call(), now=now)
    queue.rejoin(desk, leg_of(first), now=now + timedelta(minutes=29))
    assert leg_of(first).queued_at == first.arrived_at
    assert call(at=now + timedelta(minutes=29)).visit == first
    queue.no_show(desk, leg_of(first), now=now + timedelta(minutes=30))
    with pytest.raises(Refused, match="new ticket"):
        queue.rejoin(desk, leg_of(first), now=now + timedelta(minutes=61))


def test_a_parked_ticket_is_passed_over_and_keeps_its_place(call, visit_for, now, desk):
    first, second = visit_for(minutes_ago=20), visit_for(minutes_ago=10)
    queue.park(desk, leg_of(first), reason="Fills in a form", now=now)
    assert call("colleague").visit == second
    queue.unpark(desk, leg_of(first), now=now)
    third = visit_for(minutes_ago=15)
    assert call().visit == first and leg_of(third).state == states.QUEUED


def test_nobody_is_transferred_to_a_patrol_nor_stands_there_to_call(cast, call, visit_for, client_as, now):
    Post.objects.create(hall=cast.hall, kind=Post.Kind.PATROL, name=three("Evening round", "晚间巡查", "晚間巡查"))
    visit_for()
    leg = services.start_leg(cast.actor("sales"), call(), now=now)
    for address in (reverse("leg_transfer", args=[leg.pk]), reverse("counter")):
        text = client_as("sales").get(address).content.decode()
        assert "Reception desk" in text
        assert "Evening round" not in text


def test_a_transfer_waits_for_the_named_person_and_service(call, visit_for, cast, now, client_as):
    visit = visit_for()
    leg = call()
    services.start_leg(cast.actor("sales"), leg, now=now)
    client = client_as("sales")
    assert client.post(reverse("leg_transfer", args=[leg.pk]), {"note": "Wants to pay"}).status_code == 422
    client.post(reverse("leg_transfer", args=[leg.pk]), {
        "note": "Wants to pay", "service": cast.services["business"].pk, "employee": cast.people["colleague"].pk})
    assert call("outsider") is None
    again = call("colleague")
    assert again.visit == visit and again.service == cast.services["business"] and visit.events.get(verb="transferred").reason == "Wants to pay"
    page = client_as("colleague").post(reverse("leg_start", args=[again.pk]))
    assert page.status_code == 302 and leg_of(visit).state == states.SERVING


@pytest.mark.parametrize("name", ["leg_park", "leg_transfer", "leg_put_back"])
def test_an_act_that_asks_something_leads_back_to_the_page_its_link_named(name, call, visit_for, client_as):
    leg = call() if visit_for() else None
    address, board = reverse(name, args=[leg.pk]), reverse("board")
    page = client_as("sales").get(address, {"next": board})
    assert page.status_code == 200 and f'href="{board}"' in page.content.decode()
    assert f'href="{reverse("counter")}"' in client_as("sales").get(address, {"next": "https://elsewhere.example/"}).content.decode()


def test_put_back_needs_a_reason_and_keeps_the_arrival(call, visit_for, client_as):
    visit = visit_for(minutes_ago=20)
    leg, client = call(), client_as("sales")
    assert client.post(reverse("leg_put_back", args=[leg.pk]), {"reason": ""}).status_code == 422
    client.post(reverse("leg_put_back", args=[leg.pk]), {"reason": "Wrong counter"})
    leg.refresh_from_db()
    assert (leg.state, leg.queued_at, leg.employee) == (states.QUEUED, visit.arrived_at, None)


def test_a_second_service_gets_a_ticket_and_times_of_its_own(client_as, visit_for, cast):
    visit, client = visit_for(), client_as("reception")
    url = reverse("visit_add_service", args=[visit.pk])
    key = client.get(url).context["one_off_key"]
    for _ in range(3):
        client.post(url, {"service": cast.services["business"].pk, "one_off_key": key})
    legs = list(visit.legs.order_by("pk"))
    assert [leg.service.code for leg in legs] == ["advice", "business"] and legs[0].ticket != legs[1].ticket
    assert legs[1].queued_at > legs[0].queued_at


def test_a_person_with_the_own_scope_acts_on_what_waits_here_and_on_what_they_serve_only(client_as, visit_for):
    mine, theirs = visit_for(state=states.IN_SERVICE, adviser="sales"), visit_for(state=states.IN_SERVICE, adviser="outsider")
    client = client_as("sales")
    assert client.get(reverse("leg_finish", args=[leg_of(mine).pk])).status_code == 200
    assert client.get(reverse("leg_finish", args=[leg_of(theirs).pk])).status_code == 404
    assert client.get(reverse("visit", args=[theirs.pk])).status_code == 404


def test_the_designer_reads_but_does_not_act(client_as, visit_for):
    visit = visit_for(state=states.IN_SERVICE, adviser="designer")
    client = client_as("designer")
    assert client.get(reverse("visit", args=[visit.pk])).status_code == 200
    assert client.get(reverse("counter")).status_code == 403
    assert client.post(reverse("visit_close", args=[visit.pk]), {"outcome": "information"}).status_code == 403
    assert Visit.objects.get(pk=visit.pk).state == states.IN_SERVICE and ServiceLeg.objects.filter(visit=visit).count() == 1
