"""A month's appraisal from the clock to the file: opened for everybody, each stage the duty of whose turn it is (SCH-34, SCH-35, PRF-14, 18 to 22)."""
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse

from config.accounts.actor import Actor
from config.errors import Refused
from performance.appraisals import chain, schemes, services, states
from performance.appraisals.models import Appraisal
from performance.appraisals.months import last_day
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.notifications.models import Notification
from tests.performance.appraisals.steps import OPENS, OVER, PERIOD, SHANGHAI, scored, turn

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", sorted(schemes.schemes()))
def test_the_weights_of_every_delivered_scheme_add_up_to_a_hundred(cast, key):
    rows = schemes.weights(key, cast.today, cast.hall, None)
    assert sum(weight for _group, _item, weight in rows) == 100
    assert all(item in schemes.indicators() for _group, item, _weight in rows)


def test_the_clock_opens_a_sheet_for_everybody_with_a_scheme_once(people):
    assert duties.run(chain.SELF_REVIEW, now=OPENS - timedelta(minutes=20)) == 0
    made = duties.run(chain.SELF_REVIEW, now=OPENS)
    assert made == Appraisal.objects.count() > 10 and set(Appraisal.objects.values_list("period", flat=True)) == {PERIOD}
    assert [duties.run(chain.SELF_REVIEW, now=OPENS + timedelta(hours=n)) for n in (1, 30)] == [0, 0]
    sheet = Appraisal.objects.get(employee=people.people["sales"])
    assert (sheet.state, sheet.due_at, sheet.history.count()) == (states.SELF_REVIEW, datetime(2026, 11, 11, tzinfo=SHANGHAI), 1)
    assert sum(row.weight for row in sheet.scores.all()) == Decimal(100)
    assert turn(sheet) == [("SCH-34", people.people["sales"])]


def test_whoever_did_not_submit_is_scored_without_it_from_the_first_of_the_month(people, sheet):
    assert duties.run(chain.MONTHLY, now=OPENS + timedelta(hours=2)) == 0
    assert duties.run(chain.MONTHLY, now=OVER) == Appraisal.objects.count()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.submitted_at) == (states.SCORING, None)
    assert turn(sheet) == [("SCH-35", sheet.supervisor)]
    assert Duty.objects.filter(schedule="SCH-34", state="late").count() == Appraisal.objects.count()
    with pytest.raises(Refused):
        services.submit(Actor(people.users["sales"]), sheet, levels={}, facts="late", difficulties="", next_month="", now=OVER)


def test_a_sheet_that_cannot_go_on_is_left_alone_and_named_and_goes_on_when_it_can(people, sheet, client_as, monkeypatch):
    go_on = services.go_on

    def broken(actor, one, *, now):
        go_on(actor, one, now=now)
        if one.pk == sheet.pk:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")

    count = Appraisal.objects.count()
    monkeypatch.setattr(services, "go_on", broken)
    monkeypatch.setattr(duties, "AT_ONCE", 4)
    assert duties.run(chain.MONTHLY, now=OVER) == count - 1
    assert list(Appraisal.objects.filter(state=states.SELF_REVIEW)) == [sheet] and turn(sheet) == [("SCH-34", people.people["sales"])]
    assert Appraisal.history.filter(history_change_reason="not submitted").count() == count - 1
    shown = client_as("admin").get(reverse("clock")).content.decode()
    assert "all but some records" in shown and f"1×, appraisal {sheet.pk}: DataError" in shown
    monkeypatch.setattr(services, "go_on", go_on)
    assert duties.run(chain.MONTHLY, now=OVER + timedelta(hours=1)) == 1
    assert turn(sheet) == [("SCH-35", sheet.supervisor)] and "all but some records" not in client_as("admin").get(reverse("clock")).content.decode()


def test_a_sheet_goes_its_whole_way_and_each_stage_asks_the_next_person(people, sheet):
    actor = {name: Actor(people.users[name]) for name in ("sales", "hr", "manager")}
    supervisor = Actor(sheet.supervisor.user)
    services.submit(actor["sales"], sheet, levels={sheet.scores.all()[0].pk: 4}, facts="Sold", difficulties="", next_month="More", now=OPENS)
    with pytest.raises(Refused):
        services.hand_on(supervisor, sheet, now=OVER)
    assert scored(sheet, supervisor).total == 80
    services.hand_on(supervisor, sheet, now=OVER)
    with pytest.raises(Refused):
        services.sign(actor["sales"], sheet, comment="", now=OVER)
    said = {"strengths": "Quick", "weaknesses": "Loud", "advice": "Listen", "plan": "Ten visits"}
    services.interview(supervisor, sheet, now=OVER, **said)
    sheet.refresh_from_db()
    assert turn(sheet) == [("SCH-35", people.people["sales"])]
    services.sign(actor["sales"], sheet, comment="Agreed", now=OVER)
    sheet.refresh_from_db()
    [(_schedule, reviewer)] = turn(sheet)
    with pytest.raises(Refused):
        services.approve(supervisor, sheet, now=OVER)
    services.approve(Actor(reviewer.user), sheet, now=OVER)
    sheet.refresh_from_db()
    assert turn(sheet) == [("SCH-35", "hr")]
    services.file(actor["hr"], sheet, now=OVER)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.total, sheet.grade, sheet.filed_by) == (states.FILED, Decimal("80.0"), "good", people.people["hr"])
    assert turn(sheet) == [] and last_day(sheet.period).day == 31
    with pytest.raises(Refused):
        scored(sheet, supervisor)


