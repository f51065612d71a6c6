"""The host of a visitor is told at once; without an answer the deputy is asked, then the shift leader; the desk sees it (FIELD 2.1 6, 7, 29)."""
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.urls import reverse

from config.accounts.actor import Actor
from config.errors import Refused
from reception.visits import appointments, services, tasks, telling
from reception.visits import states as visit_states
from reception.visits.hosts import queries, states
from reception.visits.hosts import services as hosts
from reception.visits.hosts.models import HostCall
from reception.visits.models import Visit
from reception.visits.queue_models import HallQueue
from staff.notifications.models import Notification
from staff.organisation.models import Assignment, Deputy
from staff.shifts.models import Shift

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def came(cast):
    """`came("sales")`: the desk logs a visitor for this person, who is told as soon as a worker looks."""
    def log(adviser="sales", tell=True, **facts):
        visit = services.log_visit(cast.actor("reception"), hall=cast.hall, purpose=cast.purposes["see-products"], adviser=cast.people[adviser],
                                   receptionist=cast.people["reception"], now=cast.now, **facts)
        if tell:
            hosts.call_waiting(cast.now, visit.pk)
        return visit
    return log


def asked():
    """Who was asked and how it stands, in order."""
    return [(call.employee.user.username, call.step, call.state) for call in HostCall.objects.select_related("employee__user").order_by("pk")]


def notifications(kind="host-called"):
    """Who was told, in order."""
    return list(Notification.objects.filter(kind=kind).order_by("pk").values_list("user__username", flat=True))


def answer(cast, name, says, now=None):
    """What this person says to the call by which they were asked."""
    return hosts.answer(cast.actor(name), HostCall.objects.get(employee=cast.people[name]), says=says, now=now or cast.now)


def deputy(cast, name="colleague", of="sales", **facts):
    """This person stands in for that one today."""
    return Deputy.objects.create(employee=cast.people[of], deputy=cast.people[name], **{"starts_on": cast.today, "ends_on": cast.today} | facts)


def test_a_visitor_for_somebody_is_told_to_them_once_however_often_the_clock_comes(cast, came):
    visit = came()
    assert [hosts.call_waiting(cast.now + n * MINUTE) for n in range(3)] == [0, 0, 0]
    assert asked() == [("sales", 0, states.ASKED)] and notifications() == ["sales"]
    call = HostCall.objects.get()
    assert (call.visit, call.answer_by, call.history.get().history_change_reason) == (visit, cast.now + 3 * MINUTE, "asked")


@pytest.mark.django_db(transaction=True)
def test_the_commit_of_the_desk_rings_the_doorbell_and_two_workers_tell_once(cast, came, monkeypatch):
    rung = []
    monkeypatch.setattr("config.celery.ring", lambda task, *args, **_options: rung.append((task, *args)))
    visit = came(tell=False)
    assert rung == [("reception.visits.tasks.call_hosts", visit.pk)]

    def work(_number):
        try:
            return hosts.call_waiting(cast.now, visit.pk)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(6) as workers:
        assert sum(workers.map(work, range(6))) == 1
    assert notifications() == ["sales"]


def test_the_clock_tells_what_no_doorbell_told(cast, came):
    came(tell=False)
    tasks.call_hosts()
    assert asked() == [("sales", 0, states.ASKED)]


def test_whoever_takes_the_visitor_without_being_asked_is_not_told(cast):
    visit = cast.visit_for(state=visit_states.GREETED)
    services.serve(cast.actor("sales"), visit, cast.people["sales"], now=cast.now)
    own = services.log_visit(cast.actor("sales"), hall=cast.hall, purpose=cast.purposes["see-products"], adviser=cast.people["sales"], now=cast.now)
    assert hosts.call_waiting(cast.now) == 0 and not HostCall.objects.exists() and own.adviser == cast.people["sales"]


def test_a_visitor_with_an_appointment_is_told_to_the_adviser_of_it(cast):
    appointment = cast.appointment_for(employee="sales", customer=cast.customer_for())
    appointments.arrive(cast.actor("reception"), appointment, now=cast.now, receptionist=cast.people["reception"])
    assert hosts.call_waiting(cast.now) == 1 and asked() == [("sales", 0, states.ASKED)]


