"""The visits of the demo: a year that ends today, with people in the halls, and nothing that could not have been."""
import datetime
import random

import pytest
from django.db import connection
from django.db.models import Count, F, Max, Min
from django.utils import timezone

from config.contributions import demo
from config.management.commands.demo import world_of
from reception.visits import states
from reception.visits.models import ServiceLeg, TicketCounter, Visit, VisitEvent


@pytest.fixture
def world(db, settings):
    """The demo company with twelve days of visits that end today at two in the afternoon."""
    today = timezone.localdate()
    made = world_of(1, today)
    made.first_day = today - datetime.timedelta(days=12)
    made.now = timezone.make_aware(datetime.datetime.combine(today, datetime.time(14)))
    for part in demo.in_order():
        if part.order <= 50:
            made.random = random.Random(part.key)
            part.load(made)
    return made


def test_visits_are_there_that_could_have_been_and_people_wait_today(world):
    visits = Visit.objects.all()
    assert visits.count() > 500
    assert set(visits.values_list("hall__code", flat=True)) == {"sales", "showroom", "hotline"}
    assert not visits.filter(greeted_at__lt=F("arrived_at")).exists() and not visits.filter(served_at__lt=F("greeted_at")).exists()
    assert not visits.filter(left_at__lt=F("served_at")).exists() and not visits.filter(arrived_at__gt=world.now).exists()
    assert not visits.filter(state=states.CLOSED, outcome="", assumed=False).exists()
    assert visits.aggregate(n=Count("number", distinct=True))["n"] == visits.count()
    assert visits.exclude(details={}).exclude(hall__code="showroom").count() == 0 and visits.filter(hall__code="showroom").exclude(details={}).exists()
    assert visits.filter(customer__isnull=False).count() > visits.count() * 0.5
    hall = world.halls["sales"]
    now = Visit.objects.filter(hall=hall)  # today people wait and are served, and yesterday's were left open
    assert now.filter(state__in=[states.WAITING, states.GREETED]).count() == 4
    assert now.filter(state=states.IN_SERVICE).count() >= 1
    assert now.filter(assumed=True, outcome="").count() == 2
    assert not Visit.objects.filter(state__in=states.PRESENT, arrived_at__lt=world.now - datetime.timedelta(hours=2)).exists()


def test_tickets_and_events_follow_the_visits(world):
    for counter in TicketCounter.objects.order_by("-day")[:5]:
        legs = ServiceLeg.objects.filter(hall=counter.hall, day=counter.day, prefix=counter.prefix)
        assert legs.aggregate(last=Max("sequence"), n=Count("pk")) == {"last": counter.last, "n": counter.last}
    visit = Visit.objects.filter(state=states.CLOSED, assumed=False, legs__isnull=False).first()
    assert [event.verb for event in visit.events.all() if event.verb != "guided"] == [
        "arrived", "queued", "greeted", "called", "started", "served", "done", "closed"]
    assert visit.history.count() == 1 and visit.legs.get().history.count() == 1
    assert VisitEvent.objects.aggregate(first=Min("at"))["first"] >= timezone.make_aware(datetime.datetime.combine(world.first_day, datetime.time()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM reception_visitevent e LEFT JOIN reception_visit v ON v.id = e.visit_id WHERE v.id IS NULL")
        assert cursor.fetchone() == (0,)
