"""Only who is competent for a service is given its tickets (FIELD 2.1 22)."""
from datetime import timedelta

import pytest

from config.errors import Refused
from reception.visits import queue, services
from staff.training.models import Competence, CompetenceHeld, ServiceNeed


@pytest.fixture
def need(cast):
    """The service "advice" asks for a competence that nobody holds yet."""
    competence = Competence.objects.create(code="stone", name={"en": "Stone worktops"})
    ServiceNeed.objects.create(service=cast.services["advice"], competence=competence)
    return competence


@pytest.fixture
def hold(cast, need):
    """Let somebody hold it until a day."""
    def held(name, *, until=None):
        return CompetenceHeld.objects.create(employee=cast.people[name], competence=need, valid_from=cast.today - timedelta(days=30), valid_until=until)
    return held


@pytest.fixture
def call(cast, actor, now):
    """Call a ticket as somebody at the counter."""
    return lambda leg, name="sales": queue.call(actor(name), leg, post=cast.posts["sales", "counter"], employee=cast.people[name], now=now)


def test_who_does_not_hold_the_competence_cannot_call_the_ticket(visit_for, need, call):
    leg = visit_for().legs.get()
    with pytest.raises(Refused, match="does not hold “Stone worktops”"):
        call(leg)


def test_an_expired_competence_counts_no_more(cast, visit_for, hold, call):
    hold("sales", until=cast.today - timedelta(days=1))
    with pytest.raises(Refused, match="has expired"):
        call(visit_for().legs.get())


def test_who_holds_it_calls_the_ticket(cast, visit_for, hold, call):
    hold("sales", until=cast.today)
    assert call(visit_for().legs.get()).employee == cast.people["sales"]


def test_the_next_ticket_is_one_the_person_may_serve_though_another_waits_longer(cast, actor, visit_for, need, now):
    visit_for(service="advice", minutes_ago=30)
    business = visit_for(service="business", minutes_ago=5).legs.get()
    called = queue.call_next(actor("sales"), hall=cast.hall, post=cast.posts["sales", "counter"], employee=cast.people["sales"], now=now)
    assert called.pk == business.pk


def test_nobody_is_called_when_every_waiting_service_needs_what_the_person_lacks(cast, actor, visit_for, need, now):
    visit_for(service="advice")
    assert queue.call_next(actor("sales"), hall=cast.hall, post=cast.posts["sales", "counter"], employee=cast.people["sales"], now=now) is None


def test_a_ticket_is_not_transferred_to_a_person_who_may_not_serve_it(cast, actor, visit_for, need, hold, call, now):
    hold("sales")
    leg = services.start_leg(actor("sales"), call(visit_for().legs.get()), now=now)
    with pytest.raises(Refused, match="does not hold"):
        queue.transfer(actor("sales"), leg, note="knows stone", employee=cast.people["colleague"], now=now)