def test_nobody_scores_signs_for_or_reviews_another_way_than_the_regulation_says(people, sheet):
    supervisor = Actor(sheet.supervisor.user)
    services.go_on(Actor.system("SCH-35"), sheet, now=OVER)
    with pytest.raises(Refused):
        scored(sheet, Actor(people.users["sales"]))
    scored(sheet, supervisor, level=5)
    with pytest.raises(Refused):  # the highest level without an example
        services.hand_on(supervisor, sheet, now=OVER)
    scored(sheet, supervisor, level=5, ground="Solved the flood")
    services.hand_on(supervisor, sheet, now=OVER)
    with pytest.raises(Refused):
        services.sign(supervisor, sheet, comment="", now=OVER)


def decisions(people, name):
    """What this person was told of decisions on appraisals, oldest first."""
    return [str(one) for one in Notification.objects.filter(user=people.users[name], kind="appraisal-decided").order_by("pk")]


def filed(people, sheet):
    """The sheet, filed."""
    supervisor = Actor(sheet.supervisor.user)
    services.go_on(Actor.system("SCH-35"), sheet, now=OVER)
    scored(sheet, supervisor, points=50, level=2)
    services.hand_on(supervisor, sheet, now=OVER)
    services.interview(supervisor, sheet, now=OVER, strengths="a", weaknesses="b", advice="c", plan="d")
    services.sign(Actor(people.users["sales"]), sheet, comment="", now=OVER)
    sheet.refresh_from_db()
    services.approve(Actor(chain.reviewer_of(sheet).user), sheet, now=OVER)
    services.file(Actor(people.users["hr"]), sheet, now=OVER)
    sheet.refresh_from_db()
    return sheet


@pytest.mark.req("PRF-22")
def test_an_objection_within_the_days_is_decided_one_level_higher_and_changes_the_grade(people, sheet):
    filed(people, sheet)
    assert sheet.grade == "unqualified"
    with pytest.raises(Refused):
        services.objects_to(Actor(people.users["sales"]), sheet, reason="late", now=OVER + timedelta(days=5))
    services.objects_to(Actor(people.users["sales"]), sheet, reason="The flood", now=OVER + timedelta(days=4))
    sheet.refresh_from_db()
    reviewer = chain.reviewer_of(sheet)
    assert turn(sheet) == [("SCH-35", reviewer)]
    changed = {row.pk: (None, 100, "") for row in sheet.scores.all()}
    with pytest.raises(Refused):
        services.decide(Actor(sheet.supervisor.user), sheet, scores=changed, reason="no", now=OVER)
    services.decide(Actor(reviewer.user), sheet, scores=changed, reason="The flood counts", now=OVER)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.grade, turn(sheet)) == (states.FILED, "excellent", [])
    assert [row.history_change_reason for row in sheet.history.all()[:2]][-1].startswith("objected")
    for line in sheet.scores.all():  # each changed score keeps what it was, by whom and why it is another now
        after, before = line.history.all()[:2]
        assert (before.points, after.points, after.history_user) == (50 if before.level is None else 40, 100, reviewer.user)
        assert "The flood counts" in after.history_change_reason
    month = f"Appraisal of {sheet.employee.name}, {sheet.period}"
    assert decisions(people, "sales") == [f"{month}: filed by HR.", f"{month}: the objection is decided."]


def test_a_returned_sheet_is_scored_interviewed_and_signed_anew(people, sheet):
    supervisor = Actor(sheet.supervisor.user)
    services.go_on(Actor.system("SCH-35"), sheet, now=OVER)
    scored(sheet, supervisor)
    services.hand_on(supervisor, sheet, now=OVER)
    services.interview(supervisor, sheet, now=OVER, strengths="a", weaknesses="b", advice="c", plan="d")
    services.sign(Actor(people.users["sales"]), sheet, comment="", now=OVER)
    sheet.refresh_from_db()
    services.send_back(Actor(chain.reviewer_of(sheet).user), sheet, reason="Too mild", now=OVER)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.interviewed_at, sheet.signed_at, turn(sheet)) == (states.SCORING, None, None, [("SCH-35", sheet.supervisor)])
    assert len(decisions(people, sheet.supervisor.user.username)) == 1 and decisions(people, "sales") == []


def test_the_person_finds_the_self_review_on_my_day_and_sends_it_and_others_do_not_see_the_sheet(people, sheet, client_as):
    client, address = client_as("sales"), reverse("appraisal", args=[sheet.pk])
    assert address in client.get(reverse("home")).content.decode()
    assert client.get(address).status_code == 200
    page = client.get(reverse("self_review", args=[sheet.pk]))
    sent = {"one_off_key": page.context["one_off_key"], "version": sheet.version, "facts": "Sold twelve", "difficulties": "", "next_month": ""}
    assert client.post(reverse("self_review", args=[sheet.pk]), sent | {"facts": ""}).status_code == 422
    assert client.post(reverse("self_review", args=[sheet.pk]), sent).status_code == 302
    assert address not in client.get(reverse("home")).content.decode()
    seen = {"manager": 200, "hr": 200, "general": 200, "admin": 404}
    for name, status in (*seen.items(), ("colleague", 404), ("sales2", 404), ("manager2", 404), ("reception", 404)):
        assert client_as(name).get(address).status_code == status, name