def test_an_appointment_whose_visitor_is_given_to_another_is_told_to_that_one(cast, came):
    customer = cast.customer_for()
    cast.appointment_for(employee="sales", customer=customer)
    came("colleague", customer=customer)
    assert notifications() == ["colleague"]


def test_a_visit_given_on_to_another_is_told_to_that_one(cast, came):
    visit = came()
    services.reassign(cast.actor("manager"), visit, cast.people["colleague"], reason="ill", now=cast.now)
    assert hosts.call_waiting(cast.now) == 1 and notifications() == ["sales", "colleague"]
    hosts.pass_on(cast.now + 4 * MINUTE)
    assert ("sales", 0, states.OVER) in asked(), "nobody asks in the place of who is the host no more"


def test_without_an_answer_the_deputy_is_asked_then_the_shift_leader_then_the_desk_is_told(cast, came):
    deputy(cast)
    came()
    assert hosts.pass_on(cast.now + 2 * MINUTE) == 0
    assert hosts.pass_on(cast.now + 3 * MINUTE) == 1 and hosts.pass_on(cast.now + 3 * MINUTE) == 0
    assert asked() == [("sales", 0, states.SILENT), ("colleague", 1, states.ASKED)]
    hosts.pass_on(cast.now + 6 * MINUTE)
    leaders = {name for name, step, _state in asked() if step == HostCall.Step.LEADER}
    assert leaders == {"supervisor", "manager"} and notifications("host-unanswered") == []
    hosts.pass_on(cast.now + 9 * MINUTE)
    assert {state for _name, _step, state in asked()} == {states.SILENT} and notifications("host-unanswered") == ["reception"]
    assert [hosts.pass_on(cast.now + n * MINUTE) for n in (10, 20)] == [0, 0]


def test_the_hall_says_how_long_one_may_take(cast, came):
    HallQueue.objects.create(hall=cast.hall, host_minutes=10)
    came()
    assert hosts.pass_on(cast.now + 9 * MINUTE) == 0 and hosts.pass_on(cast.now + 10 * MINUTE) == 1


def test_a_deputy_of_another_day_or_in_training_is_not_asked(cast, came):
    deputy(cast, starts_on=cast.today + timedelta(days=1), ends_on=cast.today + timedelta(days=2))
    deputy(cast, name="trainee")
    came()
    hosts.pass_on(cast.now + 3 * MINUTE)
    assert {name for name, _step, _state in asked()} == {"sales", "supervisor", "manager"}


def test_a_visit_that_was_taken_back_from_its_host_is_asked_for_no_more(cast, came):
    visit = came()
    Visit.objects.filter(pk=visit.pk).update(adviser=None, state=visit_states.GREETED, served_at=None)  # as the undo of the assignment leaves it
    assert hosts.pass_on(cast.now + 3 * MINUTE) == 0 and asked() == [("sales", 0, states.OVER)]
    assert hosts.call_waiting(cast.now + 4 * MINUTE) == 0


def test_of_the_leaders_those_on_shift_are_asked(cast, came):
    Shift.objects.create(employee=cast.people["supervisor"], hall=cast.hall, starts_at=cast.now - MINUTE, ends_at=cast.now + 60 * MINUTE)
    assert [one.user.username for one in queries.leaders(cast.hall, cast.now)] == ["supervisor"]
    assert {one.user.username for one in queries.leaders(cast.other_hall, cast.now)} == {"supervisor2", "manager2"}
    Assignment.objects.filter(employee=cast.people["supervisor2"]).update(ends_on=cast.today - timedelta(days=1))
    assert {one.user.username for one in queries.leaders(cast.other_hall, cast.now)} == {"manager2"}


@pytest.mark.parametrize("says", [states.COMING, states.SOON])
def test_who_comes_ends_the_asking(cast, came, says):
    deputy(cast)
    visit = came()
    answer(cast, "sales", says)
    assert [hosts.pass_on(cast.now + n * MINUTE) for n in (3, 6)] == [0, 0] and asked() == [("sales", 0, says)]
    visit.refresh_from_db()
    assert visit.adviser == cast.people["sales"] and Notification.objects.get(kind="host-called").read_at == cast.now


