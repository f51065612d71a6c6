"""What was written after it happened: arrivals and leavings told later, visits left open, visits opened again (REC-02, REC-03, REC-08)."""
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse

from config.web.periods import Period
from reception.visits import figures, import_writing, queries, queue, rules, services, states, story, tasks
from reception.visits.models import Visit
from reception.visits.services import arriving
from reception.visits.whole import visit_in_full
from staff.organisation.models import Assignment, Hall, ServiceOffer
from tests.reception.visits.imports import brought_in
from tests.reception.visits.test_desk import answers


def test_a_greeting_ticked_with_an_earlier_arrival_is_noted_and_not_measured(cast, desk, now):
    facts = {"hall": cast.hall, "purpose": cast.purposes["see-products"], "steps": ["greeting"], "now": now}
    late = services.log_visit(desk, arrived_at=now - timedelta(hours=2), **facts)
    assert late.state == states.GREETED and late.steps == ["greeting"] and Visit.objects.get(pk=late.pk).greeting_seconds() is None
    assert services.log_visit(desk, **facts).greeting_seconds() == 0
    assert queries.board(cast.hall, cast.user("manager"), now).figures["greeted"] == 1
    begun = services.log_visit(desk, arrived_at=now - timedelta(minutes=30), **facts | {"steps": []}, adviser=cast.people["sales"])
    assert begun.state == states.IN_SERVICE and begun.greeted_at is None and begun.served_at == now


def test_a_leaving_told_to_be_before_the_press_of_serve_leaves_no_time_below_nothing(cast, desk, now):
    visit = services.log_visit(desk, hall=cast.hall, purpose=cast.purposes["see-products"], arrived_at=now - timedelta(minutes=60), now=now)
    services.serve(cast.actor("sales"), visit, cast.people["sales"], now=now)
    left = now - timedelta(minutes=20)
    visit = services.close(cast.actor("sales"), visit, outcome="information", left_at=left, now=now)
    visit.refresh_from_db()
    assert (visit.left_at, visit.served_at, visit.greeted_at) == (left, None, None)
    told = {row["label"]: row["seconds"] for row in story.times(visit_in_full(cast.user("sales"), visit.pk, now), now)}
    assert told == {"To greeting": None, "Waited": None, "Served": None, "In the hall": 2400}
    leg = visit.legs.get()
    assert leg.ended_at == left and leg.started_at is None
    spans = rules.leg_times(list(visit.events.filter(leg_id=leg.pk).values_list("verb", "at")), now + timedelta(hours=1))
    assert spans["serving"] == 0 and sum(spans.values()) == 2400
    day = Period.between(cast.today, cast.today)
    assert figures.of_span(figures.by_day(cast.user("manager"), cast.hall, day), day).average_wait is None


def test_a_service_added_after_the_told_leaving_ends_when_it_began(cast, visit_for, now):
    visit = visit_for(minutes_ago=60, state=states.IN_SERVICE, adviser="sales")
    leg = queue.add_service(cast.actor("sales"), visit, cast.services["business"], now=now)
    services.close(cast.actor("sales"), visit, outcome="information", left_at=now - timedelta(minutes=5), now=now)
    leg.refresh_from_db()
    assert leg.ended_at == leg.queued_at == now


