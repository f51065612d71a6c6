"""One act on many visits: row by row, once, undone together (UX 17)."""
import re

import pytest
from django.urls import reverse

from config.accounts.models import AccessEvent
from config.jobs.models import Job
from config.web import bulk
from config.web.models import BulkRun
from config.web.oneoff import new_key
from reception.visits import states
from reception.visits.models import Visit

LIST = "/reception/visits/"


@pytest.fixture
def serving(cast):
    """Three visits in service."""
    return [cast.visit_for(adviser="sales", state=states.IN_SERVICE) for _ in range(3)]


def press(client, act, visits, query="", **sent):
    """Sends the ticked rows with what the act asks."""
    return client.post(f"{LIST}?{query}", {"bulk": act, "pk": [visit.pk for visit in visits], "one_off_key": new_key(), "confirmed": "1", **sent})


def states_of(visits):
    return [Visit.objects.get(pk=visit.pk).state for visit in visits]


def shown(answer):
    return [str(message) for message in answer.context["messages"]][-1:]


def test_the_ticked_visits_are_closed_and_the_message_offers_to_undo_it(cast, as_role, serving):
    client = as_role("reception")
    answer = press(client, "close", serving[:2], outcome="information")
    assert (answer.status_code, answer.url) == (302, f"{LIST}?")
    assert states_of(serving) == ["closed", "closed", "in_service"]
    page = client.get(LIST).content.decode()
    assert "Done to 2 rows." in page
    assert reverse("undo_run", args=[BulkRun.objects.get().pk]) in page


def test_an_act_asks_first_what_it_has_to_know_and_keeps_what_was_ticked(cast, as_role, serving):
    client = as_role("reception")
    page = client.post(LIST, {"bulk": "close", "pk": [serving[0].pk], "one_off_key": new_key()}).content.decode()
    assert 'name="outcome"' in page
    assert f'name="pk" value="{serving[0].pk}"' in page
    answer = press(client, "close", serving, outcome="")
    assert answer.status_code == 422
    assert "Choose how the visit ended." in answer.content.decode()
    assert states_of(serving) == ["in_service"] * 3


def test_what_is_refused_is_named_with_its_reason_and_the_rest_is_done(cast, as_role, serving, monkeypatch):
    waiting, elsewhere = cast.visit_for(), cast.visit_for(hall=cast.other_hall, state=states.IN_SERVICE, adviser="sales2")
    client = as_role("reception")
    answer = press(client, "close", [*serving, waiting], outcome="business")
    page = client.get(answer.url).content.decode()
    assert "3 of 4 done." in page
    assert waiting.number in page
    assert "Only a visit that is being served can be closed." in page
    assert states_of([*serving, waiting]) == ["closed"] * 3 + ["waiting"]
    press(client, "close", [elsewhere], outcome="business")
    assert states_of([elsewhere]) == ["in_service"]


def test_what_one_may_read_but_not_change_is_told_as_such(cast, as_role):
    visit = cast.visit_for(adviser="sales", state=states.IN_SERVICE)
    run = bulk.start(cast.actor("telesales"), page="visits", act="close", ids=[visit.pk], answers={"outcome": "business"}, back="", title="x", now=cast.now)
    bulk.work_on(run)
    run.refresh_from_db()
    assert run.results == [[visit.pk, "a row that you may not read", "Your role does not let you do this here."]]
    assert states_of([visit]) == ["in_service"]


def test_two_hundred_rows_are_done_and_the_three_that_cannot_be_are_named(cast, as_role, monkeypatch):
    monkeypatch.setattr(bulk, "PATIENCE", 600)
    visits = [cast.visit_for() for _ in range(200)]
    Visit.objects.filter(pk__in=[visit.pk for visit in visits[50:53]]).update(state=states.IN_SERVICE)
    client = as_role("reception")
    answer = client.post(f"{LIST}?view=all", {"bulk": "leave", "all": "on", "one_off_key": new_key(), "confirmed": "1", "reason": "closing"})
    run = BulkRun.objects.get()
    assert answer.url == reverse("bulk_run", args=[run.pk])
    assert [name for _pk, name, why in run.results if why] == [visit.number for visit in visits[50:53]]
    assert Visit.objects.filter(state=states.LEFT).count() == 197


def test_sent_twice_it_acts_once_and_leads_to_the_same_run(cast, as_role, serving):
    client, sent = as_role("reception"), {"bulk": "close", "pk": [serving[0].pk], "one_off_key": new_key(), "confirmed": "1", "outcome": "business"}
    client.post(LIST, sent)
    answer = client.post(LIST, sent)
    run = BulkRun.objects.get()
    assert answer.url == reverse("bulk_run", args=[run.pk])
    assert Visit.objects.get(pk=serving[0].pk).history.filter(history_change_reason="closed").count() == 1


