"""The kiosk: few questions, one ticket, nothing left behind, nobody logged in (FIELD 2.1 28, 32; RELIABILITY A9, A10)."""
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from config.accounts.models import AccessEvent
from reception.customers.models import Customer
from reception.visits import queue
from reception.visits.models import Purpose, ServiceLeg, Visit, VisitEvent
from reception.visits.stations import keys, services
from tests.cast import signed_in
from tests.reception.stations.conftest import Visitor


def test_with_nothing_asked_one_press_gives_a_ticket_that_queue_board_and_counter_see(cast, kiosk, choice, as_role):
    kiosk.press(choice=choice("advice"))
    visit = Visit.objects.get()
    leg = visit.legs.get()
    assert kiosk.ticket == leg.ticket == "A001"
    assert (visit.hall, visit.state, visit.receptionist, visit.created_by) == (cast.hall, "waiting", None, None)
    assert "A001" in as_role("reception").get(reverse("desk")).content.decode()
    assert "A001" in as_role("manager").get(reverse("board")).content.decode()
    called = queue.call_next(cast.actor("sales"), hall=cast.hall, post=cast.posts["sales", "counter"], employee=cast.people["sales"], now=cast.now)
    assert called == leg


def test_the_visit_says_that_it_came_from_the_kiosk_and_which_notice_was_shown(cast, kiosk, choice, as_role):
    kiosk.press(choice=choice("advice"))
    event = VisitEvent.objects.get(verb="checked_in")
    assert event.detail == {"station": kiosk.station.pk, "notice": 0, "own_phone": False}
    assert "Took the ticket without the desk" in as_role("reception").get(reverse("visit", args=[event.visit_id])).content.decode()


def test_the_notice_stands_on_the_page_before_anything_is_asked(cast, kiosk, asks, choice):
    asks(phone="optional")
    assert "see, correct or erase" in kiosk.text
    assert "see, correct or erase" in kiosk.press(choice=choice("advice")).text
    assert "see, correct or erase" in kiosk.press(phone="1").text


def test_only_what_the_hall_asks_is_asked_and_optional_ones_say_so(cast, kiosk, asks, choice):
    asks(phone="required", name="optional")
    kiosk.press(choice=choice("advice"))
    assert 'name="phone"' in kiosk.text
    assert 'name="company"' not in kiosk.text
    assert kiosk.text.count("(optional)") == 1
    kiosk.press(phone="", company="smuggled in")
    assert kiosk.answer.status_code == 422
    assert Visit.objects.count() == 0
    kiosk.press(phone="139 1234 5678")
    assert Customer.objects.get().company == ""


def test_a_half_number_gets_a_sentence_and_stays(kiosk, asks, choice):
    asks(phone="optional", name="optional")
    kiosk.press(choice=choice("advice")).press(phone="1381234", name="王芳")
    assert "This is not a complete telephone number. Enter all its digits, or leave it empty." in kiosk.text
    assert 'value="1381234"' in kiosk.text
    assert 'value="王芳"' in kiosk.text


def test_a_new_number_opens_a_file_and_a_name_alone_only_names_the_visit(cast, kiosk, asks, choice):
    asks(phone="optional", name="optional", party_size="optional")
    kiosk.press(choice=choice("advice")).press(name="王芳", party_size="3")
    assert (Visit.objects.get().visitor_name, Visit.objects.get().party_size, Customer.objects.count()) == ("王芳", 3, 0)
    other = Visitor(kiosk.address)
    other.press(choice=choice("advice")).press(name="王芳", phone="13912345678")
    customer = Customer.objects.get()
    assert (customer.name, customer.created_by) == ("王芳", None)
    assert Visit.objects.get(customer=customer)


def test_a_known_number_is_asked_with_a_hidden_name_and_never_completed(cast, kiosk, asks, choice):
    known = cast.customer_for(name="李建国", phone="13800138000", company="恒丰建材")
    asks(phone="optional")
    kiosk.press(choice=choice("advice")).press(phone="138-0013-8000")
    assert "李**" in kiosk.text
    assert "建国" not in kiosk.text
    assert "恒丰建材" not in kiosk.text
    assert Visit.objects.count() == 0
    assert AccessEvent.objects.get(kind="customer", act="view").record_id == known.pk
    kiosk.press(who="1")
    assert Visit.objects.get().customer == known
    assert "建国" not in kiosk.text


def test_who_says_that_it_is_not_them_gets_a_file_of_their_own(cast, kiosk, asks, choice):
    known = cast.customer_for(name="李建国", phone="13800138000")
    asks(phone="optional", name="optional")
    kiosk.press(choice=choice("advice")).press(phone="13800138000", name="李秀英").press(who="none")
    visit = Visit.objects.get()
    assert visit.customer != known
    assert visit.customer.name == "李秀英"


