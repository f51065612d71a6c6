"""Requests between departments and to logistics: need, who, by when, acceptance, division of duties, result, rating (STF-07, STF-09)."""
import threading
from datetime import timedelta

import pytest
from django.db import close_old_connections
from django.urls import reverse

from config.accounts.actor import Actor
from config.contributions.figures import INDICATORS, PERSON, Figure, Subjects
from config.errors import Refused
from config.web.oneoff import new_key
from config.web.periods import Period
from staff.duties.models import Duty
from staff.organisation.models import Employee
from staff.teamwork import plans, services, states
from staff.teamwork.models import RequestPart, WorkRequest
from tests.cast import build


def department_of(cast, head="orders2"):
    """The decoration department, led by somebody of its office."""
    department = cast.departments["decoration"]
    department.head = cast.people[head]
    department.save()
    return department


def sent(cast, by="sales", days=2, now=None, actor=None, **facts):
    """A request of the salesperson to the other department, needed in some days."""
    facts = facts or {"kind": "department", "to_department": department_of(cast)}
    return services.send(actor or cast.actor(by), title="Fifty folders", need="With the new prices", needed_by=cast.today + timedelta(days=days),
                         now=now or cast.now, **facts)


def support(cast, by="sales", days=2):
    """Printing by the logistics of the first hall."""
    return sent(cast, by, days, kind="print", to_hall=cast.hall)


@pytest.fixture
def request_(cast):
    """The request to the other department."""
    return sent(cast)


def accepted(cast, row, owner="orders2", by="orders2", now=None):
    return services.accept(cast.actor(by), row, owner=cast.people[owner], answer="", now=now or cast.now)


def duties_of(row):
    """{(schedule, person or role): state} of what is due about a request."""
    return {(duty.schedule, duty.employee.user.username if duty.employee_id else duty.role): duty.state
            for duty in Duty.objects.filter(kind=services.KIND, record_id=row.pk)}


def test_the_answer_is_due_to_the_head_of_the_department_by_the_day_it_is_needed(cast, request_):
    duty = Duty.objects.get(record_id=request_.pk)
    assert (duty.schedule, duty.employee, duty.due_at) == (services.ANSWER, cast.people["orders2"], request_.due_at)
    assert (request_.from_hall, request_.state, request_.number[:3]) == (cast.hall, states.SENT, "RQ-")


def test_without_a_head_it_is_due_to_the_office_and_where_nobody_is_it_is_not_sent(cast):
    row = sent(cast, kind="department", to_department=cast.departments["decoration"])
    assert Duty.objects.get(record_id=row.pk).employee.postings.get().department == cast.departments["decoration"]
    Employee.objects.filter(postings__department=cast.departments["decoration"], postings__hall=None).update(state=Employee.State.LEFT, left_on=cast.today)
    with pytest.raises(Refused, match="Nobody answers there"):
        sent(cast, kind="department", to_department=cast.departments["decoration"])


@pytest.mark.req("STF-07")
def test_a_request_goes_its_way_from_both_sides_pages_and_the_list_shows_its_state_and_the_overdue_answer(cast, client_as):
    department, asks, gives = department_of(cast), client_as("sales"), client_as("orders2")
    answer = asks.post(reverse("new_request"), {"to_department": department.pk, "title": "Fifty folders", "need": "New prices",
                                                "needed_by": cast.today.isoformat(), "one_off_key": new_key()})
    row = WorkRequest.objects.get()
    assert answer.url == reverse("work_request", args=[row.pk])
    WorkRequest.objects.update(sent_at=cast.now - timedelta(days=1), due_at=cast.now - timedelta(minutes=1))
    for client in (asks, gives):
        assert "answer overdue" in client.get(reverse("requests"), {"late": "on"}).content.decode()
    gives.post(reverse("accept_request", args=[row.pk]), {"owner": cast.people["orders2"].number, "answer": "Gladly"})
    gives.post(reverse("divide_request", args=[row.pk]), {"employee": cast.people["designer2"].number, "what": "Lay them out", "one_off_key": new_key()})
    part = RequestPart.objects.get()
    assert reverse("work_request", args=[row.pk]) in client_as("designer2").get(reverse("home")).content.decode()
    assert gives.post(reverse("deliver_request", args=[row.pk]), {"result": "Fifty"}).status_code == 422
    client_as("designer2").post(reverse("finish_request_part", args=[row.pk, part.pk]))
    gives.post(reverse("deliver_request", args=[row.pk]), {"result": "Fifty folders lie at the desk"})
    asks.post(reverse("rate_request", args=[row.pk]), {"score": "5", "comment": "Quick"})
    asks.post(reverse("close_request", args=[row.pk]))
    row.refresh_from_db()
    assert (row.state, row.owner, row.score, row.result) == (states.CLOSED, cast.people["orders2"], 5, "Fifty folders lie at the desk")
    page = asks.get(reverse("work_request", args=[row.pk])).content.decode()
    assert all(text in page for text in ("Gladly", "Lay them out", "Designer2 Wang", "Fifty folders lie at the desk", "Quick"))
    assert not Duty.objects.filter(record_id=row.pk, state="open").exists()


