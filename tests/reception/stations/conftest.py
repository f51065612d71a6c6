"""A kiosk and a display in the first hall, and a visitor who presses and types at the kiosk."""
import re

import pytest
from django.test import Client
from django.urls import reverse

from reception.visits.stations import queries, services
from reception.visits.stations.models import HallKiosk
from tests.access.page import Form


@pytest.fixture
def stand(cast):
    """`stand("kiosk")`: (station, key) of a new one in the first hall."""
    return lambda kind, hall=None: services.set_up(cast.actor("manager"), hall=hall or cast.hall, kind=kind, name="East door", now=cast.now)


@pytest.fixture
def asks(cast):
    """`asks(phone="optional")`: the settings of the first hall's stations, written straight."""
    return lambda **facts: HallKiosk.objects.update_or_create(hall=cast.hall, defaults={"language": "en", **facts})[0]


class Visitor:
    """Somebody in front of a screen: `press` sends what the last page offered, with some of it answered."""

    def __init__(self, address):
        self.client, self.address = Client(), address
        self.answer = self.client.get(address)

    @property
    def text(self):
        """The page as text."""
        return self.answer.content.decode()

    def press(self, **answers):
        """Send the form of the page."""
        kept = {name: values[0] for name, values in Form(self.text).values.items()}
        self.answer = self.client.post(self.address, kept | answers)
        return self

    @property
    def ticket(self):
        """The number on the ticket, or ''."""
        found = re.search(r'class="kiosk__no num">([A-Z]+\d+)<', self.text)
        return found[1] if found else ""


@pytest.fixture
def kiosk(cast, stand, asks):
    """A visitor in front of the first hall's kiosk, which speaks English and asks nothing beside the service."""
    asks()
    station, key = stand("kiosk")
    visitor = Visitor(reverse("kiosk", args=[key]))
    visitor.station = station
    return visitor


@pytest.fixture
def choice(cast):
    """`choice("advice")`: the key of what leads to a ticket for this service."""
    return lambda service: next(one.key for one in queries.choices(cast.hall) if one.service == cast.services[service])