def test_what_an_exhibition_left_open_on_its_last_day_stays_on_the_list_until_it_is_settled(cast, client_as, visit_for, now):
    long_ago = now - timedelta(days=200)
    fair = Hall.objects.create(code="fair", name={"en": "Home fair"}, kind=Hall.Kind.EXHIBITION, department=cast.hall.department,
                               active_from=cast.today - timedelta(days=210), active_until=cast.today - timedelta(days=199))
    cast.templates["fair"] = None
    ServiceOffer.objects.create(hall=fair, service=cast.services["advice"])
    gone = visit_for(hall=fair, arrived_at=long_ago, left_at=long_ago, state=states.LEFT, assumed=True, outcome="")
    old = visit_for(arrived_at=now - timedelta(days=90), left_at=now - timedelta(days=90), state=states.LEFT, assumed=True, outcome="")
    Assignment.objects.create(employee=cast.people["reception"], role="reception", hall=fair, starts_on=cast.today - timedelta(days=210))
    client = client_as("reception")
    page = client.get(reverse("left_open"))
    assert [row.pk for row in page.context["rows"]] == [gone.pk, old.pk] and "Home fair" in page.content.decode()
    assert reverse("visit_settle", args=[gone.pk]) in page.content.decode()
    assert [row.pk for row in client_as("agent").get(reverse("left_open")).context["rows"]] == [old.pk]
    Assignment.objects.filter(employee=cast.people["reception"]).exclude(hall=fair).delete()
    only = client_as("reception").get(reverse("left_open"))
    assert [row.pk for row in only.context["rows"]] == [gone.pk]


def test_a_list_of_what_was_left_open_says_how_many_it_does_not_show(client_as, visit_for, monkeypatch, now):
    monkeypatch.setattr("reception.visits.views.LEFT_OPEN_SHOWN", 2)
    for _visit in range(5):
        visit_for(state=states.LEFT, assumed=True, outcome="", left_at=now)
    assert "3 more follow when these are settled." in client_as("reception").get(reverse("left_open")).content.decode()


def test_a_visit_opened_again_stays_open_until_the_end_of_that_day(cast, visit_for, now):
    start, midnight = queries.day_bounds(cast.hall, cast.today)
    visit = visit_for(state=states.CLOSED, adviser="sales", arrived_at=start - timedelta(days=3, hours=-10), left_at=start - timedelta(days=3, hours=-11),
                      outcome="information")
    services.reopen(cast.actor("supervisor"), visit, reason="Came back", now=start + timedelta(hours=10))
    tasks.end_days(cast.hall, start + timedelta(hours=10, minutes=15))
    visit.refresh_from_db()
    assert visit.state == states.IN_SERVICE
    tasks.end_days(cast.hall, midnight + timedelta(minutes=1))
    visit.refresh_from_db()
    assert visit.state == states.CLOSED and visit.assumed


def test_a_public_code_that_is_taken_is_drawn_again(cast, client_as, visit_for, monkeypatch):
    taken, drawn = visit_for().public_code, []
    codes = iter([taken, taken, "ABCDEFGH"])
    monkeypatch.setattr(arriving, "public_code", lambda: drawn.append(next(codes)) or drawn[-1])
    assert client_as("reception").post(reverse("desk"), answers(cast, who="曾一凡 13800138000")).status_code == 302
    visit = Visit.objects.get(public_code="ABCDEFGH")
    assert len(drawn) == 3 and visit.events.filter(verb="arrived").count() == 1 and visit.customer.visits.count() == 1


def test_another_clash_than_that_of_a_code_is_not_tried_again(cast, client_as, visit_for, monkeypatch):
    taken, tries = visit_for().number, []
    monkeypatch.setattr(queue, "written", lambda *_series: tries.append(1) or taken)
    with pytest.raises(IntegrityError, match="number"):
        client_as("reception").post(reverse("desk"), answers(cast))
    assert len(tries) == 1


def test_a_code_that_a_register_draws_twice_is_drawn_again(cast, visit_for, monkeypatch):
    codes = iter([visit_for().public_code, *(f"ABCDEF{index:02d}" for index in range(20))])
    monkeypatch.setattr(import_writing, "public_code", lambda: next(codes))
    content = "日期,时间,姓名,电话\n2026-03-02,10:05,李国强,13800138000\n2026-03-03,10:05,王小明,13800138001\n".encode()
    brought_in(cast.actor("manager"), cast.hall, content, cast.now, name="register.csv")
    assert Visit.objects.filter(imported=True).count() == 2