@pytest.mark.req("STF-09")
@pytest.mark.parametrize("who", ["reception", "designer", "technician", "trainer", "hr", "admin", "general"])
def test_anyone_asks_logistics_and_logistics_has_it_on_its_list(cast, client_as, who):
    sent_in = {"kind": "room", "to_hall": cast.hall.pk, "title": "Twelve chairs upstairs", "needed_by": cast.today.isoformat(), "one_off_key": new_key()}
    assert client_as(who).post(reverse("new_support"), sent_in).status_code == 302
    logistics = client_as("logistics")
    assert "Twelve chairs upstairs" in logistics.get(reverse("requests"), {"kind": "support", "side": "for_me"}).content.decode()
    assert reverse("work_request", args=[WorkRequest.objects.get().pk]) in logistics.get(reverse("home")).content.decode()
    assert "Twelve chairs upstairs" not in client_as("logistics2").get(reverse("requests")).content.decode()


def test_a_trainee_and_an_auditor_ask_nobody(cast, client_as):
    assert {client_as(who).get(reverse("new_support")).status_code for who in ("trainee", "auditor")} == {403}


def test_support_in_a_hall_without_logistics_is_due_to_its_manager_who_may_answer_it(cast):
    cast.people["logistics"].assignments.all().delete()
    cast.hall.manager = cast.people["manager"]
    cast.hall.save()
    row = support(cast)
    assert duties_of(row) == {(services.ANSWER, "manager"): "open"}
    accepted(cast, row, owner="manager", by="manager")
    assert WorkRequest.objects.get().owner == cast.people["manager"]


def test_accepting_hands_the_work_to_the_one_responsible_and_delivering_ends_it(cast, request_):
    accepted(cast, request_, owner="designer2")
    assert duties_of(request_) == {(services.ANSWER, "orders2"): "done", (services.WORK, "designer2"): "open"}
    services.begin(cast.actor("designer2"), request_, now=cast.now)
    services.deliver(cast.actor("designer2"), request_, result="There", now=request_.due_at + timedelta(minutes=1))
    assert duties_of(request_)[services.WORK, "designer2"] == "late"
    request_.refresh_from_db()
    assert request_.is_late(cast.now)


def test_a_declined_request_keeps_its_reason_and_ends(cast, request_):
    services.decline(cast.actor("orders2"), request_, reason="Out of paper", now=cast.now)
    request_.refresh_from_db()
    assert (request_.state, request_.answer, request_.owner) == (states.DECLINED, "Out of paper", None)
    assert duties_of(request_) == {(services.ANSWER, "orders2"): "done"}
    with pytest.raises(Refused, match="declined"):
        accepted(cast, request_)


@pytest.mark.parametrize("who", ["manager2", "sales2", "logistics2", "orders", "manager"])
def test_who_was_not_asked_answers_nothing(cast, request_, who):
    with pytest.raises(Refused, match="not addressed to you"):
        accepted(cast, request_, by=who)


def test_nobody_answers_their_own_request_and_nobody_who_asked_becomes_responsible(cast):
    row = support(cast, by="logistics")
    with pytest.raises(Refused, match="their own request"):
        accepted(cast, row, owner="logistics", by="logistics")
    other = sent(cast)
    with pytest.raises(Refused, match="asked for it"):
        accepted(cast, other, owner="sales")


