"""No verb leaves the tables of states.py, whatever order they come in; counters that call at once never call the same visitor."""
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.errors import Refused
from reception.visits import queue, rules, services, states
from reception.visits.models import ServiceLeg, Visit, VisitEvent
from staff.organisation.models import Employee
from staff.shifts.models import Shift
from tests.cast import build

VISIT_VERBS = ("greet", "serve", "hand_over", "close", "leave", "settle", "reopen")
LEG_VERBS = ("call", "recall", "start", "finish", "no_show", "rejoin", "park", "unpark", "transfer", "put_back", "abandon")


def do_to_visit(cast, visit, verb, now):
    """One verb on a visit, by the service."""
    desk, sales = cast.actor("reception"), cast.people["sales"]
    acts = {
        "greet": lambda: services.greet(desk, visit, now=now), "serve": lambda: services.serve(desk, visit, sales, now=now),
        "hand_over": lambda: services.answer_handover(
            desk, services.offer_handover(desk, visit, cast.people["outsider"], note="n", now=now), accept=True, now=now),
        "close": lambda: services.close(desk, visit, outcome="information", now=now), "leave": lambda: services.leave(desk, visit, now=now),
        "settle": lambda: services.settle(desk, visit, outcome="business", left_at=now, now=now),
        "reopen": lambda: services.reopen(desk, visit, reason="r", now=now)}
    acts[verb]()


def do_to_leg(cast, leg, verb, now):
    """One verb on a ticket, by the service."""
    by, post, person = cast.actor("colleague"), cast.posts["sales", "counter"], cast.people["colleague"]
    acts = {
        "call": lambda: queue.call(by, leg, post=post, employee=person, reason="r", now=now), "recall": lambda: queue.recall(by, leg, now=now),
        "start": lambda: services.start_leg(by, leg, now=now), "finish": lambda: queue.finish(by, leg, now=now),
        "no_show": lambda: queue.no_show(by, leg, now=now), "rejoin": lambda: queue.rejoin(by, leg, now=now),
        "park": lambda: queue.park(by, leg, reason="r", now=now), "unpark": lambda: queue.unpark(by, leg, now=now),
        "transfer": lambda: queue.transfer(by, leg, note="n", post=post, now=now), "put_back": lambda: queue.put_back(by, leg, reason="r", now=now),
        "abandon": lambda: queue.abandon(by, leg, now=now)}
    acts[verb]()


def arrows(table, verb):
    """The table's rows that a service verb stands for."""
    return [arrow for name, arrow in table.items() if name == verb or (verb == "call" and name == "call_out_of_order")]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(verbs=st.lists(st.sampled_from(VISIT_VERBS), max_size=8))