def test_who_says_that_it_is_not_them_does_not_take_the_appointment_under_that_number(cast, kiosk, asks, choice):
    known = cast.customer_for(name="李建国", phone="13800138000")
    planned = cast.appointment_for(customer=known)
    asks(phone="optional", name="optional")
    kiosk.press(choice=choice("advice")).press(phone="13800138000").press(who="none")
    planned.refresh_from_db()
    assert Visit.objects.get().customer != known and planned.visit is None


def test_several_people_who_share_a_number_are_each_offered(cast, kiosk, asks, choice):
    cast.customer_for(name="李建国", phone="02158881234")
    second = cast.customer_for(name="张敏", phone="02158881234")
    asks(phone="optional")
    kiosk.press(choice=choice("advice")).press(phone="021-5888 1234")
    assert "李**" in kiosk.text
    assert "张*" in kiosk.text
    assert "None of these" in kiosk.text
    place = kiosk.text.index("张*") < kiosk.text.index("李**")
    kiosk.press(who="1" if place else "2")
    assert Visit.objects.get().customer == second


def test_a_customer_whom_this_hall_does_not_know_is_not_recognised(cast, kiosk, asks, choice):
    cast.customer_for(name="李建国", phone="13800138000", hall=cast.other_hall)
    asks(phone="optional")
    kiosk.press(choice=choice("advice")).press(phone="13800138000")
    assert "李" not in kiosk.text
    assert kiosk.ticket


@pytest.mark.parametrize("who", ["2", "0", "-1", "99", "x", "", "１"])
def test_nobody_chooses_a_file_that_was_not_offered(cast, kiosk, asks, choice, who):
    known, foreign = cast.customer_for(name="李建国", phone="13800138000"), cast.customer_for(name="张敏")
    asks(phone="optional")
    kiosk.press(choice=choice("advice")).press(phone="13800138000").press(who=who)
    assert Visit.objects.get().customer not in {known, foreign}


def test_trying_out_numbers_stops_naming_anybody(cast, kiosk, asks, choice):
    known = cast.customer_for(name="李建国", phone="13800138000")
    asks(phone="optional")
    for _turn in range(30):
        kiosk = Visitor(kiosk.address).press(choice=choice("advice")).press(phone="13800138000")
        assert "李**" in kiosk.text
    kiosk = Visitor(kiosk.address).press(choice=choice("advice")).press(phone="13800138000")
    assert "李**" not in kiosk.text
    assert kiosk.ticket
    assert Visit.objects.get().customer != known


def test_sent_twice_it_is_one_ticket_and_the_same_page(cast, kiosk, choice):
    key = str(uuid.uuid4())
    sent = {"step": "choose", "choice": choice("advice"), "one_off_key": key, "language": "en"}
    for _turn in range(3):
        kiosk.answer = kiosk.client.post(kiosk.address, sent)
        assert kiosk.ticket == "A001"
    assert Visit.objects.count() == ServiceLeg.objects.count() == 1


@pytest.mark.parametrize("sent", [
    {}, {"step": "choose"}, {"step": "choose", "choice": "p99999999"}, {"step": "choose", "choice": "\0"}, {"step": "ask", "choice": "s1"},
    {"step": "known", "who": "1"}, {"step": "choose", "choice": "{}", "one_off_key": "x"}, {"step": "?", "language": "xx", "switch": "../"}])
def test_what_makes_no_sense_leads_to_the_first_step_and_logs_nothing(cast, kiosk, choice, sent):
    sent = {name: value.replace("{}", choice("advice")) for name, value in sent.items()}
    answer = kiosk.client.post(kiosk.address, sent)
    assert answer.status_code in {200, 422}
    assert 'value="choose"' in answer.content.decode()
    assert Visit.objects.count() == 0


def test_many_tickets_in_a_minute_are_refused_in_a_sentence(cast, kiosk, choice, now):
    with time_machine.travel(now, tick=False):  # however long it takes to press them
        for _turn in range(20):
            assert Visitor(kiosk.address).press(choice=choice("advice")).ticket
        kiosk.press(choice=choice("advice"))
    assert "Many tickets were taken in the last minute." in kiosk.text
    assert Visit.objects.count() == 20


def test_the_language_changes_in_the_middle_and_what_was_typed_stays(kiosk, asks, choice):
    asks(phone="optional", name="optional", language="en")
    kiosk.press(choice=choice("advice")).press(switch="zh-hans", phone="1391234", name="王芳")
    assert "您的电话" in kiosk.text
    assert 'value="1391234"' in kiosk.text
    assert kiosk.answer.headers["Content-Language"] == "zh-hans"
    kiosk.press(phone="13912345678")
    assert "您的号码" in kiosk.text
    assert "What brings you here?" in Visitor(kiosk.address).text


