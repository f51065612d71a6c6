"""What follows from putting a visit right: whose file it is, who works on it, where it is told (REC-06, REC-08, REC-30)."""
import threading

import pytest
from django.db import connections, transaction
from django.urls import reverse

from config.accounts.models import AccessEvent
from config.errors import Refused
from reception.customers import services as customers
from reception.visits import services, states
from reception.visits.models import Handover, Visit


def working_on(customer):
    """The names of those who work on the file because of a visit."""
    return set(customer.involvements.filter(until=None).values_list("employee__user__username", flat=True))


def test_a_visit_that_is_opened_again_gives_its_adviser_the_file_again(cast, visit_for, customer_for, now):
    customer = customer_for()
    visit = visit_for(state=states.IN_SERVICE, adviser="sales", customer=customer)
    services.close(cast.actor("sales"), visit, outcome="business", now=now)
    assert working_on(customer) == set()
    services.reopen(cast.actor("supervisor"), visit, reason="Came back for the keys", now=now)
    assert working_on(customer) == {"sales"}


def test_a_visit_that_is_opened_again_does_not_sit_on_others(cast, visit_for, now):
    area = cast.areas["sales", "negotiation"]
    visit = visit_for(state=states.CLOSED, adviser="sales", area=area)
    for _party in range(area.capacity):
        visit_for(state=states.IN_SERVICE, area=area)
    assert services.reopen(cast.actor("supervisor"), visit, reason="Came back", now=now).area is None
    other = visit_for(state=states.CLOSED, adviser="sales", area=cast.areas["sales", "reception"])
    assert services.reopen(cast.actor("supervisor"), other, reason="Came back", now=now).area == cast.areas["sales", "reception"]


def test_another_customer_takes_the_wrong_file_out_of_the_advisers_hands(cast, visit_for, customer_for, now):
    wrong, right = customer_for(), customer_for()
    visit = visit_for(state=states.IN_SERVICE, adviser="sales", customer=wrong)
    services.change(cast.actor("sales"), visit, version=visit.version, customer=right, now=now)
    assert (working_on(wrong), working_on(right)) == (set(), {"sales"})


def corrected(client, visit, **typed):
    """The form of the visit sent with what stands in it, but for what is typed."""
    url = reverse("visit_edit", args=[visit.pk])
    stands = {name: value for name, value in client.get(url).context["form"].initial.items() if value is not None}
    return client.post(url, stands | typed)


def test_emptying_the_field_takes_a_wrong_customer_away(cast, visit_for, customer_for, client_as):
    customer = customer_for()
    visit = visit_for(state=states.IN_SERVICE, adviser="sales", customer=customer)
    assert corrected(client_as("reception"), visit, who="", customer="").status_code == 302
    visit.refresh_from_db()
    assert visit.customer is None and working_on(customer) == set()


def test_a_salesperson_corrects_the_own_visit_after_its_end(cast, visit_for, customer_for, client_as, now):
    customer = customer_for()
    visit = visit_for(state=states.IN_SERVICE, adviser="sales", customer=customer)
    services.close(cast.actor("sales"), visit, outcome="business", now=now)
    assert client_as("sales").get(reverse("customer", args=[customer.pk])).status_code == 404
    assert corrected(client_as("sales"), visit, note="Wants oak").status_code == 302
    visit.refresh_from_db()
    assert (visit.note, visit.customer) == ("Wants oak", customer)


def test_an_offer_that_nobody_answered_goes_back_when_the_visit_ends_and_the_history_tells_it(cast, visit_for, now):
    visit = visit_for(state=states.IN_SERVICE, adviser="sales")
    handover = services.offer_handover(cast.actor("sales"), visit, cast.people["colleague"], note="Lunch", now=now)
    services.close(cast.actor("sales"), visit, outcome="business", now=now)
    told = handover.history.first()
    assert (told.history_change_reason, told.history_user, told.returned_at) == ("returned", cast.users["sales"], now)
    assert visit.events.filter(verb="handover_returned", employee_id=cast.people["colleague"].pk).count() == 1


def test_a_visit_is_not_logged_for_a_file_that_was_merged_a_moment_ago(cast, customer_for, now):
    kept, merged = customer_for(), customer_for()
    customers.merge(cast.actor("manager"), kept, merged, choices={}, reason="", now=now)
    with pytest.raises(Refused, match=kept.number), transaction.atomic():
        services.log_visit(cast.actor("reception"), hall=cast.hall, purpose=cast.purposes["see-products"], customer=merged, now=now)
    assert not Visit.objects.exists()


