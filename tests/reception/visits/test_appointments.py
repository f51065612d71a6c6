"""Planned visits: whoever says that the visitor arrived, by desk, kiosk or own phone, it is one visit (FIELD 2.1 4, 5)."""
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.accounts.actor import Actor
from config.errors import Refused
from reception.customers.phones import read_phones
from reception.visits import appointments, services, states, tasks
from reception.visits.models import ServiceLeg, Visit
from reception.visits.queue_models import Appointment, HallQueue
from staff.organisation.models import OpeningHours
from tests.cast import build
from tests.reception.visits.test_lifecycle import together


@pytest.fixture
def log(cast, now, desk):
    """`log(customer=…)`: the receptionist logs a visitor now."""
    return lambda **facts: services.log_visit(desk, hall=cast.hall, purpose=cast.purposes["see-products"], receptionist=cast.people["reception"],
                                              now=now, **facts)


def soon(cast, **facts):
    """An appointment for a customer of the hall, a minute from now, so that it is of today also around midnight."""
    customer = facts.pop("customer", None) or cast.customer_for()
    return cast.appointment_for(customer=customer, minutes=0, **facts)


def test_who_is_logged_at_the_desk_and_has_an_appointment_arrives_for_it(cast, log):
    appointment = soon(cast)
    visit = log(customer=appointment.customer)
    appointment.refresh_from_db()
    assert (appointment.state, appointment.visit) == (states.ARRIVED, visit)
    leg = visit.legs.get()
    assert (leg.priority, leg.has_priority(leg.priority_from)) == (ServiceLeg.Priority.APPOINTMENT, True)
    assert "expected" in [event.verb for event in visit.events.all()]


def test_who_arrived_by_phone_and_is_logged_at_the_desk_is_one_visit_with_what_the_desk_added(cast, log, now):
    appointment = soon(cast)
    by_phone = appointments.arrive(Actor.customer("x"), appointment, now=now)
    again = log(customer=appointment.customer, need="A kitchen", party_size=4)
    assert again == by_phone and Visit.objects.count() == 1
    assert again.need == "A kitchen" and again.legs.count() == 1
    services.leave(cast.actor("reception"), again, reason="", left_at=None, now=now)
    assert log(customer=appointment.customer) != by_phone, "Who left and comes again is another visit."


def test_a_typed_number_finds_the_appointment_and_a_shared_one_only_with_its_name(cast, log):
    one = cast.appointment_for(minutes=0, name="王芳", phone="+8613800138000")
    visit = log(new_customer={"name": "", "phones": read_phones("13800138000")})
    one.refresh_from_db()
    assert one.visit == visit
    cast.appointment_for(minutes=0, name="李伟", phone="+8613900139000"), cast.appointment_for(minutes=0, name="孙娜", phone="+8613900139000")
    assert not hasattr(log(new_customer={"name": "", "phones": read_phones("13900139000")}), "appointment")
    assert log(new_customer={"name": "孙 娜", "phones": read_phones("13900139000")}).appointment.name == "孙娜"


def test_arriving_twice_is_one_visit_and_a_cancelled_or_other_day_is_refused(cast, desk, now):
    appointment = soon(cast)
    first = appointments.arrive(desk, appointment, now=now)
    assert appointments.arrive(desk, appointment, now=now) == first
    cancelled = appointments.cancel(desk, soon(cast), reason="ill", now=now)
    with pytest.raises(Refused, match="was cancelled"):
        appointments.arrive(desk, cancelled, now=now)
    with pytest.raises(Refused, match="not of today"):
        appointments.arrive(desk, soon(cast, at=now + timedelta(days=2)), now=now)


def test_the_wished_adviser_is_waited_for_only_while_on_shift(cast, desk, now):
    on_shift = appointments.arrive(desk, soon(cast, employee="sales"), now=now)
    assert on_shift.legs.get().wanted_employee == cast.people["sales"]
    away = appointments.arrive(desk, soon(cast, employee="supervisor"), now=now)
    assert away.legs.get().wanted_employee is None


def test_nothing_is_planned_that_the_hall_cannot_keep(cast, desk, now):
    plan = {"hall": cast.hall, "purpose": cast.purposes["see-products"], "now": now, "at": now + timedelta(days=1)}
    assert appointments.plan(desk, **plan, name="王芳").history.first().history_change_reason == "planned"
    for facts, sentence in (({}, "who is expected"), ({"name": "x", "at": now}, "has passed"), ({"name": "x", "at": now + timedelta(days=900)}, None),
                            ({"name": "x", "employee": cast.people["sales2"]}, "does not work in this hall")):
        if sentence:
            with pytest.raises(Refused, match=sentence):
                appointments.plan(desk, **plan | facts)
    OpeningHours.objects.filter(hall=cast.hall).delete()
    day = (now + timedelta(days=1)).astimezone(timezone.get_default_timezone())
    OpeningHours.objects.create(hall=cast.hall, weekday=day.weekday(), opens=0, closes=1)
    with pytest.raises(Refused, match="is shut"):
        appointments.plan(desk, **plan | {"at": day.replace(hour=12)}, name="x")


