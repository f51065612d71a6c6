"""The areas of a hall: kept by its logistics, offered where visitors are guided (FAC-01)."""
import pytest
from django.urls import reverse

from config.errors import Refused
from config.web.oneoff import new_key
from facilities.areas import queries, services
from facilities.areas.models import Area
from reception.visits.queries import areas_of


def typed(cast, **more):
    """What logistics types for a new area."""
    return {"one_off_key": new_key(), "hall": cast.hall.pk, "name_en": "Tea corner", "name_zh_hans": "茶歇区", "kind": "waiting", "floor": "2",
            "capacity": 4, "responsible": cast.people["logistics"].number, "order": 5, "is_active": "on"} | more


@pytest.mark.req("FAC-01")
def test_an_area_entered_by_logistics_is_listed_and_offered_to_visits(cast, as_role):
    page = as_role("logistics").post(reverse("new_area"), typed(cast), follow=True)
    text = page.content.decode()
    assert "Tea corner" in text and "Logistics Wang" in text and "Waiting area" in text
    assert "Tea corner" in as_role("reception").get(reverse("areas"), {"hall": cast.hall.pk, "kind": "waiting"}).content.decode()
    assert "Tea corner" in {str(row["area"]) for row in areas_of(cast.hall)}
    assert "Tea corner" not in as_role("reception2").get(reverse("areas")).content.decode()


def test_an_office_is_no_place_for_visitors_and_an_area_out_of_use_neither(cast, as_role):
    as_role("logistics").post(reverse("new_area"), typed(cast, kind="office"))
    assert not queries.areas_for_visitors(cast.hall).filter(kind="office").exists()
    area = cast.areas["sales", "reception"]
    facts = {name: getattr(area, name) for name in services.FACTS} | {"is_active": False}
    services.change_area(cast.actor("manager"), area, now=cast.now, **facts)
    assert area not in queries.areas_for_visitors(cast.hall)
    assert str(area) not in as_role("manager").get(reverse("areas"), {"kind": "reception"}).context["page"].rows


def test_another_halls_area_does_not_exist(cast, as_role):
    area = cast.areas["showroom", "reception"]
    assert as_role("manager").get(reverse("area", args=[area.pk])).status_code == 404
    assert as_role("manager").post(reverse("change_area", args=[area.pk]), typed(cast)).status_code == 404
    assert as_role("logistics").post(reverse("new_area"), typed(cast, hall=cast.other_hall.pk)).status_code == 422
    assert not Area.objects.filter(name__en="Tea corner").exists()
    assert as_role("reception").get(reverse("change_area", args=[cast.areas["sales", "reception"].pk])).status_code == 403


def test_who_is_responsible_works_here(cast):
    with pytest.raises(Refused, match="is not on duty"):
        services.create_area(cast.actor("manager"), hall=cast.hall, name={"en": "X"}, kind="office", floor="", capacity=1,
                             responsible=cast.people["trainee"], is_active=True, order=1, now=cast.now)


def test_the_history_tells_who_was_responsible(cast, as_role):
    area = cast.areas["sales", "reception"]
    facts = {name: getattr(area, name) for name in services.FACTS}
    for changes in ({}, {"responsible": cast.people["logistics"], "capacity": 9}):
        services.change_area(cast.actor("manager"), area, now=cast.now, **facts | changes)
    text = as_role("manager").get(reverse("area", args=[area.pk]) + "?tab=history").content.decode()
    assert "Logistics Wang" in text and "Capacity" in text and "9" in text