def test_all_that_match_are_those_of_the_filter_and_no_others(cast, as_role, serving):
    others = [cast.visit_for() for _ in range(2)]
    client = as_role("reception")
    client.post(f"{LIST}?state=in_service", {"bulk": "close", "all": "on", "one_off_key": new_key(), "confirmed": "1", "outcome": "business"})
    assert states_of([*serving, *others]) == ["closed"] * 3 + ["waiting"] * 2


def test_a_run_is_undone_together(cast, as_role, serving):
    client = as_role("reception")
    press(client, "close", serving, outcome="business")
    client.post(reverse("undo_run", args=[BulkRun.objects.get().pk]))
    assert states_of(serving) == ["in_service"] * 3


def test_of_a_run_only_what_nobody_changed_since_is_undone_and_the_rest_is_named(cast, as_role, serving):
    from reception.visits import services

    client = as_role("reception")
    press(client, "close", serving, outcome="business")
    services.reopen(cast.actor("manager"), Visit.objects.get(pk=serving[1].pk), reason="not over", now=cast.now)
    answer = client.post(reverse("undo_run", args=[BulkRun.objects.get().pk]))
    page = client.get(answer.url).content.decode()
    assert "2 of 3 done." in page
    assert serving[1].number in page
    assert re.search(r"Manager changed this at \d\d:\d\d", page)
    again = client.post(reverse("undo_run", args=[BulkRun.objects.order_by("pk").first().pk]), follow=True)
    assert again.status_code == 200


def test_what_a_request_has_no_time_for_a_worker_does(cast, as_role, serving, monkeypatch):
    from config.jobs import services as jobs

    monkeypatch.setattr(bulk, "PATIENCE", 0)
    client = as_role("reception")
    answer = press(client, "close", serving, outcome="business")
    run = BulkRun.objects.get()
    assert answer.url == reverse("bulk_run", args=[run.pk])
    assert f'data-live-url="/bulk/{run.pk}/' in client.get(answer.url).content.decode()
    while jobs.take_step(run.job_id):
        pass
    assert Job.objects.get().state == Job.State.DONE
    assert states_of(serving) == ["closed"] * 3
    assert "3 of 3 done." in client.get(answer.url).content.decode()


def test_a_right_that_was_taken_away_before_the_worker_came_is_gone(cast, as_role, serving, monkeypatch):
    monkeypatch.setattr(bulk, "PATIENCE", 0)
    press(as_role("reception"), "close", serving, outcome="business")
    cast.people["reception"].assignments.all().delete()
    monkeypatch.setattr(bulk, "PATIENCE", 60)
    bulk.work_on(BulkRun.objects.get())
    assert states_of(serving) == ["in_service"] * 3


def test_nothing_ticked_is_said(cast, as_role):
    answer = as_role("reception").post(LIST, {"bulk": "close", "one_off_key": new_key()}, follow=True)
    assert shown(answer) == ["No row is ticked. Tick the rows, then choose what to do with them."]


def test_waiting_visits_are_given_to_one_adviser(cast, as_role):
    visits = [cast.visit_for() for _ in range(2)]
    press(as_role("manager"), "assign", visits, adviser=cast.people["sales"].pk)
    assert [Visit.objects.get(pk=visit.pk).adviser_id for visit in visits] == [cast.people["sales"].pk] * 2
    assert sorted(states_of(visits)) == ["in_service", "waiting"]


def test_what_was_left_open_is_settled_together(cast, as_role):
    visits = [cast.visit_for(state="closed", assumed=True, outcome="") for _ in range(2)]
    press(as_role("reception"), "settle", visits, outcome="information")
    assert {(visit.outcome, visit.assumed) for visit in Visit.objects.filter(pk__in=[visit.pk for visit in visits])} == {("information", False)}


@pytest.mark.parametrize(("who", "offered"), [("reception", True), ("telesales", False), ("general", False)])
def test_acts_are_offered_to_whom_the_matrix_lets(cast, as_role, who, offered):
    cast.visit_for()
    page = as_role(who).get(LIST).content.decode()
    assert ('value="close"' in page) == offered


def test_ticked_rows_are_exported_by_who_may_and_that_is_on_record(cast, as_role):
    one, other = cast.visit_for(), cast.visit_for()
    answer = as_role("manager").post(LIST, {"bulk": "export", "pk": [one.pk]})
    text = b"".join(answer.streaming_content).decode()
    assert one.number in text
    assert other.number not in text
    assert AccessEvent.objects.filter(act="export").count() == 1
    assert as_role("reception").post(LIST, {"bulk": "export", "pk": [one.pk]}).status_code == 403


def test_nobody_sees_the_run_of_another(cast, as_role, serving):
    press(as_role("reception"), "close", serving, outcome="business")
    assert as_role("manager").get(reverse("bulk_run", args=[BulkRun.objects.get().pk])).status_code == 404
