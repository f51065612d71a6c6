"""Who is next, how posts stand, what the shift leader is told (FIELD 2.1 11, 15, 16, 21, 29)."""
from datetime import timedelta

import pytest
from django.urls import reverse

from config.errors import Refused
from reception.visits import alerts, calling, posts, queries, queue, states, tasks, watch
from reception.visits.models import ServiceLeg
from reception.visits.queue_models import HallQueue, PostSpell
from staff.organisation.models import Employee
from staff.shifts.models import Shift
from tests.cast import build
from tests.reception.visits.test_lifecycle import together


@pytest.fixture
def counter(cast):
    """The counter of the first hall."""
    return cast.posts["sales", "counter"]


def first_come(visit, priority=ServiceLeg.Priority.ELDERLY):
    """Give the ticket of a visit priority from its arrival on."""
    visit.legs.update(priority=priority, priority_from=visit.arrived_at)
    return visit


def order_of_calls(cast, counter, now, count):
    """Call and finish `count` times; the visits in the order of their calls."""
    actor, called = cast.actor("sales"), []
    for turn in range(count):
        leg = queue.call_next(actor, hall=cast.hall, post=counter, employee=cast.people["sales"], now=now + timedelta(seconds=turn))
        queue.start(actor, leg, now=now), queue.finish(actor, leg, now=now)
        called.append(leg.visit)
    return called


def test_of_three_calls_two_have_priority_and_one_is_of_the_others(cast, visit_for, counter, now):
    others = [visit_for(minutes_ago=40 - n) for n in range(3)]
    priority = [first_come(visit_for(minutes_ago=20 - n)) for n in range(5)]
    assert order_of_calls(cast, counter, now, 8) == [*priority[:2], others[0], *priority[2:4], others[1], priority[4], others[2]]


def test_the_people_told_to_be_ahead_are_those_who_are_called_before(cast, visit_for, counter, now):
    HallQueue.objects.create(hall=cast.hall, priority_share=2, overdue_minutes=45)
    visits = [visit_for(minutes_ago=50 - 3 * n) for n in range(9)]
    for place in (1, 3, 4, 6, 7, 8):
        first_come(visits[place])
    told = {visit: queries.people_ahead(list(visit.legs.all()), now)[visit.legs.get().pk] for visit in visits}
    called = order_of_calls(cast, counter, now, 9)
    assert [told[visit] for visit in called] == list(range(9))
    assert called != visits


def test_without_a_share_the_longest_wait_is_called_and_who_waits_too_long_always(cast, visit_for, counter, now):
    settings = HallQueue.objects.create(hall=cast.hall, priority_share=0)
    ordinary, elderly = visit_for(minutes_ago=30), first_come(visit_for(minutes_ago=10))
    assert order_of_calls(cast, counter, now, 1) == [ordinary]
    settings.priority_share, settings.overdue_minutes = 2, 20
    settings.save()
    overdue = visit_for(minutes_ago=25)
    assert order_of_calls(cast, counter, now, 2) == [overdue, elderly]


def test_an_appointment_goes_first_from_its_hour_on(cast, visit_for, counter, now):
    early, ordinary = visit_for(minutes_ago=5), visit_for(minutes_ago=10)
    early.legs.update(priority=ServiceLeg.Priority.APPOINTMENT, priority_from=now + timedelta(minutes=10))
    assert order_of_calls(cast, counter, now, 1) == [ordinary]
    later = visit_for(minutes_ago=8)
    assert order_of_calls(cast, counter, now + timedelta(minutes=11), 2) == [early, later]


@pytest.mark.parametrize(("last", "share", "others"), [([], 2, False), ([True], 2, False), ([True, True], 2, True), ([True, False], 2, False),
                                                        ([True, True, False], 2, True), ([], 0, True), ([True], 1, True)])
def test_the_others_are_next_after_a_full_share(last, share, others):
    assert calling.others_turn(last, share) is others


def test_priority_is_given_with_a_reason_that_stays(cast, visit_for, now, desk):
    visit_for(minutes_ago=30)
    leg = visit_for(minutes_ago=5).legs.get()
    queue.set_priority(desk, leg, ServiceLeg.Priority.DISABLED, reason="wheelchair", now=now)
    assert leg.visit.events.get(verb="prioritised").reason == "wheelchair"
    called = queue.call(cast.actor("sales"), leg, post=cast.posts["sales", "counter"], employee=cast.people["sales"], now=now)
    assert called.visit.events.filter(verb="called").exists(), "Whom the rule calls next is called without a reason."


