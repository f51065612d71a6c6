"""A hall has a time zone: asked in its form, and the one in which the people who work there see and type times (REC-01)."""
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reception.visits import services
from reception.visits.desk_forms import today_at
from reception.visits.models import Visit
from staff.organisation.models import Hall
from staff.shifts.views import hour_of
from tests.cast import PASSWORD
from tests.reception.visits.test_desk import answers


@pytest.fixture
def urumqi(cast):
    """The second hall two hours west of the house."""
    Hall.objects.filter(pk=cast.other_hall.pk).update(timezone="Asia/Urumqi")
    return cast.other_hall


def test_the_zone_of_a_hall_is_asked_and_shown_in_plain_words(cast, as_role):
    client, url = as_role("hr"), reverse("change_hall", args=[cast.hall.pk])
    assert "China (Beijing time)" in client.get(url).content.decode()
    typed = {"version": cast.hall.version, "name_en": "Sales hall", "kind": "sales_hall", "department": cast.hall.department_id,
             "active_from": cast.hall.active_from}
    assert client.post(url, typed | {"timezone": "Mars/Olympus"}).status_code == 422
    assert client.post(url, typed | {"timezone": "Asia/Urumqi"}).status_code == 302
    cast.hall.refresh_from_db()
    assert cast.hall.timezone == "Asia/Urumqi"
    assert "Xinjiang (Urumqi time)" in client.get(reverse("hall", args=[cast.hall.pk])).content.decode()


def test_a_zone_that_is_not_offered_stays_a_halls_own_until_another_is_chosen(cast, as_role):
    Hall.objects.filter(pk=cast.hall.pk).update(timezone="Asia/Thimphu")
    assert 'value="Asia/Thimphu" selected' in as_role("hr").get(reverse("change_hall", args=[cast.hall.pk])).content.decode()


def test_from_log_in_on_times_are_those_of_the_hall_and_afterwards_of_the_house_again(cast, urumqi, visit_for):
    visit_for(hall=urumqi, arrived_at=timezone.now())
    client = Client()
    client.post("/login/", {"username": "reception2", "password": PASSWORD})
    assert client.session["zone"] == "Asia/Urumqi"
    page = client.get(reverse("visits"))
    shown = page.context["shell"]["today"]
    assert shown.utcoffset() == timedelta(hours=6) and timezone.get_current_timezone_name() == "Asia/Shanghai"


def test_the_switcher_changes_the_zone_and_it_costs_no_statement(cast, urumqi, as_role, cost):
    client = as_role("general")
    client.post("/me/hall/", {"hall": urumqi.pk})
    assert client.get("/").context["shell"]["today"].utcoffset() == timedelta(hours=6)
    client.post("/me/hall/", {"hall": cast.hall.pk})
    assert client.get("/").context["shell"]["today"].utcoffset() == timedelta(hours=8)


def test_an_arrival_is_typed_and_an_export_written_in_the_halls_own_time(cast, urumqi, as_role):
    with time_machine.travel(cast.now.replace(hour=8, minute=30), tick=False):  # 14:30 in Urumqi, 16:30 in Beijing
        client = as_role("reception2")
        client.get("/")
        sent = answers(cast, hall=urumqi.pk, arrived_at="14:05")
        assert client.post(reverse("desk"), sent).status_code == 302
        visit = Visit.objects.get()
        assert (visit.arrived_at.hour, visit.arrived_at.minute) == (8, 5)
        manager = as_role("manager2")
        manager.get("/")
        written = b"".join(manager.get(reverse("visits") + "?format=csv").streaming_content).decode()
        assert "14:05:00" in written


@pytest.mark.parametrize(("clock", "now", "seconds"), [
    ("01:50", datetime(2026, 3, 8, 7, 10, tzinfo=UTC), 1200),  # 03:10 by the clock: the hour from two to three is skipped
    ("01:10", datetime(2026, 11, 1, 6, 40, tzinfo=UTC), 1800),  # the second 01:40, and the second 01:10
    ("01:50", datetime(2026, 11, 1, 6, 10, tzinfo=UTC), 1200),  # the second 01:10: only the first 01:50 has come
    ("00:50", datetime(2026, 11, 1, 7, 0, tzinfo=UTC), 7800),  # 02:00 after the doubled hour
])
def test_durations_are_right_to_the_second_in_a_night_that_changes_the_clocks(cast, now, clock, seconds):
    Hall.objects.filter(pk=cast.hall.pk).update(timezone="America/New_York")
    cast.hall.refresh_from_db()
    with timezone.override("America/New_York"):
        arrived = today_at(datetime.strptime(clock, "%H:%M").time(), now)
        visit = services.log_visit(cast.actor("reception"), hall=cast.hall, purpose=cast.purposes["see-products"], arrived_at=arrived, now=now)
        assert visit.waited_seconds(now) == Visit.objects.get(pk=visit.pk).waited_seconds(now) == seconds


def test_a_shift_stands_at_the_hour_of_the_clock_on_a_day_that_changes_the_clocks():
    with timezone.override("America/New_York"):
        evening = datetime(2026, 3, 8, 22, 0, tzinfo=UTC)  # 18:00, seventeen hours after midnight
        assert hour_of(evening, evening.date()) == 18.0
        assert hour_of(evening - timedelta(days=1), evening.date()) == 0.0 and hour_of(evening + timedelta(days=1), evening.date()) == 24.0
