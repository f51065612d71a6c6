"""Schedules make what is due, once, however often, late or doubled the clock comes (GEN-25, RELIABILITY R9, R10, T3)."""
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from celery.schedules import crontab
from django.db import connections

from config.accounts.actor import Actor
from config.contributions import schedules
from config.errors import Refused
from staff.duties import plans, services, states
from staff.duties.models import Duty, ScheduleMark, ScheduleRun

pytestmark = pytest.mark.django_db
KEY = "SCH-99"


def writer(cast):
    """A daily duty of logistics in both halls, due at nine and missed at six in the evening."""
    def write(since, until):
        day, made = since.date() + timedelta(days=1), []
        while day <= until.date():
            start = cast.now.replace(year=day.year, month=day.month, day=day.day, hour=0, minute=0, second=0, microsecond=0)
            made += [Duty(schedule=KEY, slot=day.isoformat(), hall=hall, role="logistics", starts_at=start, due_at=start + timedelta(hours=9),
                          misses_at=start + timedelta(hours=18)) for hall in (cast.hall, cast.other_hall) if start <= until]
            day += timedelta(days=1)
        return services.make(made)
    return write


@pytest.fixture
def plan(cast):
    """The schedule, registered for the length of a test."""
    made = plans.register(key=KEY, label="Daily", clauses=("S0 §5.1.2",), cadence=crontab(hour=5), write=writer(cast))
    yield made
    plans.PLANS.without(KEY)
    schedules.SCHEDULES.without(KEY)


def duties():
    """(hall, slot) of every duty of the schedule, in order."""
    return sorted(Duty.objects.filter(schedule=KEY).values_list("hall__code", "slot"))


def test_what_begins_is_made_once_however_often_the_clock_comes(cast, plan):
    assert services.run(KEY, now=cast.now) == 2
    assert [services.run(KEY, now=cast.now + timedelta(minutes=n)) for n in (0, 1, 2)] == [None, 0, 0]
    assert len(duties()) == len(set(duties())) == 2
    run = ScheduleRun.objects.get(key=KEY)
    assert (run.created, run.problem, run.until) == (2, "", cast.now)


def test_after_three_days_without_a_clock_every_day_is_there_and_late_ones_are_late(cast, plan):
    services.run(KEY, now=cast.now)
    later = cast.now + timedelta(days=3)
    assert services.run(KEY, now=later) == 6
    assert len({slot for _hall, slot in duties()}) == 4
    assert services.miss(later) >= 6 and services.miss(later) == 0
    assert set(Duty.objects.filter(misses_at__lte=later).values_list("state", flat=True)) == {states.MISSED}
    assert not Duty.objects.filter(misses_at__gt=later).exclude(state=states.OPEN)


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_make_it_once(cast, plan):
    def tick(number):
        try:
            return services.run(KEY, now=cast.now + timedelta(days=3, seconds=number))
        finally:
            connections["default"].close()

    services.run(KEY, now=cast.now)
    with ThreadPoolExecutor(6) as clocks:
        made = [one or 0 for one in clocks.map(tick, range(12))]
    assert sum(made) == 6 and len(duties()) == len(set(duties())) == 8


def test_a_schedule_that_fails_leaves_nothing_rests_longer_each_time_and_goes_on_where_it_was(cast, plan, monkeypatch):
    services.run(KEY, now=cast.now)
    whole = plan.write

    def broken(since, until):
        whole(since, until)
        raise ZeroDivisionError

    object.__setattr__(plan, "write", broken)
    at, rests = cast.now + timedelta(days=1), []
    for _ in range(services.MOST_FAILURES):
        assert services.run(KEY, now=at) is None
        mark = ScheduleMark.objects.get(key=KEY)
        rests.append(mark.rests_until - at)
        assert services.run(KEY, now=at + timedelta(minutes=1)) is None and mark.through == cast.now
        at = mark.rests_until
    assert rests == [*(timedelta(minutes=2 ** n) for n in range(1, services.MOST_FAILURES)), services.PARKED]
    assert len(duties()) == 2
    assert ScheduleRun.objects.filter(key=KEY, problem="ZeroDivisionError").count() == services.MOST_FAILURES
    object.__setattr__(plan, "write", whole)
    assert services.run(KEY, now=at) > 0 and ScheduleMark.objects.get(key=KEY).failures == 0


