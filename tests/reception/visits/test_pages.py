"""The pages of the visits room, as people of each kind meet them."""
import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from config.accounts.models import AccessEvent
from reception.visits import states
from reception.visits.models import Visit
from reception.visits.recording import record

PLAIN = ("visits", "counter", "present", "present_sheet", "start_evacuation", "left_open", "visit_figures", "reception_templates", "day_log")
OF_A_VISIT = ("visit", "visit_edit", "registration_form", "ticket_slip", "visit_area", "visit_assign", "visit_serve", "visit_hand_over", "visit_close",
              "visit_leave", "visit_settle", "visit_add_service", "visit_attach")


@pytest.mark.parametrize("name", PLAIN)
def test_a_page_of_the_room_opens_for_the_receptionist(client_as, visit_for, customer_for, name):
    visit_for(customer=customer_for(), state=states.IN_SERVICE)
    visit_for()
    assert client_as("reception").get(reverse(name)).status_code == 200


@pytest.mark.parametrize("state", [states.WAITING, states.GREETED, states.IN_SERVICE, states.CLOSED, states.LEFT])
def test_every_page_of_a_visit_opens_in_every_state(client_as, visit_for, customer_for, state):
    visit, client = visit_for(customer=customer_for(), state=state), client_as("reception")
    for name in OF_A_VISIT:
        assert client.get(reverse(name, args=[visit.pk])).status_code == 200, name


def test_a_page_of_another_hall_is_not_there(client_as, visit_for, cast):
    visit, client = visit_for(), client_as("reception2")
    for name in OF_A_VISIT:
        assert client.get(reverse(name, args=[visit.pk])).status_code == 404, name
    for name in ("visit_greet", "visit_steps", "visit_confirm", "visit_phone", "visit_close"):
        assert client.post(reverse(name, args=[visit.pk])).status_code == 404, name
    leg = visit.legs.get()
    for name in ("leg_call", "leg_recall", "leg_start", "leg_finish", "leg_no_show", "leg_rejoin", "leg_park", "leg_unpark", "leg_transfer",
                 "leg_put_back", "leg_abandon"):
        assert client.post(reverse(name, args=[leg.pk])).status_code == 404, name


def test_a_visit_takes_ten_statements_however_much_happened_in_it(cast, visit_for, cost):
    visit = visit_for(state="in_service", adviser="sales", customer=cast.customer_for())
    few, people = cost(reverse("visit", args=[visit.pk])), [cast.people[name] for name in ("sales", "agent", "manager")]
    for number in range(40):
        visit.adviser = people[number % 3]
        visit.save()
        record(cast.actor("manager"), visit, "handover_accepted", at=cast.now, employee=visit.adviser)
    assert cost(reverse("visit", args=[visit.pk])) == few <= 10


def test_of_a_visit_with_much_history_the_newest_is_shown_and_all_of_it_when_asked(cast, client_as, visit_for):
    visit, client = visit_for(), client_as("reception")
    record(cast.actor("reception"), visit, "arrived", at=cast.now - timedelta(minutes=1))
    for number in range(60):
        record(cast.actor("reception"), visit, "steps", at=cast.now + timedelta(seconds=number))
    address = reverse("visit", args=[visit.pk])
    page = client.get(address)
    assert len(page.context["entries"]) == 50 and "Arrived" not in {entry["title"] for entry in page.context["entries"]}
    assert 'href="?all=happened#happened"' in page.content.decode()
    whole = client.get(address, {"all": "happened"})
    assert "Arrived" in {entry["title"] for entry in whole.context["entries"]} and 'href="?all=happened' not in whole.content.decode()


def test_opening_a_visit_leaves_a_row_in_the_access_log(client_as, visit_for):
    visit = visit_for()
    client_as("reception").get(reverse("visit", args=[visit.pk]))
    assert AccessEvent.objects.filter(act="view", kind="visit", record_id=visit.pk).count() == 1


def test_the_number_is_masked_until_it_is_asked_for_and_each_look_is_on_record(client_as, visit_for, customer_for):
    visit, client = visit_for(customer=customer_for(phone="13800138000")), client_as("reception")
    page = client.get(reverse("visit", args=[visit.pk])).content.decode()
    assert "138****8000" in page and "138 0013 8000" not in page and "13800138000" not in page
    assert "138 0013 8000" in client.post(reverse("visit_phone", args=[visit.pk])).content.decode()
    assert AccessEvent.objects.get(act="unmask", kind="customer", record_id=visit.customer_id).fields == ["mobile"]


