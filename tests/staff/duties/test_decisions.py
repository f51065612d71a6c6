"""Every approval stands in one table: who asked, who decided, for whom; nobody decides what they asked (DESIGN section 4, GEN-02)."""
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from config.accounts.actor import Actor
from config.errors import Refused
from staff.archive import services as archive
from staff.archive.models import AccessRequest
from staff.archive.services import requests as access
from staff.duties.decisions import approving, services, states
from staff.duties.decisions.models import Decision
from staff.organisation.models import Deputy
from staff.regulation.parameters import services as parameters

pytestmark = pytest.mark.django_db


def asks(cast, who="sales"):
    """This person asks to read an order."""
    item = archive.file(cast.actor("reception"), kind="business", title="Order of Mr Li", day=cast.today, hall=cast.hall_of(who), cabinet="A", shelf="1",
                        now=cast.now)
    return access.ask(cast.actor(who), [item], what="read", reason="The customer asks", place="Reading room", wanted_at=cast.now, now=cast.now)


def stands_in(cast, deputy, of, **days):
    """`deputy` represents `of` today."""
    return Deputy.objects.create(employee=cast.people[of], deputy=cast.people[deputy], **{"starts_on": cast.today, "ends_on": cast.today} | days)


def decision_of(record):
    """The decision about a request."""
    return Decision.objects.get(kind=access.KIND, record_id=record.pk)


def test_one_page_shows_the_approvals_of_all_rooms_to_who_decides_and_to_who_asked(cast, as_role):
    request = asks(cast)
    change = parameters.ask(cast.actor("manager"), "no_show_rejoin_minutes", asked={"no_show_rejoin_minutes": 50}, hall=cast.hall,
                            valid_from=cast.today + timedelta(days=3), reason="Parking is far", now=cast.now)
    page, waits = reverse("decisions"), {"mine": "waits"}
    department, hr = (as_role(name).get(page, waits).content.decode() for name in ("department", "hr"))
    assert reverse("archive_request", args=[request.pk]) in department and "Parking is far" not in department
    assert reverse("parameter_change", args=[change.pk]) in hr and "The customer asks" not in hr
    asked = as_role("sales").get(page, {"mine": "asked"}).content.decode()
    assert "The customer asks" in asked and request.number in asked
    assert "The customer asks" not in as_role("department2").get(page).content.decode()
    assert "Waits for your decision" in as_role("department").get("/").content.decode()
    access.approve(cast.actor("department"), request, now=cast.now)
    parameters.decline(cast.actor("hr"), change, answer="Too long", now=cast.now)
    made = {one.kind: (one.outcome, one.decided_by, one.on_behalf_of, one.answer) for one in Decision.objects.all()}
    assert made == {"archive_request": ("approved", cast.users["department"], None, ""), "parameter_change": ("declined", cast.users["hr"], None, "Too long")}
    assert "The customer asks" not in as_role("department").get(page, waits).content.decode()


def test_what_is_taken_back_waits_for_nobody_and_what_was_decided_stays_decided(cast):
    def asks_for(minutes, days):
        return parameters.ask(cast.actor("manager"), "no_show_rejoin_minutes", asked={"no_show_rejoin_minutes": minutes}, hall=cast.hall,
                              valid_from=cast.today + timedelta(days=days), reason="Parking is far", now=cast.now)

    one = asks_for(50, 3)
    parameters.withdraw(cast.actor("manager"), one, reason="Not needed", now=cast.now)
    assert Decision.objects.get().outcome == states.WITHDRAWN
    two = asks_for(55, 4)
    parameters.confirm(cast.actor("hr"), two, now=cast.now)
    parameters.withdraw(cast.actor("hr"), two, reason="A mistake", now=cast.now)
    assert Decision.objects.get(record_id=two.pk).outcome == states.APPROVED


@pytest.mark.req("GEN-02")
def test_a_deputy_decides_in_the_own_name_and_page_and_history_show_both_names(cast, as_role):
    request = asks(cast)
    page, approve = reverse("archive_request", args=[request.pk]), reverse("approve_access", args=[request.pk])
    assert as_role("manager").post(approve).status_code == 403
    named = as_role("department").post(reverse("name_deputy", args=[cast.people["department"].pk]), {
        "deputy": cast.people["manager"].number, "starts_on": cast.today, "ends_on": cast.today + timedelta(days=2)})
    assert named.status_code == 302
    assert request.number in as_role("manager").get(reverse("decisions"), {"mine": "waits"}).content.decode()
    assert as_role("manager").post(approve).status_code == 302
    made = decision_of(request)
    assert (made.decided_by, made.on_behalf_of) == (cast.users["manager"], cast.users["department"])
    both = f"{cast.users['manager']} for {cast.users['department']}"
    for address in (reverse("decision", args=[made.pk]), reverse("decisions"), page, reverse("archive_request_form", args=[request.pk])):
        assert both in as_role("department").get(address).content.decode(), address
    history = as_role("department").get(page).content.decode().partition("History")[2]
    assert both in history