def test_a_duty_is_for_whoever_holds_the_role_in_its_hall_today_and_for_nobody_else(cast, plan):
    services.run(KEY, now=cast.now)
    for name, halls in (("logistics", [cast.hall]), ("reception", []), ("manager", []), ("reception2", [])):
        assert [duty.hall for duty in Duty.objects.for_user(cast.users[name]).filter(schedule=KEY)] == halls, name


def duty_of(cast, **facts):
    """One open duty about a visit."""
    given = {"schedule": KEY, "slot": "x", "kind": "visit", "record_id": 7, "employee": cast.people["sales"], "starts_at": cast.now - timedelta(hours=2),
             "due_at": cast.now} | facts
    return Duty.objects.create(**given)


@pytest.mark.parametrize("minutes, state", [(0, states.DONE), (1, states.LATE)])
def test_what_is_done_by_its_moment_is_done_on_time_and_after_it_late(cast, minutes, state):
    duty, at = duty_of(cast), cast.now + timedelta(minutes=minutes)
    assert services.finish(Actor(cast.users["sales"]), "visit", 7, now=at) == 1
    duty.refresh_from_db()
    assert (duty.state, duty.done_at, duty.done_by) == (state, at, cast.users["sales"])
    assert services.finish(Actor(cast.users["sales"]), "visit", 7, now=at + timedelta(hours=1)) == 0


def test_what_was_missed_and_is_done_after_all_is_late(cast):
    duty = duty_of(cast, misses_at=cast.now)
    services.miss(cast.now)
    services.finish(Actor(cast.users["sales"]), "visit", 7, now=cast.now)
    duty.refresh_from_db()
    assert duty.state == states.LATE


def test_a_superior_excuses_with_a_reason_and_nobody_excuses_themselves_or_twice(cast):
    duty = duty_of(cast)
    with pytest.raises(Refused):
        services.excuse(Actor(cast.users["sales"]), duty, reason="ill", now=cast.now)
    services.excuse(Actor(cast.users["manager"]), duty, reason="ill", now=cast.now)
    duty.refresh_from_db()
    assert (duty.state, duty.reason) == (states.EXCUSED, "ill")
    with pytest.raises(Refused):
        services.excuse(Actor(cast.users["manager"]), duty, reason="again", now=cast.now)


def test_what_the_clock_rang_for_in_vain_is_worked_off_and_what_is_not_due_or_rests_is_left(cast, plan):
    five = cast.now.astimezone(plan.cadence.tz).replace(hour=5, minute=0, second=0, microsecond=0)
    assert KEY not in services.unheard(five)  # it never ran: the first ring comes from the clock
    services.run(KEY, now=five - timedelta(hours=3))
    assert KEY not in services.unheard(five - timedelta(minutes=1)) and KEY not in services.unheard(five + services.UNHEARD / 2)
    assert KEY in services.unheard(five + services.UNHEARD)
    ScheduleMark.objects.filter(key=KEY).update(rests_until=five + timedelta(hours=1))
    assert KEY not in services.unheard(five + timedelta(minutes=2)) and KEY in services.unheard(five + timedelta(hours=1))
    late = five + timedelta(days=2, hours=2)
    assert services.catch_up(late) == 1 and services.catch_up(late) == 0
    assert len(duties()) == len(set(duties())) > 2 and KEY not in services.unheard(late + timedelta(hours=20))


def test_what_is_behind_longest_is_caught_up_last_and_a_catching_up_ends_in_time(cast, plan, monkeypatch):
    for number in range(3):
        ScheduleMark.objects.create(key=f"SCH-9{number}", through=cast.now - timedelta(days=2 + number))
        plans.PLANS.add(plans.Plan(f"SCH-9{number}", "", (), crontab(hour=5), lambda since, until: 0))
    tried = []
    monkeypatch.setattr(services, "run", lambda key, *, now: tried.append(key))
    try:
        services.catch_up(cast.now)
        assert tried == ["SCH-90", "SCH-91", "SCH-92"]
        monkeypatch.setattr(services, "LONGEST", -1)
        assert services.catch_up(cast.now) == 0 and len(tried) == 3
    finally:
        for number in range(3):
            plans.PLANS.without(f"SCH-9{number}")
