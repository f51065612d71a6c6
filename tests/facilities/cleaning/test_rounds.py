"""Cleaning rounds from the clock to the manager's check: made once a day, ticked on a phone, missed at closing (FAC-05, FAC-07, SCH-01)."""
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from config.accounts.actor import Actor
from config.errors import Refused
from facilities.cleaning import plans, services, states
from facilities.cleaning.models import CleaningRound
from facilities.cleaning.surfaces import surfaces
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.notifications.models import Notification
from staff.regulation import calendar
from staff.regulation.models import HallDay, ParameterValue

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(cast, clock, days=0):
    """A moment of today by the hall's clock."""
    return datetime.combine(cast.today + timedelta(days=days), datetime.strptime(clock, "%H:%M").time(), SHANGHAI)


@pytest.fixture
def clock(cast):
    """Let the clock come at that moment of today, for the first time at midnight."""
    duties.ScheduleMark.objects.create(key=plans.DAILY, through=at(cast, "00:00"))
    return lambda time, days=0: duties.run(plans.DAILY, now=at(cast, time, days))


@pytest.fixture
def rnd(cast, clock):
    """This morning's round of the first hall."""
    clock("05:10")
    return CleaningRound.objects.get(hall=cast.hall)


@pytest.mark.req("FAC-05")
def test_the_round_of_today_exists_in_the_morning_with_every_surface_of_every_area(cast, clock):
    assert clock("04:50") == 0 and not CleaningRound.objects.exists()
    assert clock("05:10") == 2 and clock("12:00") == 0
    for hall in (cast.hall, cast.other_hall):
        one, areas = CleaningRound.objects.get(hall=hall), hall.areas.filter(is_active=True).count()
        assert (one.day, one.state, one.due_at) == (cast.today, states.CREATED, at(cast, "09:00"))
        assert one.items.count() == areas * len(surfaces()) > 0
        duty = Duty.objects.get(kind=services.KIND, record_id=one.pk)
        assert (duty.role, duty.hall, duty.due_at, duty.misses_at) == ("logistics", hall, one.due_at, calendar.of(hall).intervals(cast.today)[-1][1])


def test_a_hall_that_does_not_open_is_not_cleaned_and_its_own_hour_holds_from_its_day(cast, clock):
    HallDay.objects.create(hall=cast.other_hall, day=cast.today, spans=[], reason="盘点")
    ParameterValue.objects.create(key="daily_cleaning_time", value="08:15", hall=cast.hall, valid_from=cast.today + timedelta(days=1), reason="earlier")
    clock("05:10")
    clock("05:10", days=1)
    made = {(one.hall, one.day): one.due_at for one in CleaningRound.objects.all()}
    assert (cast.other_hall, cast.today) not in made and len(made) == 3
    assert made[cast.hall, cast.today] == at(cast, "09:00")
    assert made[cast.hall, cast.today + timedelta(days=1)] == at(cast, "08:15", days=1)


def test_after_days_without_a_clock_each_day_has_its_round_and_the_old_ones_are_missed(cast, clock):
    clock("05:10")
    assert clock("05:10", days=3) == 6
    duties.miss(at(cast, "05:20", days=3))
    assert dict(CleaningRound.objects.filter(hall=cast.hall).values_list("day", "state")) == {
        cast.today + timedelta(days=n): states.MISSED if n < 3 else states.CREATED for n in range(4)}
    assert clock("05:30", days=3) == 0


def ticked(cast, rnd, who="logistics"):
    """Tick everything."""
    for item in rnd.items.all():
        services.tick(Actor(cast.users[who]), rnd, item, ticked=True, now=at(cast, "08:00"))
    rnd.refresh_from_db()


def test_a_round_is_done_when_every_surface_is_ticked_and_its_duty_with_it(cast, rnd):
    logistics = Actor(cast.users["logistics"])
    with pytest.raises(Refused):
        services.finish(logistics, rnd, now=at(cast, "08:00"))
    ticked(cast, rnd)
    assert (rnd.state, rnd.started_at) == (states.IN_PROGRESS, at(cast, "08:00"))
    services.finish(logistics, rnd, now=at(cast, "08:30"))
    rnd.refresh_from_db()
    assert (rnd.state, rnd.done_by, rnd.done_at) == (states.DONE, cast.people["logistics"], at(cast, "08:30"))
    assert Duty.objects.get(record_id=rnd.pk).state == "done"
    with pytest.raises(Refused):
        services.tick(logistics, rnd, rnd.items.first(), ticked=False, now=at(cast, "08:40"))


