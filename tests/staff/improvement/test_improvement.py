"""The improvement register: source, problem, cause, measure, owner, due, re-check by another, check of the effect (GEN-24, SCH-05, SCH-54)."""
import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, close_old_connections, transaction
from django.urls import reverse

from config.accounts.actor import Actor
from config.errors import Refused
from config.web.oneoff import new_key
from reception.followups import services as followups
from reception.followups.models import FollowUp
from staff.duties import services as duties
from staff.duties.models import Duty, ScheduleMark
from staff.improvement import holdings, plans, services, states
from staff.improvement.models import Action, Measure
from staff.organisation.models import Employee
from staff.regulation.models import ParameterValue
from tests.access.subjects import visit, work_request
from tests.cast import build

DAY = timedelta(days=1)


@pytest.fixture
def cast(cast):
    """The company, whose first hall has its manager named."""
    cast.hall.manager = cast.people["manager"]
    cast.hall.save()
    return cast


def raised(cast, by="reception", now=None, **facts):
    """A problem of the first hall."""
    given = {"source": "review", "problem": "Visitors stand while they wait", "hall": cast.hall} | facts
    return services.raise_action(cast.actor(by), now=now or cast.now, **given)


def agreed(cast, row, by="manager", owner="sales", days=5, now=None, **facts):
    return services.agree(cast.actor(by), row, cause="Too few chairs", corrective="Eight more chairs", owner=cast.people[owner],
                          due_on=cast.today + days * DAY, now=now or cast.now, **facts)


def done(cast, row=None, now=None, owner="sales"):
    """An item that its owner has done."""
    now = now or cast.now
    row = agreed(cast, row or raised(cast), owner=owner, days=(now - cast.now).days + 5, now=now)
    services.begin(cast.actor(owner), row, now=now)
    return services.finish(cast.actor(owner), row, result="There they stand", now=now)


def rechecked(cast, now=None):
    return services.recheck(cast.actor("reception"), done(cast, now=now), note="Seen", now=now or cast.now)


def asked(row):
    """{schedule: (whose, state)} of what an item asks."""
    return {duty.schedule: (duty.employee.user.username, duty.state) for duty in Duty.objects.filter(kind=services.KIND, record_id=row.pk).order_by("pk")}


def judged(cast, row, *, effective, now, by="supervisor"):
    return services.check_effect(cast.actor(by), row, effective=effective, effect="Nobody stands", now=now)


@pytest.mark.req("GEN-24")
def test_the_register_is_listed_by_source_and_shows_what_is_overdue_from_the_report_to_the_effect(cast, client_as):
    reports, leads, does = client_as("reception"), client_as("manager"), client_as("sales")
    sent = {"source": "survey", "hall": cast.hall.pk, "problem": "Visitors stand while they wait", "one_off_key": new_key()}
    row_url = reports.post(reverse("new_improvement"), sent).url
    raised(cast, source="incident", problem="The socket is loose", now=cast.now - 9 * DAY)
    row = Action.objects.get(source="survey")
    assert row_url == reverse("improvement", args=[row.pk])
    page = leads.get(reverse("improvements")).content.decode()
    assert "?source=survey&amp;state=waiting" in page and "?source=incident&amp;late=on" in page and "?source=survey&amp;late=on" not in page
    page = leads.get(reverse("improvements"), {"source": "survey"}).content.decode()
    assert "Visitors stand while they wait" in page and "The socket is loose" not in page
    page = leads.get(reverse("improvements"), {"late": "on"}).content.decode()
    assert "open, overdue" in page and "The socket is loose" in page and "Visitors stand while they wait" not in page
    leads.post(reverse("agree_improvement", args=[row.pk]), {
        "cause": "Too few chairs", "corrective": "Eight more chairs", "preventive": "Count them each quarter", "owner": cast.people["sales"].number,
        "due_on": (cast.today + 5 * DAY).isoformat()})
    assert row_url in does.get(reverse("home")).content.decode()
    does.post(reverse("begin_improvement", args=[row.pk]))
    does.post(reverse("finish_improvement", args=[row.pk]), {"result": "There they stand"})
    assert does.post(reverse("recheck_improvement", args=[row.pk]), {"note": "All well"}).status_code == 404
    reports.post(reverse("recheck_improvement", args=[row.pk]), {"note": "Counted them"})
    row.refresh_from_db()
    assert (row.state, row.rechecked_by, row.check_on) == (states.DONE, cast.people["reception"], cast.today + 30 * DAY)
    Action.objects.filter(pk=row.pk).update(check_on=cast.today)
    client_as("supervisor").post(reverse("check_effect", args=[row.pk]), {"effective": "1", "effect": "Nobody stands"})
    row.refresh_from_db()
    page = leads.get(row_url).content.decode()
    assert row.state == states.CLOSED and all(text in page for text in ("Too few chairs", "Count them each quarter", "Counted them", "Nobody stands"))