def test_a_first_call_opens_the_counter_and_a_paused_one_calls_nobody(cast, visit_for, counter, now):
    visit_for(), visit_for()
    actor, sales = cast.actor("sales"), cast.people["sales"]
    order_of_calls(cast, counter, now, 1)
    assert posts.running(counter).state == states.OPEN
    posts.change(actor, counter, states.PAUSED, employee=sales, reason="break", now=now)
    with pytest.raises(Refused, match=r"is paused \(Break\)"):
        queue.call_next(actor, hall=cast.hall, post=counter, employee=sales, now=now)
    posts.change(actor, counter, states.OPEN, employee=sales, now=now + timedelta(minutes=7))
    assert queue.call_next(actor, hall=cast.hall, post=counter, employee=sales, now=now + timedelta(minutes=7))
    with pytest.raises(Refused, match="is still at"):
        posts.change(actor, counter, states.PAUSED, employee=sales, reason="break", now=now + timedelta(minutes=8))


def test_paused_minutes_are_counted_from_the_spells_alone(cast, counter, now):
    actor, sales = cast.actor("sales"), cast.people["sales"]
    for minutes, state in ((0, states.OPEN), (10, states.PAUSED), (17, states.OPEN), (30, states.PAUSED)):
        posts.change(actor, counter, state, employee=sales, reason="meal", now=now + timedelta(minutes=minutes))
    spells = list(PostSpell.objects.order_by("pk"))
    at = now + timedelta(minutes=33)
    assert posts.seconds_in(spells, states.PAUSED, since=now, now=at) == (7 + 3) * 60
    assert posts.seconds_in(spells, states.PAUSED, since=now + timedelta(minutes=12), now=at) == (5 + 3) * 60
    assert watch.by_post(spells, now, at)[counter.pk]["paused_minutes"] == 10


@pytest.mark.parametrize(("state", "reason", "note", "field"), [("paused", "", "", "reason"), ("closed", "no-reason", "", "reason"),
                                                                ("paused", "other", "", "note")])
def test_a_counter_is_not_paused_or_closed_without_saying_why(cast, counter, now, state, reason, note, field):
    with pytest.raises(Refused) as refusal:
        posts.change(cast.actor("sales"), counter, state, employee=cast.people["sales"], reason=reason, note=note, now=now)
    assert refusal.value.field == field


def test_posts_of_a_day_that_is_over_end_at_its_closing_time_as_assumed(cast, counter, now):
    PostSpell.objects.create(hall=cast.hall, post=counter, employee=cast.people["sales"], state=states.OPEN, started_at=now - timedelta(days=2))
    tasks.close_days(), tasks.close_days()
    spell = PostSpell.objects.get()
    assert spell.assumed and timedelta() <= spell.ended_at - spell.started_at <= timedelta(days=1)


@pytest.mark.parametrize(("closes", "state"), [(True, states.LEFT), (False, states.WAITING)])
def test_a_hall_may_keep_visits_open_over_the_end_of_its_day(cast, visit_for, closes, state):
    HallQueue.objects.create(hall=cast.hall, closes_left_open=closes)
    visit = visit_for(minutes_ago=60 * 50)
    tasks.close_days()
    visit.refresh_from_db()
    assert visit.state == state


def test_the_page_of_the_counter_opens_pauses_and_closes_it(cast, as_role, counter):
    client = as_role("sales")
    client.post(reverse("open_post"))
    assert client.post(reverse("pause_post"), {"reason": "break"}).status_code == 302
    page = client.get(reverse("counter")).content.decode()
    assert "is paused (Break)" in page and 'data-key="o"' in page
    client.post(reverse("close_post"), {"reason": "shift_end"})
    assert list(PostSpell.objects.order_by("pk").values_list("state", flat=True)) == ["open", "paused", "closed"]


# ------------------------------------------------------------------------------------------------------------------ alerts