def test_who_has_the_right_themselves_decides_for_nobody_though_they_stand_in_for_another(cast):
    stands_in(cast, "department", "general")
    request = asks(cast)
    access.approve(cast.actor("department"), request, now=cast.now)
    assert decision_of(request).on_behalf_of is None


def test_a_parameter_confirmed_by_a_deputy_of_human_resources_shows_both_names(cast, as_role):
    change = parameters.ask(cast.actor("manager"), "no_show_rejoin_minutes", asked={"no_show_rejoin_minutes": 50}, hall=cast.hall,
                            valid_from=cast.today + timedelta(days=3), reason="Parking is far", now=cast.now)
    stands_in(cast, "general", "hr")
    parameters.confirm(cast.actor("general"), change, now=cast.now)
    page = as_role("hr").get(reverse("parameter_change", args=[change.pk])).content.decode()
    assert page.count(f"{cast.users['general']} for {cast.users['hr']}") == 2  # among the facts, and in the history


def test_a_deputy_decides_neither_what_they_asked_nor_what_the_represented_person_asked(cast, as_role):
    stands_in(cast, "manager", "department")
    for who, words in (("manager", "You asked for this yourself"), ("department", "asked for this, for whom you stand in")):
        request = asks(cast, who)
        with pytest.raises(Refused, match=words):
            access.approve(cast.actor("manager"), request, now=cast.now)
        assert AccessRequest.objects.get(pk=request.pk).state == "submitted" and decision_of(request).outcome == states.WAITING
        page = reverse("archive_request", args=[request.pk])
        assert reverse("approve_access", args=[request.pk]) not in as_role("manager").get(page).content.decode()
    assert not Decision.objects.waiting_for(cast.user("manager")).exists()


def test_the_day_after_the_last_one_the_deputy_decides_nothing_by_itself(cast, as_role):
    request = asks(cast)
    stands_in(cast, "manager", "department", starts_on=cast.today - timedelta(days=3), ends_on=cast.today - timedelta(days=1))
    assert as_role("manager").post(reverse("approve_access", args=[request.pk])).status_code == 403
    assert not Decision.objects.waiting_for(cast.user("manager")).exists()


@pytest.mark.parametrize(("facts", "rule"), [
    ({"outcome": "approved", "decided_by": "sales"}, "decision_takes_two_people"),
    ({"outcome": "approved", "decided_by": "manager", "on_behalf_of": "sales"}, "decision_not_in_the_name_of_who_asked"),
    ({"outcome": "approved", "decided_by": "manager", "on_behalf_of": "manager"}, "decision_not_in_the_name_of_who_asked"),
    ({"outcome": "approved"}, "decision_is_somebodys"), ({"decided_by": "manager"}, "decision_is_somebodys")])
def test_the_database_itself_lets_nobody_decide_what_they_asked(cast, facts, rule):
    made = decision_of(asks(cast))
    people = {name: cast.users[value] for name, value in facts.items() if name != "outcome"}
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Decision.objects.filter(pk=made.pk).update(**{"decided_at": cast.now, "outcome": facts.get("outcome", "waiting")} | people)


def test_what_is_decided_twice_is_refused_the_second_time(cast):
    request = asks(cast)
    access.reject(cast.actor("department"), request, decision="Not your case", now=cast.now)
    with pytest.raises(Refused):
        services.settle(Actor(cast.users["department"]), access.KIND, request.pk, approved=True, answer="", now=cast.now)
    assert decision_of(request).outcome == states.DECLINED


def test_the_amount_says_whose_word_it_takes(cast):
    steps = (("supplies.edit", "purchase_approval_limit"), ("supplies.approve", ""))
    approval = approving.Approval("purchase", "Purchase", steps)
    from staff.regulation import values

    limit = Decimal(values.value("purchase_approval_limit", cast.today, cast.hall))
    asked = [approval.capability_for(amount, cast.today, cast.hall) for amount in (limit, limit + 1, None)]
    assert asked == ["supplies.edit", "supplies.approve", "supplies.edit"]