def test_a_device_with_a_staff_login_is_no_kiosk_until_it_is_logged_out(cast, kiosk, choice):
    client = signed_in(cast.user("manager"), Client())
    for answer in (client.get(kiosk.address), client.post(kiosk.address, {"step": "choose", "choice": choice("advice")})):
        assert answer.status_code == 409
        assert "This device is logged in" in answer.content.decode()
    assert Visit.objects.count() == 0
    assert client.post(kiosk.address, {"step": "sign_out"}).url == kiosk.address
    assert "What brings you here?" in client.get(kiosk.address).content.decode()
    assert client.get("/").status_code == 302


def test_no_page_of_the_kiosk_leads_anywhere_else(cast, kiosk, asks, choice):
    asks(phone="optional")
    pages = [kiosk.text, kiosk.press(choice=choice("advice")).text, kiosk.press().text]
    for page in pages:
        assert "<a " not in page
        assert {part.split('"')[1] for part in page.split("action=")[1:]} <= {kiosk.address}


def test_nothing_of_it_is_stored_by_the_browser_and_no_session_begins(kiosk, choice):
    kiosk.press(choice=choice("advice"))
    assert kiosk.answer.headers["Cache-Control"] == "no-store"
    assert set(kiosk.client.cookies) <= {"csrftoken"}
    assert "Set-Cookie" not in kiosk.answer.headers


def test_a_key_that_was_replaced_or_a_station_out_of_use_shows_a_plain_word(cast, kiosk, choice):
    _station, key = services.new_key(cast.actor("manager"), kiosk.station, now=cast.now)
    old = kiosk.client.post(kiosk.address, {"step": "choose", "choice": choice("advice")})
    assert old.status_code == 404
    assert "This address is not in use" in old.content.decode()
    fresh = Visitor(reverse("kiosk", args=[key]))
    assert fresh.answer.status_code == 200
    services.revoke(cast.actor("manager"), kiosk.station, now=cast.now)
    assert fresh.client.get(fresh.address).status_code == 404
    assert Visit.objects.count() == 0


def test_guessing_keys_ends_in_a_refusal(cast, client):
    codes = [client.get(reverse("kiosk", args=[f"guess-{turn}"])).status_code for turn in range(32)]
    assert codes[:30] == [404] * 30
    assert codes[30:] == [429] * 2


def test_a_key_of_a_display_opens_no_kiosk(stand, client):
    _station, key = stand("display")
    assert client.get(reverse("kiosk", args=[key])).status_code == 404


def test_on_a_day_without_the_hall_no_ticket_is_given(cast, kiosk, choice):
    key = choice("advice")
    cast.hall.active_until = cast.today - timedelta(days=1)
    cast.hall.save()
    kiosk.press(choice=key)
    assert "is not open on this day" in kiosk.text
    assert Visit.objects.count() == 0


def test_the_code_on_the_screen_opens_the_same_questions_on_a_phone_that_keeps_its_waiting_page(cast, kiosk, asks, choice, now):
    asks(name="optional")
    phone = Visitor(reverse("checkin", args=[keys.check_in_key(kiosk.station.pk, now)]))
    phone.press(choice=choice("business")).press(name="王芳")
    visit = Visit.objects.get()
    assert phone.answer.url == reverse("wait", args=[keys.wait_key(visit.public_code)])
    assert VisitEvent.objects.get(verb="checked_in").detail["own_phone"] is True
    assert visit.legs.get().service == cast.services["business"]


def test_a_code_that_ran_out_says_so(cast, kiosk, client, now):
    late = client.get(reverse("checkin", args=[keys.check_in_key(kiosk.station.pk, now - timedelta(hours=1))]))
    assert (late.status_code, "This code has run out" in late.content.decode()) == (410, True)
    services.revoke(cast.actor("manager"), kiosk.station, now=now)
    assert client.get(reverse("checkin", args=[keys.check_in_key(kiosk.station.pk, now)])).status_code == 404


def test_a_service_that_no_purpose_names_can_be_chosen_too(cast, kiosk, choice):
    Purpose.objects.filter(service=cast.services["business"]).update(service=None)
    kiosk.press(choice=choice("business"))
    assert kiosk.ticket == "B001"


def test_the_kiosk_keeps_within_few_statements(cast, kiosk, choice, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        kiosk.client.get(kiosk.address)
    with django_assert_max_num_queries(40):
        kiosk.press(choice=choice("advice"))