def test_any_registered_record_gives_rise_to_an_item_for_who_may_open_it(cast, client_as):
    for kind, record in (("work_request", work_request(cast, "sales")), ("visit", visit(cast, "sales"))):
        url = reverse("improvement_of_record", args=[kind, record.pk])
        sent = {"source": "work", "hall": cast.hall.pk, "problem": f"Seen on a {kind}", "one_off_key": new_key()}
        assert client_as("sales2").get(url).status_code == 404
        answer = client_as("sales").post(url, sent)
        row = Action.objects.get(kind=kind, record_id=record.pk)
        assert answer.url == reverse("improvement", args=[row.pk])
        assert row.number in client_as("sales").get(reverse("improvements_of_record", args=[kind, record.pk])).content.decode()
    assert client_as("sales").get("/staff/improvement/of/nothing/1/new/").status_code == 404
    page = client_as("manager").get(reverse("improvement", args=[row.pk])).content.decode()
    assert reverse("visit", args=[row.record_id]) in page


def test_the_page_of_a_request_leads_to_the_register_for_who_has_it(cast, client_as):
    row = work_request(cast, "sales")
    assert reverse("improvement_of_record", args=["work_request", row.pk]) in client_as("sales").get(reverse("work_request", args=[row.pk])).content.decode()
    mine = work_request(cast, "admin")
    assert "improvement/of/" not in client_as("admin").get(reverse("work_request", args=[mine.pk])).content.decode()


def test_a_problem_named_in_a_follow_up_call_stands_in_the_register_of_its_department(cast):
    call = FollowUp.objects.create(hall=cast.hall, customer=cast.customer_for(owner="sales"), employee=cast.people["sales"], trigger="purchase", slot="1",
                                   state="due", begins_at=cast.now, due_at=cast.now)
    facts = {"method": "phone", "usage": "problems", "satisfaction": 3, "loyalty": "perhaps", "opinions": ""}
    issues = [("The door drags", cast.hall.department), ("Late invoice", cast.other_hall.department)]
    followups.record(cast.actor("sales"), call, issues=issues, now=cast.now, **facts)
    ours, others = Action.objects.order_by("pk")
    assert (ours.source, ours.kind, ours.record_id, ours.hall, ours.owner) == ("follow_up", "follow_up", call.pk, cast.hall, cast.people["manager"])
    assert (others.hall, others.department, others.owner) == (None, cast.other_hall.department, cast.people["sales"])


def test_the_measure_is_due_to_the_manager_within_the_days_of_the_regulation_and_then_to_who_does_it(cast):
    row = raised(cast)
    assert asked(row) == {services.MEASURE: ("manager", "open")}
    assert row.due_at == services.end_of(cast.today + 3 * DAY, cast.hall)
    agreed(cast, row)
    assert asked(row) == {services.MEASURE: ("manager", "done"), services.WORK: ("sales", "open")}
    assert Duty.objects.get(schedule=services.WORK).due_at == services.end_of(cast.today + 5 * DAY, cast.hall)


def test_days_of_a_hall_that_the_regulation_changes_hold_for_the_measure_and_for_the_check_of_the_effect(cast):
    for key, value in (("rectification_days", 7), ("improvement_check_days", 12)):
        ParameterValue.objects.create(key=key, value=value, hall=cast.hall, valid_from=cast.today, reason="stricter")
    assert raised(cast).due_at == services.end_of(cast.today + 7 * DAY, cast.hall)
    assert rechecked(cast).check_on == cast.today + 12 * DAY


def test_who_may_not_lead_it_agrees_on_nothing(cast):
    row = raised(cast)
    for who in ("reception", "sales", "manager2", "agent"):
        with pytest.raises(Refused, match="responsible or their superior"):
            agreed(cast, row, by=who)