def test_somebody_else_please_asks_the_next_at_once(cast, came):
    deputy(cast)
    came()
    answer(cast, "sales", states.OTHER)
    assert asked() == [("sales", 0, states.OTHER), ("colleague", 1, states.ASKED)]


def test_a_deputy_who_comes_has_the_visit_and_the_others_are_asked_no_longer(cast, came):
    deputy(cast), deputy(cast, name="outsider")
    visit = came()
    hosts.pass_on(cast.now + 3 * MINUTE)
    answer(cast, "outsider", states.COMING, now=cast.now + 4 * MINUTE)
    visit.refresh_from_db()
    assert visit.adviser == cast.people["outsider"]
    assert asked() == [("sales", 0, states.OVER), ("colleague", 1, states.OVER), ("outsider", 1, states.COMING)]
    assert Visit.objects.visible_to(cast.user("outsider")).filter(pk=visit.pk).exists()
    assert hosts.call_waiting(cast.now + 5 * MINUTE) == 0, "who comes by themselves is not told of it"


def test_a_late_answer_counts_and_one_after_the_visit_is_refused(cast, came):
    visit = came()
    hosts.pass_on(cast.now + 3 * MINUTE)
    answer(cast, "sales", states.COMING, now=cast.now + 5 * MINUTE)
    assert {state for name, _step, state in asked() if name != "sales"} == {states.OVER}
    other = came("colleague")
    services.close(cast.actor("colleague"), other, outcome="information", now=cast.now + MINUTE)
    with pytest.raises(Refused, match="nobody waits any more"):
        answer(cast, "colleague", states.COMING)
    assert visit.pk != other.pk


def test_nobody_answers_for_another_or_says_the_same_twice(cast, came):
    came()
    with pytest.raises(Refused, match="was asked, and answers alone"):
        hosts.answer(cast.actor("colleague"), HostCall.objects.get(), says=states.COMING, now=cast.now)
    answer(cast, "sales", states.COMING)
    with pytest.raises(Refused, match="answered already"):
        answer(cast, "sales", states.COMING)


def test_a_visitor_who_left_or_was_served_without_a_word_is_asked_for_no_more(cast, came):
    came(tell=False)
    waiting = cast.visit_for(state=visit_states.WAITING)
    services.assign(cast.actor("reception"), waiting, cast.people["sales"], now=cast.now)
    hosts.call_waiting(cast.now)
    services.tick_steps(cast.actor("sales"), waiting, done=["tea"], now=cast.now + MINUTE)
    Visit.objects.exclude(pk=waiting.pk).update(state=visit_states.LEFT, left_at=cast.now, outcome="left")
    assert hosts.pass_on(cast.now + 3 * MINUTE) == 0
    assert {state for _name, _step, state in asked()} == {states.OVER}


def test_the_host_answers_on_their_page_and_the_desk_sees_it_in_its_queue(cast, came, as_role):
    visit = came("sales", customer=cast.customer_for(name="曾一凡"))
    desk, host = as_role("reception"), as_role("sales")
    assert "Sales Wang is asked" in desk.get(reverse("desk_queue")).content.decode()
    for page in ("home", "my_visits"):
        assert "One visitor waits for you" in host.get(reverse(page)).content.decode(), page
    call = HostCall.objects.get()
    page = host.get(reverse("host_call", args=[call.pk])).content.decode()
    assert all(words in page for words in ("曾一凡", "I come", "In 5 minutes", "Somebody else, I cannot")) and "13800" not in page
    assert host.post(reverse("answer_host_call", args=[call.pk]), {"says": "soon"}).url == reverse("host_call", args=[call.pk])
    assert "Sales Wang comes in 5 minutes" in desk.get(reverse("desk_queue")).content.decode()
    assert "comes in 5 minutes" in desk.get(reverse("visit", args=[visit.pk])).content.decode()
    assert "One visitor waits for you" not in host.get(reverse("home")).content.decode()