def test_the_end_of_the_day_notes_who_did_not_come_and_keeps_who_is_still_expected(cast, now):
    old, coming = cast.appointment_for(minutes=-60 * 48), cast.appointment_for(minutes=60 * 48)
    tasks.close_days(), tasks.close_days()
    old.refresh_from_db(), coming.refresh_from_db()
    assert (old.state, coming.state, old.history.count()) == (states.MISSED, states.PLANNED, 2)


def test_who_tells_only_the_telephone_gets_the_file_or_the_name_of_the_appointment(cast, log):
    known, number = cast.customer_for(name="李建国", phone="13800138000"), read_phones("13912345678")
    soon(cast, customer=known)
    assert log(new_customer={"phones": read_phones("13800138000")}).customer == known
    named = cast.appointment_for(minutes=0, name="赵明", phone=number[0].e164)
    visit = log(new_customer={"phones": number, "name": ""})
    named.refresh_from_db()
    assert (visit.customer.name, named.visit, named.customer) == ("赵明", visit, visit.customer)


def test_the_own_phone_shows_a_masked_name_and_arrives_once(cast):
    appointment = soon(cast, customer=cast.customer_for(name="李建国", phone="13800138000"))
    phone, url = Client(), reverse("arrive", args=[appointment.token])
    page = phone.get(url).content.decode()
    assert "李**" in page and "李建国" not in page and "8000" not in page and not Visit.objects.exists()
    for _press in range(3):
        assert phone.post(url).status_code == 302
    visit = Visit.objects.get()
    assert visit.appointment == appointment and visit.legs.get().ticket in phone.get(url, follow=True).content.decode()
    assert phone.get(reverse("arrive", args=["0" * 22])).status_code == 404


def test_the_own_phone_does_not_arrive_hours_before_and_not_without_end(cast):
    HallQueue.objects.create(hall=cast.hall, early_minutes=0)
    appointment = cast.appointment_for(minutes=3)
    url = reverse("arrive", args=[appointment.token])
    early = Client().post(url)
    assert early.status_code in {302, 422}  # around midnight the day decides
    cache.clear()
    codes = [Client().post(url).status_code for _press in range(8)]
    assert codes[-1] == 429 and Visit.objects.count() <= 1


def test_the_desk_shows_who_is_expected_and_one_press_receives_them(cast, as_role):
    appointment = soon(cast, customer=cast.customer_for(name="李建国"))
    client = as_role("reception")
    assert "李建国" in client.get(reverse("desk")).content.decode()
    answer = client.post(reverse("appointment_arrive", args=[appointment.pk]))
    visit = Visit.objects.get()
    assert answer.url == f"{reverse('desk')}?saved={visit.pk}" and visit.receptionist == cast.people["reception"]


def test_planning_changing_and_cancelling_on_the_pages(cast, as_role, now):
    client, at = as_role("reception"), (now + timedelta(days=1)).astimezone(timezone.get_default_timezone())
    typed = {"name": "王芳", "phone": "138 0013 8000", "hall": cast.hall.pk, "at": f"{at:%Y-%m-%dT%H:%M}", "purpose": cast.purposes["see-products"].pk,
             "party_size": "2", "one_off_key": "5d0f5a3e-9f5c-4d55-b6a8-0f3a7d6c2e10"}
    client.post(reverse("new_appointment"), typed), client.post(reverse("new_appointment"), typed)
    appointment = Appointment.objects.get()
    assert (appointment.phone, appointment.party_size) == ("+8613800138000", 2)
    url = reverse("change_appointment", args=[appointment.pk])
    del typed["one_off_key"]  # each form has its own
    assert client.post(url, typed | {"version": "1", "note": "two plans"}).status_code == 302
    assert client.post(url, typed | {"version": "1", "note": "old window"}).status_code == 422
    assert client.post(reverse("cancel_appointment", args=[appointment.pk]), {"reason": "ill"}).status_code == 302
    appointment.refresh_from_db()
    assert (appointment.state, appointment.note, appointment.reason) == (states.CANCELLED, "two plans", "ill")


@pytest.mark.django_db(transaction=True)
def test_desk_and_phone_at_the_same_moment_make_one_visit(now):
    cast = build(now)
    for _turn in range(5):
        appointment = soon(cast)
        at_desk = {"hall": cast.hall, "purpose": cast.purposes["see-products"], "customer": appointment.customer, "now": now}
        made = together([lambda a=appointment: appointments.arrive(Actor.customer("x"), a, now=now),
                         lambda facts=at_desk: services.log_visit(cast.actor("reception"), **facts),
                         lambda a=appointment: appointments.arrive(cast.actor("reception"), a, now=now)] * 2)
        assert len(made) == 6 and {visit.pk for visit in made} == {Visit.objects.get(appointment=appointment).pk}
        assert Visit.objects.filter(customer=appointment.customer).count() == ServiceLeg.objects.filter(visit__customer=appointment.customer).count() == 1


def test_a_public_code_that_is_taken_is_drawn_again_where_one_arrives_by_phone(cast, log, client, now, monkeypatch):
    taken = log().public_code
    codes = iter([taken, "FREE2345"])
    monkeypatch.setattr("reception.visits.services.arriving.public_code", lambda: next(codes))
    appointment = soon(cast)
    assert client.post(reverse("arrive", args=[appointment.token])).status_code == 302
    appointment.refresh_from_db()
    assert appointment.visit.public_code == "FREE2345"
    assert Visit.objects.count() == 2