@pytest.mark.parametrize(("facts", "words"), [({"days": -1}, "is past"), ({"checker": "sales"}, "Somebody else")])
def test_a_measure_with_a_past_day_or_checked_by_who_does_it_is_refused(cast, facts, words):
    if "checker" in facts:
        facts = {"checker": cast.people[facts["checker"]]}
    with pytest.raises(Refused, match=words):
        agreed(cast, raised(cast), **facts)
    assert not Measure.objects.exists()


def test_the_re_check_is_for_who_reported_it_or_the_superior_where_they_do_it_themselves(cast):
    assert agreed(cast, raised(cast)).checker == cast.people["reception"]
    assert agreed(cast, raised(cast, by="sales")).checker == cast.people["supervisor"]


@pytest.mark.parametrize("act", ["recheck", "send_back", "check"])
def test_nobody_checks_what_they_did_themselves(cast, act):
    row = done(cast, owner="manager")
    acts = {"recheck": lambda: services.recheck(cast.actor("manager"), row, note="x", now=cast.now),
            "send_back": lambda: services.send_back(cast.actor("manager"), row, reason="x", due_on=cast.today, now=cast.now),
            "check": lambda: judged(cast, row, effective=True, now=cast.now, by="manager")}
    with pytest.raises(Refused, match="their own work"):
        acts[act]()
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.filter(pk=row.pk).update(rechecked_by=cast.people["manager"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.update(checked_by=cast.people["manager"])


def test_only_the_owner_says_that_it_is_done_and_a_stranger_re_checks_nothing(cast):
    row = agreed(cast, raised(cast))
    for who in ("manager", "colleague"):
        with pytest.raises(Refused, match="is responsible"):
            services.begin(cast.actor(who), row, now=cast.now)
    row = done(cast)
    with pytest.raises(Refused, match="for the superior"):
        services.recheck(cast.actor("agent"), row, note="x", now=cast.now)


def test_nobody_who_is_not_on_duty_has_to_do_it_and_what_was_re_checked_does_not_go_back(cast):
    with pytest.raises(Refused, match="not on duty"):
        agreed(cast, raised(cast), owner="trainee")
    row = rechecked(cast)
    with pytest.raises(Refused, match="re-checked already"):
        services.send_back(cast.actor("reception"), row, reason="Not so", due_on=cast.today + 3 * DAY, now=cast.now)


def test_what_is_not_done_goes_back_with_a_new_day_and_is_asked_again(cast):
    row = services.send_back(cast.actor("reception"), done(cast), reason="Two chairs are missing", due_on=cast.today + 2 * DAY, now=cast.now)
    assert (row.state, row.turn, row.done_at) == (states.IN_WORK, 2, None)
    states_of_work = list(Duty.objects.filter(schedule=services.WORK).order_by("pk").values_list("slot", "state"))
    assert states_of_work == [(f"{row.number}/1", "done"), (f"{row.number}/2", "open")]
    services.finish(cast.actor("sales"), row, result="All eight", now=cast.now)
    assert Measure.objects.get().result == "All eight"


def test_the_effect_is_due_to_the_superior_of_the_owner_on_its_day_made_once_by_the_clock_also_after_days_without_it(cast):
    row = rechecked(cast)
    ScheduleMark.objects.create(key=services.EFFECT, through=cast.now)
    assert duties.run(services.EFFECT, now=cast.now + 29 * DAY) == 0
    assert duties.run(services.EFFECT, now=cast.now + 40 * DAY) == 1
    assert [duties.run(services.EFFECT, now=cast.now + n * DAY) for n in (41, 42)] == [0, 0]
    duty = Duty.objects.get(schedule=services.EFFECT)
    assert (duty.employee, duty.state, duty.record_id) == (cast.people["supervisor"], "open", row.pk)
    assert (duty.starts_at, duty.due_at) == (services.bounds(cast.today + 30 * DAY, cast.hall)[0], services.end_of(cast.today + 33 * DAY, cast.hall))


def test_an_excused_check_is_not_asked_again(cast):
    rechecked(cast)
    write = plans.writer(services.EFFECT)
    assert write(cast.now, cast.now + 31 * DAY) == 1
    Duty.objects.filter(schedule=services.EFFECT).update(state="excused", done_at=cast.now)
    assert write(cast.now, cast.now + 32 * DAY) == 0


def test_nobody_judges_before_the_day_or_before_the_re_check(cast):
    row = done(cast)
    with pytest.raises(Refused, match="Re-check it first"):
        judged(cast, row, effective=True, now=cast.now + 31 * DAY)
    services.recheck(cast.actor("reception"), row, note="Seen", now=cast.now)
    with pytest.raises(Refused, match="The effect shows later"):
        judged(cast, row, effective=True, now=cast.now + 29 * DAY)
    with pytest.raises(Refused, match="re-checked already"):
        services.recheck(cast.actor("reception"), row, note="Seen", now=cast.now)
    row = judged(cast, row, effective=True, now=cast.now + 30 * DAY)
    assert (row.state, row.closed_at) == (states.CLOSED, cast.now + 30 * DAY)
    assert [entry.history_change_reason for entry in row.history.order_by("history_id")] == [
        "reported", "measure agreed", "begun", "done", "re-checked", "effect checked", "closed"]


def test_what_did_not_help_is_reopened_for_a_new_measure_and_both_measures_stay(cast):
    later = cast.now + 31 * DAY
    row = judged(cast, rechecked(cast), effective=False, now=later)
    assert (row.state, row.turn, row.rechecked_by, row.due_at) == (states.REOPENED, 2, None, services.end_of(cast.today + 34 * DAY, cast.hall))
    assert Duty.objects.get(slot=f"{row.number}/2").schedule == services.MEASURE
    agreed(cast, row, days=40, now=later)
    first, second = Measure.objects.order_by("pk")
    assert (first.effective, first.checked_by, second.effective) == (False, cast.people["supervisor"], None)


def test_a_reopened_item_of_somebody_who_left_is_theirs_who_judged_it(cast):
    row = rechecked(cast)
    Employee.objects.filter(pk=cast.people["sales"].pk).update(state=Employee.State.LEFT, left_on=cast.today)
    row = judged(cast, row, effective=False, now=cast.now + 31 * DAY)
    assert row.owner == cast.people["supervisor"]


def test_who_leaves_hands_over_the_work_and_the_re_checks(cast):
    row = agreed(cast, raised(cast))
    owned = Action.objects.filter(owner=cast.people["sales"], state__in=holdings.BEFORE)
    holdings.hand_over("owner", "checker")(cast.actor("hr"), owned, cast.people["reception"], cast.now)
    row.refresh_from_db()
    assert (row.owner, row.checker) == (cast.people["reception"], cast.people["supervisor"])
    assert {(duty.employee.user.username, duty.state) for duty in Duty.objects.filter(schedule=services.WORK)} == {("sales", "excused"), ("reception", "open")}


def test_the_clock_makes_once_what_is_missing(cast):
    row = raised(cast)
    Duty.objects.all().delete()
    write = plans.writer(services.MEASURE)
    assert (write(cast.now, cast.now), write(cast.now, cast.now)) == (1, 0)
    assert asked(row) == {services.MEASURE: ("manager", "open")}


def test_an_item_is_seen_by_its_people_and_their_superiors_and_by_nobody_else(cast, client_as):
    row = agreed(cast, raised(cast))
    url = reverse("improvement", args=[row.pk])
    codes = {"reception": 200, "sales": 200, "supervisor": 200, "manager": 200, "general": 200, "colleague": 404, "agent": 404, "manager2": 404, "admin": 403,
             "trainee": 403}
    assert {name: client_as(name).get(url).status_code for name in codes} == codes


def test_of_two_who_judge_at_once_one_is_told_that_it_is_closed(transactional_db, now):
    cast = build(now)
    cast.hall.manager = cast.people["manager"]
    cast.hall.save()
    row = rechecked(cast)
    gate, refused = threading.Barrier(2), []

    def run(who):
        gate.wait()
        try:
            services.check_effect(Actor(cast.users[who]), row, effective=who == "manager", effect=who, now=now + 31 * DAY)
        except Refused as refusal:
            refused.append(str(refusal))
        finally:
            close_old_connections()

    threads = [threading.Thread(target=run, args=[who]) for who in ("manager", "supervisor")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    row.refresh_from_db()
    measure = Measure.objects.get()
    assert len(refused) == 1 and measure.effect == measure.checked_by.user.username
    assert row.state == (states.CLOSED if measure.effective else states.REOPENED)


def test_a_form_sent_twice_reports_one_problem(cast, client_as):
    sent = {"source": "survey", "hall": cast.hall.pk, "problem": "Twice", "one_off_key": new_key()}
    answers = [client_as("reception").post(reverse("new_improvement"), sent).url for _press in range(2)]
    assert Action.objects.count() == 1 and answers[0] == answers[1]