def test_the_parts_of_a_hall_are_for_those_who_receive_in_it(cast, client_as):
    answers = [client_as("reception").post(reverse("desk_hall_fields"), {"hall": hall.pk}) for hall in (cast.hall, cast.other_hall)]
    assert [answer.status_code for answer in answers] == [200, 404]
    page = client_as("reception").post(reverse("desk"), {"hall": cast.other_hall.pk})
    assert page.status_code == 422 and "Sales2 Wang" not in page.content.decode()


def test_the_board_tells_of_hand_overs_of_the_visits_in_reach_alone(cast, visit_for, client_as, now):
    visit = visit_for(state=states.IN_SERVICE, adviser="sales")
    services.offer_handover(cast.actor("sales"), visit, cast.people["colleague"], note="Wants the blue one", now=now)
    seen = {name: "Wants the blue one" in client_as(name).get(reverse("board")).content.decode() for name in ("reception", "sales", "outsider")}
    assert seen == {"reception": True, "sales": True, "outsider": False}


def test_the_file_tells_of_looks_at_its_number_through_a_visit_of_prints_and_exports(cast, visit_for, customer_for, client_as):
    customer = customer_for(phone="021-58881234-12")
    visit = visit_for(customer=customer)
    assert "ext. 12" in client_as("reception").post(reverse("visit_phone", args=[visit.pk])).content.decode()
    assert "ext. 12" in client_as("reception").get(reverse("registration_form", args=[visit.pk])).content.decode()
    b"".join(client_as("manager").get(reverse("customers"), {"format": "csv"}).streaming_content)
    acts = AccessEvent.objects.filter(kind="customer", record_id=customer.pk).order_by("pk").values_list("act", "user_id")
    assert list(acts) == [("unmask", cast.users["reception"].pk), ("print", cast.users["reception"].pk), ("export", cast.users["manager"].pk)]
    assert "line in the list" in client_as("manager").get(reverse("customer_access", args=[customer.pk])).content.decode()


def test_the_telephone_of_a_visit_is_no_address(cast, visit_for, customer_for, client_as):
    customer = customer_for(phone="")
    customers.add_contact(cast.actor("reception"), customer, way="email", written="wang@example.com", now=cast.now)
    visit = visit_for(customer=customer)
    assert client_as("reception").post(reverse("visit_phone", args=[visit.pk])).status_code == 404


def test_the_only_thing_a_customer_is_known_by_stays(cast, customer_for, client_as):
    contact = customer_for(name="", phone="13800138000").contacts.get()
    page = client_as("reception").post(reverse("remove_contact", args=[contact.pk]), {"reason": "Wrong"})
    assert page.status_code == 422 and "all the customer is known by" in page.content.decode()


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "9999-12", "0001-01"])
def test_a_day_beyond_any_calendar_is_a_day_nobody_finds(client_as, day):
    client = client_as("manager")
    for page, name in (("visit_figures", "period"), ("visit_figures", "since"), ("day_log", "day"),
                       ("visits", "since"), ("visits", "until"), ("shifts", "day")):
        assert client.get(reverse(page), {name: day}).status_code in {200, 404}, page


def test_nobody_talked_before_there_was_a_hall(cast, customer_for, client_as):
    customer = customer_for()
    typed = {"hall": cast.hall.pk, "at": "0001-01-01T00:00", "method": "phone", "topic": "Worktop", "one_off_key": "1" * 32}
    page = client_as("agent").get(reverse("add_communication", args=[customer.pk]))
    answer = client_as("agent").post(reverse("add_communication", args=[customer.pk]), typed | {"one_off_key": page.context["one_off_key"]})
    assert answer.status_code == 422 and "Nobody talked on this day" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_desks_do_not_give_two_visitors_to_one_free_adviser(cast, visit_for, now):
    first, second = visit_for(), visit_for()
    begin = threading.Barrier(2)

    def give(visit):
        begin.wait()
        services.assign(cast.actor("reception"), visit, cast.people["sales"], now=now)
        connections.close_all()

    threads = [threading.Thread(target=give, args=[visit]) for visit in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    states_now = set(Visit.objects.values_list("state", flat=True))
    assert states_now == {states.IN_SERVICE, states.WAITING}
    assert not Handover.objects.exists()