@pytest.mark.parametrize("state", [Employee.State.LEFT, Employee.State.TRAINING])
def test_only_who_is_on_duty_is_made_responsible_or_given_a_part(cast, request_, state):
    Employee.objects.filter(pk=cast.people["designer2"].pk).update(state=state, left_on=cast.today if state == Employee.State.LEFT else None)
    cast.people["designer2"].refresh_from_db()
    with pytest.raises(Refused, match="not on duty"):
        accepted(cast, request_, owner="designer2")
    accepted(cast, request_)
    with pytest.raises(Refused, match="not on duty"):
        services.divide(cast.actor("orders2"), request_, employee=cast.people["designer2"], what="x", now=cast.now)


def test_each_part_is_said_to_be_done_by_whoever_does_it_and_one_duty_holds_all_of_theirs(cast, request_):
    accepted(cast, request_)
    by, person = cast.actor("orders2"), cast.people["designer2"]
    first, second = [services.divide(by, request_, employee=person, what=what, now=cast.now) for what in ("Lay out", "Print")]
    assert Duty.objects.filter(record_id=request_.pk, employee=person).count() == 1
    with pytest.raises(Refused, match="does this part"):
        services.finish_part(cast.actor("sales"), first, now=cast.now)
    services.finish_part(cast.actor("designer2"), first, now=cast.now)
    assert duties_of(request_)[services.WORK, "designer2"] == "open"
    services.finish_part(cast.actor("orders2"), second, now=cast.now)
    assert duties_of(request_)[services.WORK, "designer2"] == "done"
    assert duties_of(request_)[services.WORK, "orders2"] == "open"
    request_.refresh_from_db()
    assert request_.state == states.IN_WORK


def test_it_is_not_delivered_before_every_part_is_done(cast, request_):
    accepted(cast, request_)
    by = cast.actor("orders2")
    first, second = [services.divide(by, request_, employee=cast.people["designer2"], what=what, now=cast.now) for what in ("Lay out", "Print")]
    services.finish_part(by, first, now=cast.now)
    with pytest.raises(Refused, match="parts of the work are not done"):
        services.deliver(by, request_, result="Here", now=cast.now)
    services.finish_part(by, second, now=cast.now)
    services.deliver(by, request_, result="Here", now=cast.now)
    request_.refresh_from_db()
    assert request_.state == states.DELIVERED


def test_only_who_asked_rates_once_within_the_scale(cast, request_):
    accepted(cast, request_)
    services.begin(cast.actor("orders2"), request_, now=cast.now)
    with pytest.raises(Refused, match="in work"):
        services.rate(cast.actor("sales"), request_, score=5, comment="", now=cast.now)
    services.deliver(cast.actor("orders2"), request_, result="There", now=cast.now)
    for who, score, words in (("colleague", 5, "Only who asked"), ("orders2", 5, "Only who asked"), ("sales", 6, "from 1 to 5"), ("sales", 0, "from 1 to 5")):
        with pytest.raises(Refused, match=words):
            services.rate(cast.actor(who), request_, score=score, comment="", now=cast.now)
    services.rate(cast.actor("sales"), request_, score=4, comment="", now=cast.now)
    with pytest.raises(Refused, match="rated"):
        services.rate(cast.actor("sales"), request_, score=1, comment="", now=cast.now)
    assert WorkRequest.objects.get().score == 4


def test_ratings_make_the_figure_of_cooperation_of_the_one_responsible(cast):
    for score in (5, 2):
        row = accepted(cast, sent(cast))
        services.begin(cast.actor("orders2"), row, now=cast.now)
        services.deliver(cast.actor("orders2"), row, result="There", now=cast.now)
        services.rate(cast.actor("sales"), row, score=score, comment="", now=cast.now)
    figure, people = INDICATORS.get("cooperation"), [cast.people["orders2"].pk, cast.people["sales"].pk]
    month, before, whose = Period.of("month", cast.today), Period.of("month", cast.today - timedelta(days=40)), Subjects(PERSON, tuple(people))
    [(key, facts)] = figure.measure([month, before], whose).items()
    assert key == (month, cast.people["orders2"].pk)
    assert figure.read(facts) == Figure(3.5, 2)
    assert figure.records(month, Subjects(PERSON, (cast.people["orders2"].pk,))).whole.count() == 2