def test_a_deputy_without_any_right_over_visits_finds_the_page_and_nobody_else_answers_there(cast, came, as_role):
    deputy(cast, name="logistics")
    came()
    hosts.pass_on(cast.now + 3 * MINUTE)
    call = HostCall.objects.get(employee=cast.people["logistics"])
    page = as_role("logistics").get(reverse("host_call", args=[call.pk])).content.decode()
    assert "I come" in page and reverse("visit", args=[call.visit_id]) not in page
    assert "I come" not in as_role("reception").get(reverse("host_call", args=[call.pk])).content.decode()
    for name in ("technician", "manager2"):
        assert as_role(name).get(reverse("host_call", args=[call.pk])).status_code == 404
    assert as_role("manager").post(reverse("answer_host_call", args=[call.pk]), {"says": "coming"}).status_code == 404


@pytest.mark.parametrize("says", ["", "asked", "over", "' OR 1=1"])
def test_an_answer_that_is_none_changes_nothing(cast, came, as_role, says):
    came()
    call = HostCall.objects.get()
    as_role("sales").post(reverse("answer_host_call", args=[call.pk]), {"says": says})
    assert asked() == [("sales", 0, states.ASKED)]


def test_the_shift_leader_is_told_once_of_whoever_waits_too_long(cast):
    HallQueue.objects.create(hall=cast.hall, alert_minutes=10, idle_seconds=3600)
    visit = cast.visit_for(minutes_ago=11)
    told = [telling.tell_alerts(cast.now + n * MINUTE) for n in range(3)]
    assert told[0] >= 1 and told[1:] == [0, 0]
    assert set(notifications("visit-alert")) == {"supervisor", "manager"}
    [notification] = Notification.objects.filter(user=cast.users["manager"])
    assert (notification.record_kind, notification.record_id, str(notification)) == ("visit", visit.pk, "“Sales hall”: A001 waits for 11 min.")


def test_nobody_is_told_while_nobody_waits_too_long(cast):
    cast.visit_for(minutes_ago=0)
    assert telling.tell_alerts(cast.now) == 0


def test_an_adviser_is_reminded_of_an_appointment_once_and_again_when_it_was_moved(cast):
    appointment = cast.appointment_for(employee="sales", minutes=40)
    assert telling.remind(cast.now) == 0
    assert [telling.remind(cast.now + n * MINUTE) for n in (11, 12, 13)] == [1, 0, 0]
    type(appointment).objects.update(at=cast.now + 45 * MINUTE)
    assert telling.remind(cast.now + 20 * MINUTE) == 1 and notifications("appointment-soon") == ["sales", "sales"]
    type(appointment).objects.update(state=visit_states.CANCELLED, at=cast.now + 50 * MINUTE)
    assert telling.remind(cast.now + 25 * MINUTE) == 0


def test_the_manager_sets_how_long_a_host_may_take(cast, as_role):
    url = reverse("queue_settings", args=[cast.hall.pk])
    client = as_role("manager")
    given = client.get(url).context["form"].initial | {"host_minutes": 7, "remind_minutes": 60}
    assert client.post(url, {key: "" if value is None else value for key, value in given.items()}).status_code == 302
    queue = HallQueue.objects.get(hall=cast.hall)
    assert (queue.host_minutes, queue.remind_minutes) == (7, 60)


def test_the_desk_takes_no_statement_more_for_what_hosts_answered(cast, came, cost):
    before = cost(reverse("desk"), by="reception")
    came()
    assert cost(reverse("desk"), by="reception") <= before + 1, "one more for who of the free people may serve whom"


def test_my_day_asks_for_calls_only_of_who_has_some(cast, came, as_role, monkeypatch):
    asked_for = []
    monkeypatch.setattr(queries, "waiting_for", lambda employee: asked_for.append(employee) or [])
    as_role("sales").get(reverse("home")), as_role("sales").get(reverse("my_visits"))
    assert asked_for == []
    came()
    as_role("sales").get(reverse("home"))
    assert asked_for == [cast.people["sales"]]


def test_an_actor_without_an_account_answers_for_nobody(cast, came):
    came()
    with pytest.raises(Refused):
        hosts.answer(Actor.system("x"), HostCall.objects.get(), says=states.COMING, now=cast.now)
