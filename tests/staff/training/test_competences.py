"""Who masters what, entered by hand; who may give a service today, with the reasons why not."""
from datetime import timedelta

import pytest
from django.urls import reverse

from config.errors import Refused
from config.web.oneoff import new_key
from staff.organisation.models import Employee
from staff.training import services
from staff.training.eligibility import may_serve
from staff.training.models import Competence, CompetenceHeld


@pytest.fixture
def advising(cast):
    """A competence that the service of advice asks for."""
    return services.save_competence(cast.actor("hr"), None, code="advising", name={"en": "Advising", "zh-hans": "咨询"},
                                    services=[cast.services["advice"]], now=cast.now)


def test_a_service_is_given_only_by_who_holds_what_it_asks_for_that_day(cast, advising):
    sales, advice = cast.people["sales"], cast.services["advice"]
    assert may_serve(sales, advice, cast.now) == ["Sales Wang does not hold “Advising”."]
    assert may_serve(sales, cast.services["business"], cast.now) == []
    held = services.enter(cast.actor("manager"), sales, competence=advising, valid_from=cast.today - timedelta(days=9),
                          valid_until=cast.today, now=cast.now)
    assert may_serve(sales, advice, cast.now) == []
    assert may_serve(sales, advice, cast.now + timedelta(days=1)) == ["“Advising” of Sales Wang has expired."]
    assert may_serve(sales, advice, cast.now - timedelta(days=20)) != []
    services.end(cast.actor("manager"), held, reason="Failed the check", now=cast.now)
    assert may_serve(sales, advice, cast.now) == ["“Advising” of Sales Wang has expired."]


def test_somebody_in_training_serves_nobody(cast):
    Employee.objects.filter(pk=cast.people["sales"].pk).update(state="training")
    sales = Employee.objects.get(pk=cast.people["sales"].pk)
    assert may_serve(sales, None, cast.now) == ["Sales Wang is not on duty yet."]


def test_a_supervisor_enters_for_the_team_and_nobody_for_oneself(cast, as_role, advising):
    people = cast.people
    codes = {(role, whom): as_role(role).get(reverse("enter_competence", args=[people[whom].pk])).status_code
             for role, whom in (("supervisor", "sales"), ("supervisor", "outsider"), ("supervisor", "supervisor"), ("sales", "sales"), ("manager", "sales2"))}
    assert list(codes.values()) == [200, 404, 404, 404, 404]
    typed = {"one_off_key": new_key(), "competence": advising.pk, "valid_from": cast.today}
    page = as_role("supervisor").post(reverse("enter_competence", args=[people["sales"].pk]), typed, follow=True)
    assert "Advising" in page.content.decode() and CompetenceHeld.objects.get().entered_by == cast.users["supervisor"]
    with pytest.raises(Refused, match="own competences"):
        services.enter(cast.actor("hr"), people["hr"], competence=advising, valid_from=cast.today, now=cast.now)


def test_the_same_competence_is_not_entered_twice_for_one_time(cast, advising):
    facts = {"competence": advising, "valid_from": cast.today, "now": cast.now}
    services.enter(cast.actor("hr"), cast.people["sales"], **facts)
    with pytest.raises(Refused, match="already"):
        services.enter(cast.actor("hr"), cast.people["sales"], **facts)


def test_what_services_ask_for_is_changed_on_the_page(cast, as_role, advising):
    typed = {"code": "advising", "name_en": "Advising", "services": [cast.services["business"].pk]}
    assert as_role("hr").post(reverse("change_competence", args=[advising.pk]), typed).status_code == 302
    assert [need.service for need in Competence.objects.get().needed_by.all()] == [cast.services["business"]]
    assert as_role("manager").post(reverse("change_competence", args=[advising.pk]), typed).status_code == 403