@pytest.mark.parametrize("text", ["8000", "13800138000", "李建国", "ljg", "VS-"])
def test_the_list_finds_a_visit_by_what_people_type(client_as, visit_for, customer_for, text):
    from reception.customers import services as customers
    customer = customer_for(name="李建国", phone="13800138000")
    customers.index([customer.pk])
    visit, other = visit_for(customer=customer), visit_for(visitor_name="Smith")
    text = visit.number if text == "VS-" else text
    page = client_as("reception").get(reverse("visits"), {"q": text}).content.decode()
    assert visit.number in page and other.number not in page


def test_the_list_narrows_by_state_purpose_adviser_day_and_left_open(client_as, visit_for, cast):
    client = client_as("reception")
    waiting, served = visit_for(), visit_for(state=states.IN_SERVICE, adviser="sales")
    open_left = visit_for(state=states.CLOSED, outcome="", assumed=True, purpose=cast.purposes["handle-business"])

    def shown(**chosen):
        page = client.get(reverse("visits"), chosen).content.decode()
        return {name for name, visit in (("waiting", waiting), ("served", served), ("open", open_left)) if visit.number in page}
    assert shown(state="waiting") == {"waiting"}
    assert shown(adviser=cast.people["sales"].pk) == {"served"}
    assert shown(purpose=cast.purposes["handle-business"].pk) == {"open"}
    assert shown(left_open="on") == {"open"}
    assert shown(until="2020-01-01") == set()
    assert shown(since=cast.today.isoformat()) == {"waiting", "served", "open"}


@pytest.mark.req("GEN-16")
def test_the_export_holds_as_many_rows_as_the_list_shows_and_is_on_record(client_as, visit_for, customer_for):
    for number in range(30):
        visit_for(customer=customer_for() if number % 3 else None, state=states.WAITING if number % 2 else states.CLOSED)
    client = client_as("manager")
    listed = client.get(reverse("visits"), {"state": "waiting"}).context["page"].total
    response = client.get(reverse("visits"), {"state": "waiting", "format": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert len(rows) - 1 == listed == 15
    assert AccessEvent.objects.filter(act="export", kind="visit").count() == 1


def test_who_may_not_export_is_refused_and_that_is_on_record(client_as, visit_for):
    visit_for()
    assert client_as("reception").get(reverse("visits"), {"format": "csv"}).status_code == 403
    assert AccessEvent.objects.filter(act="refused", kind="visit").exists()


def test_the_list_and_the_page_cost_the_same_for_one_visit_and_for_many(cost, visit_for, customer_for):
    first = visit_for(customer=customer_for())
    lists, counter = cost(reverse("visits")), cost(reverse("counter"), by="reception")
    for _ in range(9):
        visit_for(customer=customer_for(), state=states.IN_SERVICE)
        visit_for(customer=customer_for())
    assert cost(reverse("visits")) == lists
    assert cost(reverse("counter"), by="reception") == counter
    assert Visit.objects.filter(pk=first.pk).exists()


def test_altered_addresses_are_answered_calmly(client_as, visit_for):
    visit_for()
    client = client_as("reception")
    for query in ({"q": "\x00%_'\"", "state": "x"}, {"adviser": "99999999999999999999"}, {"since": "2026-99-99"}, {"q": "A" * 500}, {"after": "%%"}):
        assert client.get(reverse("visits"), query).status_code == 200
    assert client.get(reverse("visit_figures"), {"period": "2026-13"}).status_code == 404
    assert client.get(reverse("day_log"), {"day": "yesterday"}).status_code == 404


def test_the_file_is_linked_only_for_whom_it_is_open(cast, as_role, visit_for, customer_for):
    visit = visit_for(customer=customer_for(name="傅明"))
    link = reverse("customer", args=[visit.customer_id])
    assert link in as_role("reception").get(reverse("visit", args=[visit.pk])).content.decode()
    page = as_role("sales").get(reverse("visit", args=[visit.pk]))  # it waits for nobody yet, so a salesperson of the hall sees it
    assert page.status_code == 200
    assert link not in page.content.decode()
    assert as_role("sales").get(link).status_code == 404
