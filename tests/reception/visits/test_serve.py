"""Advisers, hand-overs, the registration form, the end of a visit (REC-06 to REC-08)."""
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from config.accounts.actor import Actor
from config.accounts.models import AccessEvent
from config.errors import Refused
from config.web.periods import Period
from reception.visits import figures, holdings, queries, services, states, tasks
from reception.visits.models import Handover, ServiceLeg, Visit
from staff.organisation.models import OpeningHours
from staff.shifts.models import Shift


def verbs(visit):
    """What happened, in order."""
    return [event.verb for event in visit.events.all()]


def as_named(page):
    """The names of the people a form offers."""
    return {label for _value, label in page.context["form"].fields["adviser"].choices}


@pytest.mark.req("REC-06")
def test_only_people_on_shift_are_offered_and_the_handovers_are_listed_on_the_visit(client_as, cast, visit_for):
    Shift.objects.filter(employee=cast.people["outsider"]).update(ends_at=cast.now - timedelta(minutes=1))
    visit, client = visit_for(), client_as("reception")
    offered = as_named(client.get(reverse("visit_assign", args=[visit.pk])))
    assert "Sales Wang" in offered and "Outsider Wang" not in offered and "Sales2 Wang" not in offered
    refused = client.post(reverse("visit_assign", args=[visit.pk]), {"adviser": cast.people["outsider"].pk})
    assert refused.status_code == 422 and "not on shift" in refused.content.decode()
    client.post(reverse("visit_assign", args=[visit.pk]), {"adviser": cast.people["sales"].pk})
    client_as("sales").post(reverse("visit_hand_over", args=[visit.pk]), {"adviser": cast.people["colleague"].pk, "note": "Wants the blue one"})
    handover = Handover.objects.get()
    assert client_as("outsider").post(reverse("handover_accept", args=[handover.pk])).status_code == 404
    assert client_as("colleague").post(reverse("handover_accept", args=[handover.pk])).status_code == 302
    visit.refresh_from_db()
    assert visit.adviser == cast.people["colleague"] and visit.legs.get().employee == cast.people["colleague"]
    page = client.get(reverse("visit", args=[visit.pk])).content.decode()
    assert "Wants the blue one" in page and "taken over" in page and "Taken over by Colleague Wang" in page


def test_a_free_adviser_begins_at_once_and_a_busy_one_is_waited_for(desk, cast, visit_for, now):
    first, second = visit_for(), visit_for()
    assert services.assign(desk, first, cast.people["sales"], now=now).state == states.IN_SERVICE
    assert services.assign(desk, second, cast.people["sales"], now=now).state == states.WAITING
    assert verbs(first)[-3:] == ["served", "called", "started"] and verbs(second)[-1] == "assigned"
    assert Visit.objects.get(pk=first.pk).waited_seconds() == 600


def test_a_returned_handover_leaves_the_visit_where_it_is(cast, visit_for, client_as, now):
    visit = visit_for(state=states.IN_SERVICE, adviser="sales")
    services.offer_handover(cast.actor("sales"), visit, cast.people["colleague"], note="Lunch", now=now)
    with pytest.raises(Refused, match="waiting already"):
        services.offer_handover(cast.actor("sales"), visit, cast.people["outsider"], note="Lunch", now=now)
    client_as("colleague").post(reverse("handover_return", args=[Handover.objects.get().pk]))
    visit.refresh_from_db()
    assert visit.adviser == cast.people["sales"] and Handover.objects.get().returned_at


def test_the_giver_may_take_an_offer_back_and_a_stranger_may_not(cast, visit_for, client_as, now):
    visit = visit_for(state=states.IN_SERVICE, adviser="sales")
    handover = services.offer_handover(cast.actor("sales"), visit, cast.people["colleague"], note="Lunch", now=now)
    assert client_as("outsider").post(reverse("handover_return", args=[handover.pk])).status_code == 404
    assert client_as("sales").post(reverse("handover_return", args=[handover.pk])).status_code == 302
    handover.refresh_from_db()
    assert handover.returned_at


