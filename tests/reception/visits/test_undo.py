"""Undo instead of "are you sure?": every act on a visit or a ticket is taken back to the row, unless somebody changed it since (UX 16)."""
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from config.web import undo
from config.web.models import Act
from reception.visits import queue, rules, services, states
from reception.visits.models import ServiceLeg, Visit, VisitEvent

SAYS_THAT_IT_WAS = {"reception.VisitEvent", "config.Act", "config.OneOff", "config.AccessEvent", "config.BulkRun",
                    "reception.TicketCounter"}  # a number that was given out is not given out again


def company():
    """Every row of the company as it stands, without histories, the version that forms carry, and what says that something was done."""
    found = {}
    for model in apps.get_models():
        label = model._meta.label
        if label.startswith(("reception.", "staff.", "facilities.", "config.")) and not label.split(".")[1].startswith("Historical") \
                and label not in SAYS_THAT_IT_WAS:
            for row in model._base_manager.values():
                found[label, row.get("id", row.get("key"))] = {name: value for name, value in row.items() if name != "version"}
    return found


def serving(cast):
    """A visit in service, with a customer."""
    return cast.visit_for(adviser="sales", state=states.IN_SERVICE, customer=cast.customer_for(owner="sales"))


def at_the_counter(cast, state):
    """The ticket of a waiting visit, brought by the verbs themselves to `state`."""
    leg = cast.visit_for(customer=cast.customer_for()).legs.get()
    post, person, by = cast.posts["sales", "counter"], cast.people["sales"], cast.actor("sales")
    if state != "queued":
        leg = queue.call(by, leg, post=post, employee=person, reason="first", now=cast.now)
    if state in {"serving", "parked"}:
        leg = services.start_leg(by, leg, now=cast.now)
    if state == "parked":
        leg = queue.park(by, leg, reason="fills in a form", now=cast.now)
    if state == "no_show":
        leg = queue.no_show(by, leg, now=cast.now)
    return leg