def test_a_visit_only_follows_the_arrows_of_its_table(cast, now, verbs):
    with transaction.atomic():
        visit = cast.visit_for()
        for step, verb in enumerate(verbs):
            before = Visit.objects.get(pk=visit.pk).state
            try:
                with transaction.atomic():
                    do_to_visit(cast, visit, verb, now + timedelta(minutes=step))
            except Refused:
                assert Visit.objects.get(pk=visit.pk).state == before
                continue
            after, arrow = Visit.objects.get(pk=visit.pk).state, states.VISIT[verb]
            greeted_by_serving = verb == "serve" and before == states.WAITING
            assert (before in arrow.sources or greeted_by_serving) and after in {arrow.target, before if arrow.target is None else arrow.target}
        transaction.set_rollback(True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(verbs=st.lists(st.sampled_from(LEG_VERBS), max_size=10))
def test_a_ticket_only_follows_the_arrows_of_its_table_and_its_times_add_up(cast, now, verbs):
    with transaction.atomic():
        visit = cast.visit_for(minutes_ago=0)
        leg = visit.legs.get()
        leg.delete()
        leg = queue.take_ticket(cast.actor("reception"), visit, cast.services["advice"])
        for step, verb in enumerate(verbs, start=1):
            before = ServiceLeg.objects.get(pk=leg.pk).state
            try:
                with transaction.atomic():
                    do_to_leg(cast, leg, verb, now + timedelta(minutes=step))
            except Refused:
                assert ServiceLeg.objects.get(pk=leg.pk).state == before
                continue
            after = ServiceLeg.objects.get(pk=leg.pk).state
            assert any(before in arrow.sources and after == (arrow.target or before) for arrow in arrows(states.LEG, verb))
        events = list(VisitEvent.objects.filter(leg_id=leg.pk).values_list("verb", "at"))
        end = now + timedelta(minutes=20)
        last = max(at for _verb, at in events) if ServiceLeg.objects.get(pk=leg.pk).state in {states.DONE, states.ABANDONED} else end
        assert sum(rules.leg_times(events, end).values()) == int((last - now).total_seconds())
        transaction.set_rollback(True)


def together(acts):
    """Run all at the same moment in threads of their own; returns what each gave or raised."""
    barrier, given_back = threading.Barrier(len(acts)), []

    def run(act):
        try:
            barrier.wait(30)
            given_back.append(act())
        except Refused as refusal:
            given_back.append(refusal)
        finally:
            connection.close()
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return given_back


@pytest.mark.django_db(transaction=True)
def test_fifty_counters_that_call_at_once_call_fifty_visitors(now):
    cast = build(now)
    people = Employee.objects.bulk_create(Employee(number=f"T{n}", name=f"Counter {n}", sort_key=f"t{n}", hired_on=cast.today - timedelta(days=9),
                                                   state=Employee.State.ON_DUTY) for n in range(50))
    Shift.objects.bulk_create(Shift(employee=person, hall=cast.hall, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1)) for person in people)
    for _ in range(40):
        cast.visit_for()
    post, actor = cast.posts["sales", "counter"], cast.actor("reception")
    legs = together([lambda person=person: queue.call_next(actor, hall=cast.hall, post=post, employee=person, now=now) for person in people])
    called = [leg.pk for leg in legs if leg is not None]
    assert len(legs) == 50 and len(called) == len(set(called)) == 40
    assert ServiceLeg.objects.filter(state=states.CALLED, calls=1).count() == 40
    assert VisitEvent.objects.filter(verb="called").count() == 40


@pytest.mark.django_db(transaction=True)
def test_one_person_who_presses_call_many_times_at_once_calls_one_visitor(now):
    cast = build(now)
    for _ in range(8):
        cast.visit_for()
    post, actor, person = cast.posts["sales", "counter"], cast.actor("sales"), cast.people["sales"]
    answers = together([lambda: queue.call_next(actor, hall=cast.hall, post=post, employee=person, now=now)] * 8)
    assert sum(isinstance(answer, ServiceLeg) for answer in answers) == 1 and sum(isinstance(answer, Refused) for answer in answers) == 7


@pytest.mark.django_db(transaction=True)
def test_twelve_people_who_lead_visitors_to_the_last_seat_seat_one_party(now):
    cast = build(now)
    area = cast.areas["sales", "negotiation"]
    area.capacity = 1
    area.save()
    visits, actor = [cast.visit_for() for _ in range(12)], cast.actor("reception")
    answers = together([lambda visit=visit: services.guide(actor, visit, area, now=now) for visit in visits])
    assert sum(isinstance(answer, Visit) for answer in answers) == 1 and Visit.objects.filter(area=area).count() == 1


@pytest.mark.parametrize("events, expected", [
    ([("queued", 0), ("called", 4), ("started", 5), ("done", 15)], (5, 10, 0, 0)),
    ([("queued", 0), ("parked", 2), ("unparked", 12), ("called", 14), ("recalled", 15), ("started", 16), ("done", 20)], (6, 4, 10, 0)),
    ([("queued", 0), ("called", 3), ("no_show", 5), ("rejoined", 20), ("called_out_of_order", 21), ("started", 22)], (7, 8, 0, 15)),
    ([("queued", 0), ("called", 1), ("started", 2), ("transferred", 6), ("called", 9), ("started", 10), ("done", 12)], (6, 6, 0, 0)),
    ([], (0, 0, 0, 0))])
def test_the_times_of_a_ticket_come_from_its_events(now, events, expected):
    spans = rules.leg_times([(verb, now + timedelta(seconds=second)) for verb, second in events], now + timedelta(seconds=30))
    assert (spans["waiting"], spans["serving"], spans["parked"], spans["absent"]) == expected