def test_the_manager_scores_it_or_sends_it_back_and_nobody_checks_their_own(cast, rnd):
    logistics, manager = Actor(cast.users["logistics"]), Actor(cast.users["manager"])
    ticked(cast, rnd)
    services.finish(logistics, rnd, now=at(cast, "08:30"))
    with pytest.raises(Refused):
        services.check(logistics, rnd, score=100, now=at(cast, "08:40"))
    services.send_back(manager, rnd, reason="Stains at the door", now=at(cast, "08:45"))
    rnd.refresh_from_db()
    assert (rnd.state, rnd.reason, rnd.items.filter(ticked_at__isnull=False).count()) == (states.RETURNED, "Stains at the door", 0)
    told = Notification.objects.get(kind="round-returned")
    assert (told.user, told.record_id, told.values["reason"]) == (cast.users["logistics"], rnd.pk, "Stains at the door")
    again = Duty.objects.get(record_id=rnd.pk, state="open")  # it is due to logistics once more, until the hall closes
    assert (again.role, again.due_at, again.misses_at) == ("logistics", calendar.of(cast.hall).intervals(cast.today)[-1][1], None)
    ticked(cast, rnd)
    services.finish(logistics, rnd, now=at(cast, "09:30"))
    services.check(manager, rnd, score=85, now=at(cast, "10:00"))
    rnd.refresh_from_db()
    assert (rnd.state, rnd.score, rnd.checked_by) == (states.CHECKED, 85, cast.people["manager"])


def test_a_round_that_nobody_did_until_closing_is_missed_and_logistics_says_why(cast, rnd):
    closing = Duty.objects.get(record_id=rnd.pk).misses_at
    duties.miss(closing - timedelta(minutes=1))
    rnd.refresh_from_db()
    assert rnd.state == states.CREATED
    duties.miss(closing)
    rnd.refresh_from_db()
    assert rnd.state == states.MISSED
    services.explain(Actor(cast.users["logistics"]), rnd, reason="Water was off", now=closing)
    assert Duty.objects.get(record_id=rnd.pk).reason == "Water was off"


@pytest.mark.req("FAC-07")
def test_logistics_walks_the_round_on_the_page_with_the_standard_beside_each_surface(cast, rnd, client_as):
    client = client_as("logistics")
    day = client.get(reverse("home")).content.decode()
    assert reverse("round", args=[rnd.pk]) in day
    page = client.get(reverse("round", args=[rnd.pk])).content.decode()
    assert all(str(one["name"]) in page and str(one["standard"]) in page for one in surfaces().values())
    for item in rnd.items.all():
        answer = client.post(reverse("tick_surface", args=[rnd.pk, item.pk]), {"ticked": "1"}, headers={"HX-Request": "true"})
        assert answer.status_code == 200
    assert client.post(reverse("finish_round", args=[rnd.pk])).status_code == 302
    rnd.refresh_from_db()
    assert rnd.state == states.DONE
    assert reverse("round", args=[rnd.pk]) not in client.get(reverse("home")).content.decode()


def test_another_hall_does_not_find_it_and_the_desk_may_only_look(cast, rnd, client_as):
    item = rnd.items.first()
    for name, look, do in (("logistics2", 404, 404), ("reception", 200, 403), ("reception2", 404, 403)):
        client = client_as(name)
        assert client.get(reverse("round", args=[rnd.pk])).status_code == look, name
        assert client.post(reverse("tick_surface", args=[rnd.pk, item.pk]), {"ticked": "1"}).status_code == do, name
    item.refresh_from_db()
    assert item.ticked_at is None


def test_in_a_hall_without_logistics_the_round_is_due_to_its_manager(cast, clock):
    cast.people["logistics"].assignments.all().delete()
    cast.hall.manager = cast.people["manager"]
    cast.hall.save()
    clock("05:10")
    duties_of = {duty.hall: (duty.employee, duty.role) for duty in Duty.objects.all()}
    assert duties_of == {cast.hall: (cast.people["manager"], ""), cast.other_hall: (None, "logistics")}


def test_whoever_is_named_to_manage_a_hall_cleans_it_without_a_role_there(cast, clock, client_as):
    cast.people["logistics2"].assignments.all().delete()
    cast.other_hall.manager = cast.people["manager"]
    cast.other_hall.save()
    clock("05:10")
    rnd = CleaningRound.objects.get(hall=cast.other_hall)
    client = client_as("manager")
    assert client.get(reverse("round", args=[rnd.pk])).status_code == 200
    client.post(reverse("tick_surface", args=[rnd.pk, rnd.items.first().pk]), {"ticked": "1"})
    assert rnd.items.filter(ticked_by=cast.people["manager"]).count() == 1
    assert client_as("supervisor").get(reverse("round", args=[rnd.pk])).status_code == 404