def test_the_leader_is_told_of_the_longest_wait_past_its_limit(cast, visit_for, now):
    HallQueue.objects.create(hall=cast.hall, alert_minutes=15)
    visit_for(minutes_ago=10, service="business")
    Shift.objects.all().delete()
    assert watch.alerts_for(cast.user("supervisor"), now)[0]["alerts"] == []
    late = visit_for(minutes_ago=16)
    alert = watch.alerts_for(cast.user("manager"), now)[0]["alerts"][0]
    assert (alert.kind, alert.visit_id, alert.minutes) == ("long", late.pk, 16) and late.legs.get().ticket in alert.text


def test_the_leader_is_told_when_somebody_waits_at_a_free_counter(cast, visit_for, counter, now):
    Shift.objects.exclude(employee=cast.people["sales"]).delete()
    visit_for(minutes_ago=2)
    board = watch.alerts_for(cast.user("supervisor"), now)[0]
    assert [alert.kind for alert in board["alerts"]] == ["idle"] and "(Counter 1)" in board["alerts"][0].text
    posts.change(cast.actor("sales"), counter, states.PAUSED, employee=cast.people["sales"], reason="break", now=now)
    assert watch.alerts_for(cast.user("supervisor"), now)[0]["alerts"] == []


def test_nobody_is_idle_who_may_not_serve_is_not_waited_for_or_is_asked_too_soon(now):
    wait = alerts.Wait(1, "A001", now - timedelta(seconds=90), service_id=7)
    free = alerts.Free(5, 3, "Counter 1")

    def kinds(one, able, seconds=60):
        return [alert.kind for alert in alerts.find([one], [free], able, now=now, limit_minutes=10, idle_seconds=seconds)]

    assert kinds(wait, {7: {5}}) == ["idle"]
    assert kinds(wait, {7: {6}}) == kinds(wait, {7: {5}}, 120) == kinds(alerts.Wait(1, "A001", wait.since, 7, employee_id=6), {7: {5}}) == []


@pytest.mark.parametrize("name", ["supervisor", "manager"])
def test_alerts_stand_on_the_start_page_of_the_shift_leader_and_nowhere_else(cast, as_role, visit_for, name):
    late = visit_for(minutes_ago=50)
    words = f"{late.legs.get().ticket} waits 50 min"
    assert words in as_role(name).get(reverse("home")).content.decode()
    assert words in as_role(name).get(reverse("board")).content.decode()
    assert words not in as_role("sales").get(reverse("home")).content.decode()
    assert words not in as_role(f"{name}2").get(reverse("home")).content.decode()


def test_the_attention_mark_shows_at_entry_and_its_reason_does_not(cast, as_role, visit_for):
    customer = cast.customer_for(attention="barred since the fight")
    visit_for(customer=customer)
    client = as_role("reception")
    for url in (reverse("desk"), reverse("board"), reverse("desk_customer", args=[customer.pk])):
        page = client.get(url).content.decode()
        assert "Attention mark" in page and "barred" not in page, url


@pytest.mark.django_db(transaction=True)
def test_counters_that_call_at_once_keep_the_share_and_call_nobody_twice(now):
    cast = build(now)
    people = Employee.objects.bulk_create(Employee(number=f"T{n}", name=f"Counter {n}", sort_key=f"t{n}", hired_on=cast.today - timedelta(days=9),
                                                   state=Employee.State.ON_DUTY) for n in range(9))
    Shift.objects.bulk_create(Shift(employee=person, hall=cast.hall, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1)) for person in people)
    counters = [type(cast.posts["sales", "counter"]).objects.create(hall=cast.hall, kind="counter", name={"en": f"Counter {n}"}) for n in range(9)]
    for n in range(9):
        visit = cast.visit_for(minutes_ago=60 - n)
        if n % 2:
            first_come(visit)
    first_come(cast.visit_for(minutes_ago=1)), first_come(cast.visit_for(minutes_ago=1))
    actor = cast.actor("reception")
    legs = together([lambda person=person, post=post: queue.call_next(actor, hall=cast.hall, post=post, employee=person, now=now)
                     for person, post in zip(people, counters, strict=True)])
    assert len({leg.pk for leg in legs}) == 9
    assert sum(bool(leg.priority) for leg in legs) == 6, "Two of three calls have priority."
    assert PostSpell.objects.filter(state=states.OPEN, ended_at=None).count() == 9
