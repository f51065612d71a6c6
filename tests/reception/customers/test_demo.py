"""The demo's customers look like those of a real hall."""
import datetime
from random import Random

import pytest

from config.management.commands.demo import world_of
from config.privacy.models import Erasure, LegalHold
from reception.customers import demo, own_data_demo
from reception.customers.consent_models import Consent
from reception.customers.models import ContactPoint, Customer, CustomerHall, CustomerKey
from reception.customers.queries import suggest

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast, monkeypatch):
    """The cast as a small demo world: two halls, a tenth of the people."""
    monkeypatch.setattr(demo, "COUNTS", {"sales": 160, "showroom": 80})
    monkeypatch.setattr(demo, "A_DAY", {"sales": 2, "showroom": 1})
    world = world_of(1, cast.today)
    world.random, world.halls, world.people, world.now = Random("1"), cast.halls, cast.people, cast.now
    for person in cast.people.values():
        person.position = person.postings.select_related("position").get(ends_on=None).position
    world.staff = {code: [person for person in cast.people.values() if person.postings.filter(hall=hall).exists()] for code, hall in cast.halls.items()}
    return world


def test_it_fills_the_halls_with_people_who_are_found(cast, world):
    demo.load(world)
    assert Customer.objects.count() == sum(len(people) for people in world.customers.values()) > 200
    assert CustomerHall.objects.filter(hall=cast.hall).count() >= 150
    assert Customer.history.count() == Customer.objects.count() and ContactPoint.history.count() == ContactPoint.objects.count()
    one = next(customer for customer in world.customers["sales"] if customer.name and customer.points)
    assert one.pk in [row.pk for row in suggest(cast.users["reception"], cast.hall, one.name, limit=50)]
    assert not Customer.objects.exclude(pk__in=CustomerKey.objects.values("customer")).exists()


def test_some_have_wishes_and_consents_one_is_held_and_one_was_erased(cast, world):
    demo.load(world)
    world.user = cast.users["general"]
    own_data_demo.load(world)
    assert Customer.objects.exclude(prefers_channel="", prefers_time="", prefers_language="", prefers_manner="").count() >= 8
    assert {row.purpose for row in Consent.objects.all()} == set(Consent.Purpose.values)
    assert LegalHold.objects.get().set_by == cast.users["manager"]
    assert Customer.objects.filter(erased_at__isnull=False, pk__in=Erasure.objects.get().record_ids, name="").count() == 1


def test_it_holds_the_cases_that_a_real_hall_has(world):
    demo.load(world)
    values = list(ContactPoint.objects.filter(kind="mobile").values_list("value", flat=True))
    assert len(values) > len(set(values)), "nobody shares a phone"
    assert all("0000" in value for value in values), "a number that somebody may have"
    assert Customer.objects.filter(name="").exists() and Customer.objects.filter(contacts=None).exists()


def test_a_later_day_adds_customers_and_finds_the_earlier_ones_again(world):
    demo.load(world)
    before = Customer.objects.count()
    tomorrow = world.today + datetime.timedelta(days=1)
    world.now += datetime.timedelta(days=1, hours=12)
    demo.append(world, tomorrow, tomorrow)
    assert before < Customer.objects.count() <= before + 3
    assert len({customer.pk for people in world.customers.values() for customer in people}) == Customer.objects.count()
