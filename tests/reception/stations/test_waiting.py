"""The page a visitor carries away: place, people ahead, an estimate with its reckoning, the call (FIELD 2.1 26, 27)."""
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reception.visits import queue, services, states
from reception.visits.models import ServiceLeg, Visit
from reception.visits.stations import keys, qr, queries


@pytest.fixture
def page(client):
    """`page(visit)`: what its visitor reads."""
    return lambda visit, **more: client.get(reverse("wait", args=[keys.wait_key(visit.public_code)]), more).content.decode()


def served_lately(cast, n, minutes):
    """`n` visits of the service that took so long each, earlier today."""
    for _turn in range(n):
        leg = cast.visit_for(adviser="sales", state="closed").legs.get()
        ServiceLeg.objects.filter(pk=leg.pk).update(started_at=cast.now - timedelta(minutes=minutes), ended_at=cast.now)


def test_it_tells_place_people_ahead_and_how_the_wait_is_reckoned(cast, page):
    served_lately(cast, 5, 8)
    visits = [cast.visit_for(minutes_ago=minutes) for minutes in (9, 6, 3)]
    text = page(visits[2])
    assert "2 people wait before you" in text
    assert "You are number 3 in this queue." in text
    assert "about 20 min" in text  # 2.5 visitors of 8 minutes, one person serving
    assert "a visitor of this service took 8 min on average, and 1 person serves it now" in text
    assert "You are next" in page(visits[0])


def test_without_enough_visitors_it_gives_no_figure_and_says_why(cast, page):
    served_lately(cast, 4, 8)
    text = page(cast.visit_for())
    assert "about" not in text
    assert "Too few visitors were served lately" in text


def test_the_part_that_refreshes_follows_the_ticket_from_the_queue_to_the_end(cast, page):
    visit = cast.visit_for(minutes_ago=0)
    sales = cast.actor("sales")
    leg = queue.call_next(sales, hall=cast.hall, post=cast.posts["sales", "counter"], employee=cast.people["sales"], now=cast.now)
    called = page(visit, part="1")
    assert "<html" not in called
    assert "It is your turn. Go to" in called
    assert '<span class="num">1</span>' in called
    queue.no_show(sales, leg, now=cast.now)
    until = timezone.localtime(cast.now + timedelta(minutes=30)).strftime("%H:%M")
    assert f"Tell the reception desk by {until}, and you get your old place back." in page(visit)
    queue.rejoin(sales, leg, now=cast.now)
    leg = queue.call_next(sales, hall=cast.hall, post=cast.posts["sales", "counter"], employee=cast.people["sales"], now=cast.now)
    services.start_leg(sales, leg, now=cast.now)
    assert "You are being served at Counter 1." in page(visit)
    queue.park(sales, leg, reason="fills in a form", now=cast.now)
    text = page(visit)
    assert "Your place is kept." in text
    assert "fills in a form" not in text
    queue.unpark(sales, leg, now=cast.now)
    queue.abandon(sales, leg, now=cast.now)
    assert "This number is no longer waiting." in page(visit)


def test_it_names_nobody(cast, page):
    visit = cast.visit_for(customer=cast.customer_for(name="李建国"), adviser="sales", state=states.IN_SERVICE)
    text = page(visit)
    assert "李" not in text
    assert cast.people["sales"].name not in text
    assert visit.number not in text


def test_on_another_day_it_only_says_that_it_is_over(cast, page):
    visit = cast.visit_for()
    Visit.objects.filter(pk=visit.pk).update(arrived_at=cast.now - timedelta(days=1))
    text = page(visit)
    assert "This ticket was for another day" in text
    assert "A001" not in text


def test_an_altered_link_shows_a_plain_word_and_nothing_of_a_visit(cast, client):
    key = keys.wait_key(cast.visit_for().public_code)
    for other in (key[:-1] + ("0" if key[-1] != "0" else "1"), key[:8], key[1:], keys.wait_key("22222222")):
        answer = client.get(reverse("wait", args=[other]))
        assert answer.status_code == 404
        assert "The link of a waiting page has a slip in it." in answer.content.decode()


def test_it_turns_without_script_too_and_is_not_stored(cast, client):
    answer = client.get(reverse("wait", args=[keys.wait_key(cast.visit_for().public_code)]))
    assert '<noscript><meta http-equiv="refresh"' in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_the_slip_of_the_desk_carries_the_same_code(cast, as_role):
    visit = cast.visit_for()
    slip = as_role("reception").get(reverse("ticket_slip", args=[visit.pk]))
    assert slip.context["code"] == qr.drawn(f"http://testserver{reverse('wait', args=[keys.wait_key(visit.public_code)])}")
    assert 'aria-label="Code of your waiting page"' in slip.content.decode()




def test_the_wait_costs_few_statements_however_many_wait(cast, client, django_assert_max_num_queries):
    for _turn in range(12):
        visit = cast.visit_for()
    with django_assert_max_num_queries(12):
        client.get(reverse("wait", args=[keys.wait_key(visit.public_code)]))
    assert queries.waiting_visit(keys.wait_key(visit.public_code)) == visit