def moment(cast):
    return timezone.localtime(cast.now - timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M")


ON_VISITS = {  # the page of the act: (the visit it starts from, what is sent)
    "visit_greet": (lambda cast: cast.visit_for(), lambda cast: {}),
    "visit_steps": (lambda cast: cast.visit_for(state="greeted"), lambda cast: {"tick": "tea"}),
    "visit_area": (lambda cast: cast.visit_for(), lambda cast: {"area": cast.areas["sales", "reception"].pk}),
    "visit_assign": (lambda cast: cast.visit_for(customer=cast.customer_for()), lambda cast: {"adviser": cast.people["sales"].pk}),
    "visit_serve": (lambda cast: cast.visit_for(state="greeted", customer=cast.customer_for()), lambda cast: {"adviser": cast.people["agent"].pk}),
    "visit_hand_over": (serving, lambda cast: {"adviser": cast.people["colleague"].pk, "note": "Speaks English"}),
    "visit_close": (serving, lambda cast: {"outcome": "information", "left_at": moment(cast)}),
    "visit_leave": (lambda cast: cast.visit_for(), lambda cast: {"reason": "no time", "left_at": moment(cast)}),
    "visit_settle": (lambda cast: cast.visit_for(state="closed", assumed=True, outcome=""), lambda cast: {"outcome": "business", "left_at": moment(cast)}),
    "visit_reopen": (lambda cast: cast.visit_for(state="closed", adviser="sales"), lambda cast: {"reason": "closed by mistake"}),
    "visit_edit": (lambda cast: cast.visit_for(customer=cast.customer_for()), lambda cast: {
        "version": Visit.objects.latest("pk").version, "purpose": cast.purposes["handle-business"].pk, "party_size": 4, "need": "Two windows, not one",
        "note": "Comes back at noon", "customer": cast.customer_for().pk, "who": ""}),
    "visit_add_service": (lambda cast: cast.visit_for(), lambda cast: {"service": cast.services["business"].pk}),
}
ON_TICKETS = {
    "leg_start": ("called", {}), "leg_finish": ("serving", {"result": "Signed"}), "leg_no_show": ("called", {}), "leg_rejoin": ("no_show", {}),
    "leg_park": ("queued", {"reason": "fills in a form"}), "leg_unpark": ("parked", {}), "leg_put_back": ("called", {"reason": "called too early"}),
    "leg_transfer": ("serving", {"note": "Wants business"}), "leg_abandon": ("queued", {}),
}


def done_and_undone(cast, client, page, pk, sent):
    """Does the act and undoes it; gives the rows before, after the act, and after the undoing."""
    before = company()
    answer = client.post(reverse(page, args=[pk]), {**sent, "one_off_key": "7a0b1f6e-2f7d-4a65-9a0e-0c1d2e3f4a5b"})
    assert answer.status_code == 302, answer.content.decode()
    between = company()
    answer = client.post(reverse("undo", args=[Act.objects.latest("pk").pk]), {"next": "/reception/visits/"})
    assert (answer.status_code, answer.url) == (302, "/reception/visits/")
    return before, between, company()


@pytest.mark.parametrize("page", ON_VISITS)
def test_an_act_on_a_visit_is_undone_to_the_row(cast, as_role, page):
    make, sent = ON_VISITS[page]
    visit = make(cast)
    before, between, after = done_and_undone(cast, as_role("manager"), page, visit.pk, sent(cast))
    assert before != between
    assert after == before


@pytest.mark.parametrize("page", ON_TICKETS)
def test_an_act_on_a_ticket_is_undone_to_the_row(cast, as_role, page):
    state, sent = ON_TICKETS[page]
    leg = at_the_counter(cast, state)
    if page == "leg_transfer":
        sent = {**sent, "service": cast.services["business"].pk}
    before, between, after = done_and_undone(cast, as_role("manager"), page, leg.pk, sent)
    assert before != between
    assert after == before


def closed(cast, as_role, name="sales"):
    """A visit in service that this person closed, and the act."""
    visit, client = serving(cast), as_role(name)
    client.post(reverse("visit_close", args=[visit.pk]), {"outcome": "information", "left_at": moment(cast)})
    return visit, client, Act.objects.latest("pk")


def shown(answer):
    return [str(message) for message in answer.context["messages"]][-1:]


def test_what_somebody_changed_since_is_not_undone_and_says_who_did(cast, as_role):
    visit, client, act = closed(cast, as_role)
    services.reopen(cast.actor("manager"), Visit.objects.get(pk=visit.pk), reason="not over", now=cast.now)
    before = company()
    answer = client.post(reverse("undo", args=[act.pk]), {"next": reverse("visits")}, follow=True)
    assert shown(answer)[0].startswith("Manager changed this at ")
    assert company() == before


def test_two_acts_are_undone_one_after_the_other(cast, as_role):
    visit, client = cast.visit_for(), as_role("reception")
    before = company()
    client.post(reverse("visit_greet", args=[visit.pk]))
    client.post(reverse("visit_steps", args=[visit.pk]), {"tick": "tea"})
    for act in Act.objects.order_by("-pk"):
        client.post(reverse("undo", args=[act.pk]))
    assert company() == before


def test_it_is_undone_once(cast, as_role):
    _visit, client, act = closed(cast, as_role)
    address = reverse("undo", args=[act.pk])
    assert shown(client.post(address, {"next": reverse("visits")}, follow=True)) == ["Undone. Everything is as it was before."]
    assert shown(client.post(address, {"next": reverse("visits")}, follow=True)) == ["This was undone already."]


def test_after_an_hour_the_verbs_of_the_room_correct_it(cast, as_role):
    visit, client, act = closed(cast, as_role)
    Act.objects.update(at=cast.now - undo.OPEN_FOR - timedelta(minutes=1))
    assert "more than an hour ago" in shown(client.post(reverse("undo", args=[act.pk]), {"next": reverse("visits")}, follow=True))[0]
    assert Visit.objects.get(pk=visit.pk).state == states.CLOSED


def test_nobody_undoes_what_another_did(cast, as_role):
    visit, _client, act = closed(cast, as_role)
    assert as_role("manager").post(reverse("undo", args=[act.pk])).status_code == 404
    assert Visit.objects.get(pk=visit.pk).state == states.CLOSED


def test_who_lost_the_right_undoes_nothing(cast, as_role):
    visit, client, act = closed(cast, as_role)
    cast.people["sales"].assignments.all().delete()
    client.post(reverse("undo", args=[act.pk]))
    assert Visit.objects.get(pk=visit.pk).state == states.CLOSED


def test_an_area_that_others_fill_by_now_is_not_taken_from_them(cast, as_role):
    area = cast.areas["sales", "reception"]
    visit = cast.visit_for(area=area)
    client = as_role("reception")
    client.post(reverse("visit_area", args=[visit.pk]), {"area": ""})
    for _ in range(area.capacity):
        cast.visit_for(area=area)
    answer = client.post(reverse("undo", args=[Act.objects.get().pk]), {"next": reverse("visits")}, follow=True)
    assert "was given to others meanwhile" in shown(answer)[0]
    assert Visit.objects.get(pk=visit.pk).area is None


def test_a_counter_that_serves_the_next_by_now_gets_no_second_visitor(cast, as_role):
    leg, client = at_the_counter(cast, "serving"), as_role("sales")
    client.post(reverse("leg_finish", args=[leg.pk]), {"result": ""})
    other = cast.visit_for().legs.get()
    queue.call(cast.actor("sales"), other, post=cast.posts["sales", "counter"], employee=cast.people["sales"], now=timezone.now())
    answer = client.post(reverse("undo", args=[Act.objects.get().pk]), {"next": reverse("visits")}, follow=True)
    assert f"{other.ticket} at the counter by now" in shown(answer)[0]
    assert ServiceLeg.objects.get(pk=leg.pk).state == states.DONE


def test_a_form_that_was_open_meanwhile_is_refused(cast, as_role):
    visit, client, act = closed(cast, as_role)
    open_on = Visit.objects.get(pk=visit.pk).version
    client.post(reverse("undo", args=[act.pk]))
    assert Visit.objects.get(pk=visit.pk).version > open_on


def test_times_count_as_if_it_had_not_happened_and_the_time_line_tells_both(cast, as_role):
    visit, client, act = closed(cast, as_role)
    client.post(reverse("undo", args=[act.pk]))
    events = list(VisitEvent.objects.filter(visit=visit))
    assert "closed" in {event.verb for event in events}
    assert not {"closed", "undone", "done"} & {event.verb for event in rules.standing(events)}
    page = client.get(reverse("visit", args=[visit.pk])).content.decode()
    assert "Undone: Closed" in page


def test_the_message_and_the_page_of_the_visit_offer_to_undo_the_own_act_alone(cast, as_role):
    visit, client, act = closed(cast, as_role)
    address = reverse("undo", args=[act.pk])
    page = client.get(reverse("visit", args=[visit.pk])).content.decode()
    assert page.count(f'action="{address}"') == 2
    assert "Undo “" in client.get(reverse("visit", args=[visit.pk])).content.decode()
    assert address not in as_role("manager").get(reverse("visit", args=[visit.pk])).content.decode()


def test_what_is_too_old_for_anybody_is_forgotten(cast, as_role):
    closed(cast, as_role)
    undo.sweep(now=cast.now + undo.KEPT_FOR + timedelta(minutes=5))
    assert not Act.objects.exists()