@pytest.mark.req("REC-07")
def test_the_registration_form_prints_the_data_and_says_who_confirmed_it_when(client_as, visit_for, customer_for, cast):
    visit = visit_for(customer=customer_for(name="李建国", phone="13800138000", company="Lake Ltd"), need="A quiet kitchen")
    client, url = client_as("reception"), reverse("registration_form", args=[visit.pk])
    page = client.get(url).content.decode()
    assert "李建国" in page and "138 0013 8000" in page and "A quiet kitchen" in page and "Signature" in page and "FRM-01" in page
    assert "confirmed by" not in page
    client.post(reverse("visit_confirm", args=[visit.pk]))
    page = client.get(url).content.decode()
    assert "confirmed by Reception at" in page
    assert AccessEvent.objects.filter(act="print", kind="visit", record_id=visit.pk).count() == 2


def test_what_an_unnamed_visitor_said_cannot_be_confirmed_without_a_file(client_as, visit_for):
    visit = visit_for()
    page = client_as("reception").post(reverse("visit_confirm", args=[visit.pk]), follow=True).content.decode()
    assert "no file yet" in page


@pytest.mark.req("GEN-14")
def test_the_forms_print_with_company_hall_number_date_and_signature_lines(client_as, visit_for):
    visit, client = visit_for(), client_as("reception")
    for url, form in ((reverse("registration_form", args=[visit.pk]), "FRM-01"), (reverse("day_log"), "FRM-02"),
                      (reverse("blank_form", args=["customer-registration"]), "FRM-01"), (reverse("blank_form", args=["visit-log"]), "FRM-02")):
        page = client.get(url).content.decode()
        assert all(text in page for text in ("Example Company", "Sales hall", form, "Signature", 'class="a4"')), url
    assert visit.number in client.get(reverse("registration_form", args=[visit.pk])).content.decode()


def test_the_slip_says_how_many_wait_before_and_names_nobody(client_as, visit_for, customer_for):
    visit_for(minutes_ago=20)
    visit = visit_for(customer=customer_for(name="李建国"))
    page = client_as("reception").get(reverse("ticket_slip", args=[visit.pk])).content.decode()
    assert visit.legs.get().ticket in page and "1 person waits before you" in page and visit.public_code in page and "李建国" not in page


def test_closing_keeps_outcome_and_times_and_ends_tickets_and_offers(cast, visit_for, customer_for, now):
    visit = visit_for(state=states.IN_SERVICE, adviser="sales", customer=customer_for(owner="colleague"))
    services.offer_handover(cast.actor("sales"), visit, cast.people["colleague"], note="Lunch", now=now)
    visit = services.close(cast.actor("sales"), visit, outcome="business", next_step="Send the invoice", now=now)
    assert (visit.state, visit.outcome, visit.left_at, visit.next_step) == (states.CLOSED, "business", now, "Send the invoice")
    assert visit.legs.get().state == states.DONE and Handover.objects.get().returned_at == now
    assert verbs(visit)[-2:] == ["closed", "done"] or verbs(visit)[-2:] == ["done", "closed"]
    assert not visit.customer.involvements.filter(until=None).exists()


@pytest.mark.parametrize("left, sentence", [(timedelta(hours=1), "lies in the future"), (timedelta(hours=-5), "before arriving")])
def test_a_leaving_time_that_cannot_be_is_told_beside_the_field(client_as, visit_for, left, sentence):
    visit = visit_for(state=states.IN_SERVICE, adviser="sales")
    at = timezone.localtime(timezone.now() + left).strftime("%Y-%m-%dT%H:%M")
    answer = client_as("reception").post(reverse("visit_close", args=[visit.pk]), {"version": visit.version, "outcome": "information", "left_at": at})
    assert answer.status_code == 422 and sentence in answer.context["form"].errors["left_at"][0]


def test_somebody_who_leaves_unserved_is_noted_with_the_reason(client_as, visit_for):
    visit = visit_for()
    client_as("reception").post(reverse("visit_leave", args=[visit.pk]), {"reason": "Too long"})
    visit.refresh_from_db()
    assert (visit.state, visit.outcome) == (states.LEFT, Visit.Outcome.LEFT) and visit.legs.get().state == states.ABANDONED
    assert visit.events.get(verb="left").reason == "Too long"


