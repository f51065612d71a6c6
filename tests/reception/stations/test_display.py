"""The wall display: current and last called, numbers only, what it speaks and when it is silent (FIELD 2.1 23 to 25, UX 35)."""
import re
from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reception.visits import queue, services
from reception.visits.models import ServiceLeg
from reception.visits.stations import services as stations


@pytest.fixture
def wall(cast, stand, asks, client):
    """`wall()`: what the display of the first hall shows now; `wall(part=1)` the part that refreshes."""
    asks()
    _station, key = stand("display")
    return lambda **more: client.get(reverse("display", args=[key]), more).content.decode()


@pytest.fixture
def call(cast):
    """Calls the next visitor to counter 1."""
    return lambda who="sales": queue.call_next(cast.actor(who), hall=cast.hall, post=cast.posts["sales", "counter"], employee=cast.people[who], now=cast.now)


def numbers(text):
    """The tickets of the calls, in their order."""
    return re.findall(r'data-call="(\w+)/', text)


def test_it_shows_who_is_called_where_and_who_waits_and_nobodys_name(cast, wall, call):
    for minutes in (9, 6):
        cast.visit_for(customer=cast.customer_for(name="李建国", phone="13800138000"), minutes_ago=minutes)
    call()
    text = wall()
    assert numbers(text) == ["A001"]
    assert re.search(r'<li class="now".*?<b>A001</b>.*?<span>Counter</span><b>1</b>', text, re.S)
    assert re.search(r"<li><b>A002</b><span>next</span></li>", text)
    assert not re.search(r"李|建国|1380013|Wang|VS-\d", text)


def test_the_last_called_stay_below_the_current_one(cast, wall, call):
    sales = cast.actor("sales")
    for minutes in range(6):
        cast.visit_for(minutes_ago=20 - minutes)
    for turn in range(5):
        leg = call()
        ServiceLeg.objects.filter(pk=leg.pk).update(called_at=cast.now - timedelta(minutes=10 - turn))
        services.start_leg(sales, leg, now=cast.now)
        queue.finish(sales, leg, now=cast.now)
        services.close(sales, leg.visit, outcome="business", now=cast.now)
    current = call()
    ServiceLeg.objects.filter(pk=current.pk).update(called_at=cast.now - timedelta(minutes=30))
    assert numbers(wall()) == ["A006", "A005", "A004", "A003"]


def test_a_ticket_put_back_is_no_longer_called(cast, wall, call):
    cast.visit_for()
    leg = call()
    queue.put_back(cast.actor("sales"), leg, reason="wrong person", now=cast.now)
    assert numbers(wall()) == []
    assert "Nobody is called at the moment." in wall()


def test_a_recall_is_a_new_call_to_speak(cast, wall, call):
    cast.visit_for()
    leg = call()
    before = re.search(r'data-call="([^"]+)"', wall())[1]
    assert re.search(r'data-call="([^"]+)"', wall())[1] == before
    queue.recall(cast.actor("sales"), leg, now=cast.now)
    assert re.search(r'data-call="([^"]+)"', wall())[1] != before


@pytest.mark.parametrize(("spoken", "said"), [
    ("zh_en", [("zh-Hans", "请 A 0 0 1 号到 1号窗口。"), ("en", "Number A 0 0 1, go to Counter 1.")]), ("en", [("en", "Number A 0 0 1, go to Counter 1.")]),
    ("zh", [("zh-Hans", "请 A 0 0 1 号到 1号窗口。")]), ("chime", [])])
def test_calls_are_spoken_in_the_languages_of_the_hall(cast, wall, call, asks, spoken, said):
    asks(spoken=spoken)
    cast.visit_for()
    call()
    assert re.findall(r'<template data-say lang="([\w-]+)">([^<]+)<', wall()) == said


def test_mute_hours_night_repeats_and_volume_reach_the_screen(cast, wall, asks):
    now = timezone.localtime().time()
    around = {"from": time((now.hour - 1) % 24), "until": time((now.hour + 1) % 24)}
    assert 'data-muted="no" data-night="no" data-repeats="2" data-volume="80"' in wall(part=1)
    asks(mute_from=around["from"], mute_until=around["until"], night_from=around["from"], night_until=around["until"], repeats=3, volume=35)
    assert 'data-muted="yes" data-night="yes" data-repeats="3" data-volume="35"' in wall(part=1)
    assert 'class="is-wall is-night"' in wall()


def test_it_says_until_when_the_hall_is_open(cast, wall):
    cast.hall.hours.all().delete()
    assert "Closed for today" in wall()
    cast.hall.hours.create(weekday=cast.today.weekday(), opens=0, closes=1440)
    assert "Open until 24:00" in wall()


def test_it_costs_the_same_for_one_waiting_and_for_many(cast, stand, client, django_assert_max_num_queries):
    _station, key = stand("display")
    for _turn in range(12):
        cast.visit_for()
    with django_assert_max_num_queries(10):
        client.get(reverse("display", args=[key]), {"part": 1})


def test_a_sign_of_life_is_kept_and_only_by_a_post(cast, stand, client):
    station, key = stand("display")
    client.get(reverse("display", args=[key]))
    station.refresh_from_db()
    assert station.seen_at is None
    assert client.post(reverse("display_seen", args=[key])).status_code == 200
    station.refresh_from_db()
    assert abs((station.seen_at - timezone.now()).total_seconds()) < 30
    assert station.history.count() == 1
    stations.revoke(cast.actor("manager"), station, now=cast.now)
    assert client.post(reverse("display_seen", args=[key])).status_code == 404


def test_the_other_halls_tickets_never_stand_on_it(cast, wall):
    cast.visit_for(hall=cast.other_hall)
    assert "A001" not in wall()
