"""The register of halls: an exhibition is there only between its dates, a day has several intervals (REC-01)."""
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from config.accounts.models import User
from config.web.oneoff import new_key
from staff.organisation import services
from staff.organisation.access import workplaces
from staff.organisation.models import Assignment, Hall


def answers(cast, **more):
    """What HR types to make a hall."""
    return {"one_off_key": new_key(), "code": "fair", "name_en": "Home fair", "name_zh_hans": "家居展", "kind": "exhibition",
            "department": cast.hall.department_id, "active_from": cast.today + timedelta(days=10), "active_until": cast.today + timedelta(days=20),
            "address": "Hall 3", "timezone": "Asia/Shanghai", "day_0": "09:00-12:30 13:30-18:00", "services": [cast.services["advice"].pk]} | more


def own_halls(client):
    """The halls that the shell of a page offers."""
    return [hall["name"] for hall in client.get(reverse("home")).context["shell"]["halls"]]


@pytest.mark.req("REC-01")
def test_an_exhibition_can_be_chosen_at_reception_only_between_its_dates(cast, as_role):
    page = as_role("hr").post(reverse("new_hall"), answers(cast), follow=True)
    fair = Hall.objects.get(code="fair")
    assert "Home fair" in page.content.decode() and str(fair) in as_role("hr").get(reverse("halls")).content.decode()
    Assignment.objects.create(employee=cast.people["reception"], role="reception", hall=fair, starts_on=cast.today)
    seen = {}
    for days in (0, 9, 10, 20, 21):
        with time_machine.travel(cast.now + timedelta(days=days), tick=False):
            seen[days] = "Home fair" in own_halls(as_role("reception"))
            day = cast.today + timedelta(days=days)
            assert (fair in workplaces(User.objects.get(username="reception"), day)) == seen[days]
    assert seen == {0: False, 9: False, 10: True, 20: True, 21: False}


def test_a_day_takes_several_intervals(cast, as_role):
    as_role("hr").post(reverse("new_hall"), answers(cast))
    fair = Hall.objects.get(code="fair")
    assert list(fair.hours.values_list("weekday", "opens", "closes")) == [(0, 540, 750), (0, 810, 1080)]
    assert "09:00–12:30, 13:30–18:00" in as_role("reception").get(reverse("hall", args=[fair.pk])).content.decode()


@pytest.mark.parametrize(("typed", "sentence"), [
    ({"day_0": "nine to five"}, "These hours cannot be read"), ({"day_0": "09:00-12:00 11:00-13:00"}, "overlap"), ({"day_0": "18:00-09:00"}, "end before"),
    ({"active_until": ""}, "An exhibition ends on a day"), ({"kind": "online", "url": ""}, "An online platform has a web address"),
    ({"url": "javascript:alert(1)"}, "This is no web address"), ({"code": "sales"}, "Another hall has the code sales"),
    ({"name_en": "", "name_zh_hans": ""}, "Enter “Name”"),
])
def test_a_mistake_gets_a_sentence_and_everything_typed_is_kept(cast, as_role, typed, sentence):
    page = as_role("hr").post(reverse("new_hall"), answers(cast, **typed))
    assert page.status_code == 422 and sentence in page.content.decode()
    assert "Hall 3" in page.content.decode() and not Hall.objects.filter(code="fair").exists()


def test_the_history_tells_a_change_of_hours_in_words(cast, as_role):
    hall = cast.hall
    facts = {name: getattr(hall, name) for name in services.halls.FACTS}
    services.change_hall(cast.actor("hr"), hall, hours=[(0, 540, 1080)], services=[cast.services["business"]], now=cast.now, **facts)
    text = as_role("manager").get(reverse("hall", args=[hall.pk]) + "?tab=history").content.decode()
    assert "Mon 09:00-18:00" in text and "− Advice" in text and "Hr" in text


def test_a_long_change_of_hours_tells_the_days_that_changed(cast, as_role):
    hall, lunch = cast.hall, [(day, opens, closes) for day in range(5) for opens, closes in ((540, 720), (780, 1080))]
    facts = {name: getattr(hall, name) for name in services.halls.FACTS}
    for hours in (lunch + [(5, 600, 960), (6, 600, 720)], [*lunch, (5, 600, 840)]):
        services.change_hall(cast.actor("hr"), hall, hours=hours, services=[], now=cast.now, **facts)
    text = as_role("manager").get(reverse("hall", args=[hall.pk]) + "?tab=history").content.decode()
    assert "Sat 10:00-16:00, Sun 10:00-12:00 → Sat 10:00-14:00" in text


def test_the_second_of_two_windows_is_told_who_changed_the_hall(cast, as_role):
    client, url = as_role("hr"), reverse("change_hall", args=[cast.hall.pk])
    first = client.get(url).context["form"].initial
    typed = {"version": first["version"], "name_en": "Sales hall", "kind": "sales_hall", "department": cast.hall.department_id,
             "active_from": cast.hall.active_from, "timezone": "Asia/Shanghai", "address": "2 Lake Road"}
    assert client.post(url, typed).status_code == 302
    second = client.post(url, typed | {"address": "3 Lake Road"})
    assert second.status_code == 422 and "changed this record" in second.content.decode() and "3 Lake Road" in second.content.decode()
    cast.hall.refresh_from_db()
    assert cast.hall.address == "2 Lake Road"


def test_only_whoever_keeps_the_organisation_changes_halls(cast, as_role):
    for role in ("reception", "manager", "general", "department"):
        assert as_role(role).get(reverse("change_hall", args=[cast.hall.pk])).status_code == 403
        assert as_role(role).post(reverse("new_hall"), answers(cast)).status_code == 403
    assert not Hall.objects.filter(code="fair").exists()