def test_who_is_posted_nowhere_asks_nobody(cast):
    cast.people["sales"].postings.all().delete()
    with pytest.raises(Refused, match="no posting today"):
        services.send(cast.actor("sales"), kind="print", title="Folders", need="", needed_by=cast.today, to_hall=cast.hall, now=cast.now)
    assert not WorkRequest.objects.exists()


def test_a_day_that_is_past_is_refused(cast):
    with pytest.raises(Refused, match="is past"):
        sent(cast, days=-1)
    assert not WorkRequest.objects.exists()


def test_strangers_do_not_find_it_and_superiors_of_the_asking_side_do(cast, request_, client_as):
    url = reverse("work_request", args=[request_.pk])
    codes = {"sales": 200, "supervisor": 200, "manager": 200, "orders2": 200, "colleague": 404, "reception": 404, "manager2": 404, "sales2": 404}
    assert {name: client_as(name).get(url).status_code for name in codes} == codes
    assert client_as("manager").post(reverse("accept_request", args=[request_.pk]), {"owner": "manager"}).status_code == 404


def test_after_a_change_of_head_the_clock_makes_the_missing_duty_once(cast, request_):
    Duty.objects.all().delete()
    department_of(cast, head="hr2")
    assert plans.write_answers(cast.now, cast.now) == 1 and plans.write_answers(cast.now, cast.now) == 0
    assert duties_of(request_) == {(services.ANSWER, "hr2"): "open"}
    accepted(cast, request_, by="hr2")
    Duty.objects.filter(schedule=services.WORK).delete()
    assert plans.write_work(cast.now, cast.now) == 1 and plans.write_work(cast.now, cast.now) == 0


def test_of_two_who_accept_at_once_one_is_told_that_it_is_accepted(transactional_db, now):
    cast = build(now)
    row = sent(cast, actor=Actor(cast.users["sales"]))
    gate, refused = threading.Barrier(2), []

    def run(who):
        gate.wait()
        try:
            services.accept(Actor(cast.users[who]), row, owner=cast.people[who], answer=who, now=now)
        except Refused as refusal:
            refused.append(str(refusal))
        finally:
            close_old_connections()

    threads = [threading.Thread(target=run, args=[who]) for who in ("orders2", "hr2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    row.refresh_from_db()
    assert len(refused) == 1 and row.owner.user.username == row.answer
    assert Duty.objects.filter(record_id=row.pk, schedule=services.WORK).count() == 1


def test_who_asked_withdraws_it_until_it_is_answered_and_nobody_is_due_any_more(cast, as_role, request_):
    with pytest.raises(Refused, match="Only who asked"):
        services.withdraw(cast.actor("orders2"), request_, reason="not needed", now=cast.now)
    address = reverse("withdraw_request", args=[request_.pk])
    assert address in as_role("sales").get(reverse("work_request", args=[request_.pk])).content.decode()
    assert as_role("sales").post(address, {"reason": ""}).status_code == 422
    assert as_role("orders2").post(address, {"reason": "x"}).status_code == 404
    assert as_role("sales").post(address, {"reason": "The customer cancelled"}).status_code == 302
    request_.refresh_from_db()
    assert (request_.state, request_.withdrawn_because, request_.answered_at) == (states.WITHDRAWN, "The customer cancelled", None)
    assert set(duties_of(request_).values()) == {"excused"}
    assert "The customer cancelled" in as_role("sales").get(reverse("work_request", args=[request_.pk])).content.decode()
    assert plans.write_answers(cast.now, cast.now) == 0 and plans.write_work(cast.now, cast.now) == 0


def test_what_is_answered_is_not_withdrawn(cast, request_):
    accepted(cast, request_)
    with pytest.raises(Refused, match="accepted"):
        services.withdraw(cast.actor("sales"), request_, reason="not needed", now=cast.now)