def test_only_a_superior_of_the_people_opens_a_visit_again_and_says_why(client_as, visit_for):
    visit = visit_for(state=states.CLOSED, adviser="sales")
    url = reverse("visit_reopen", args=[visit.pk])
    assert client_as("reception").post(url, {"reason": "Oops"}).status_code == 403
    assert client_as("supervisor2").post(url, {"reason": "Oops"}).status_code == 404
    assert client_as("supervisor").post(url, {}).status_code == 422
    assert client_as("supervisor").post(url, {"reason": "Came back"}).status_code == 302
    visit.refresh_from_db()
    assert visit.state == states.IN_SERVICE and not visit.left_at and "Came back" in visit.history.first().history_change_reason


@pytest.mark.req("REC-08")
def test_a_visit_left_open_at_closing_time_is_on_the_receptionists_list_next_morning(client_as, cast, visit_for, now):
    OpeningHours.objects.filter(hall=cast.hall).delete()
    OpeningHours.objects.bulk_create(OpeningHours(hall=cast.hall, weekday=day, opens=540, closes=1080) for day in range(7))
    evening = queries.closing_time(cast.hall, cast.today - timedelta(days=1))
    served = visit_for(state=states.IN_SERVICE, adviser="sales", arrived_at=evening - timedelta(hours=1), served_at=evening - timedelta(minutes=40))
    waiting = visit_for(arrived_at=evening - timedelta(minutes=10))
    tasks.end_days(cast.hall, evening + timedelta(minutes=20))
    assert Visit.objects.filter(assumed=True).count() == 0  # people are still served a while after the door is shut
    for _ in range(2):
        tasks.end_days(cast.hall, evening + timedelta(hours=2))
    served.refresh_from_db(), waiting.refresh_from_db()
    assert (served.state, served.left_at, served.assumed) == (states.CLOSED, evening, True)
    assert (waiting.state, waiting.assumed) == (states.LEFT, True) and waiting.events.filter(verb="day_end").count() == 1
    client = client_as("reception")
    assert [row.pk for row in client.get(reverse("left_open")).context["rows"]] == [served.pk, waiting.pk]
    yesterday = Period.of("day", cast.today - timedelta(days=1))
    assert figures.of_span(figures.by_day(cast.user("manager"), cast.hall, yesterday), yesterday).average_wait is None
    client.post(reverse("visit_settle", args=[served.pk]), {
        "outcome": "enquiry", "next_step": "Call back", "left_at": timezone.localtime(evening - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M")})
    served.refresh_from_db()
    assert not served.assumed and served.outcome == "enquiry" and served.left_at == evening - timedelta(minutes=5)
    assert [row.pk for row in client.get(reverse("left_open")).context["rows"]] == [waiting.pk]
    assert figures.of_span(figures.by_day(cast.user("manager"), cast.hall, yesterday), yesterday).average_wait == 20 * 60


def test_visits_of_who_leaves_are_handed_to_another(cast, visit_for, customer_for, now):
    visit = visit_for(state=states.IN_SERVICE, adviser="sales", customer=customer_for(owner="colleague"))
    actor = Actor(user=cast.user("hr"))
    holdings.hand_over(actor, holdings.owned(cast.people["sales"]), cast.people["colleague"], now)
    visit.refresh_from_db()
    assert visit.adviser == cast.people["colleague"] and not holdings.owned(cast.people["sales"]).exists()
    assert visit.events.get(verb="reassigned").user_id == actor.user.pk and ServiceLeg.objects.get(visit=visit).employee == cast.people["colleague"]


def test_the_next_acts_on_the_page_are_those_this_person_may_take_now(client_as, visit_for):
    waiting, closed = visit_for(), visit_for(state=states.CLOSED, adviser="sales")

    def offered(who, visit):
        return {action["url"].rstrip("/").rsplit("/", 1)[-1] for action in client_as(who).get(reverse("visit", args=[visit.pk])).context["actions"]}
    assert offered("reception", waiting) == {"greet", "serve", "leave", "assign", "area", "service", "edit"}
    assert offered("reception", closed) == {"edit"} and offered("manager", closed) == {"edit", "reopen"} and offered("general", closed) == set()
