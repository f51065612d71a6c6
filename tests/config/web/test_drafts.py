"""Half-typed forms in the house: kept for their owner alone, taken up again, gone with the sending."""
import json
import threading
import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.accounts.models import User
from config.errors import Refused
from config.web import drafts, oneoff, presence
from config.web.models import Draft
from reception.customers import services as customers
from reception.customers.models import Customer

PAIRS = [["need", "Two doors, “oak”"], ["who", "139"]]


def keep(client, key, pairs=PAIRS, path="/reception/"):
    return client.post("/me/drafts/", {"key": key, "path": path, "title": "New visit", "field": "need", "typed": json.dumps(pairs)},
                       headers={"X-Requested-With": "fetch"})


def test_a_draft_comes_back_into_its_form_without_being_judged(cast, as_role):
    client, key = as_role("reception"), uuid.uuid4()
    assert keep(client, key).status_code == 204
    assert "You typed something here" in client.get("/reception/").content.decode()
    assert 'id="unfinished"' in client.get("/").content.decode()
    page = client.get(f"/reception/?draft={key}").content.decode()
    assert "Two doors, “oak”" in page
    assert str(key) in page  # the same one-off key: should the first sending have got through, there is still one visit
    assert 'aria-invalid="true"' not in page


def test_nobody_else_sees_takes_up_overwrites_or_throws_away_a_draft(cast, as_role):
    key = uuid.uuid4()
    keep(as_role("reception"), key)
    other = as_role("sales")
    assert "Two doors" not in other.get(f"/reception/?draft={key}").content.decode()
    assert "New visit" not in other.get("/me/drafts/").content.decode().partition("<main")[2].partition("</main")[0]
    assert keep(other, key, [["need", "mine now"]]).status_code == 410
    other.post(f"/me/drafts/{key}/drop/")
    assert Draft.objects.get().typed == PAIRS


def test_sending_takes_the_draft_away_and_a_late_keeping_brings_none_back(cast, as_role):
    client, key = as_role("reception"), uuid.uuid4()
    keep(client, key, [["name", "李建国"]], "/reception/customers/new/")
    sent = {"name": "李建国", "hall": cast.hall.pk, "one_off_key": key}
    first = client.post("/reception/customers/new/", sent, headers={"X-Requested-With": "fetch"})
    assert first.status_code == 204
    assert first["X-Go"].startswith("/reception/customers/")
    assert not Draft.objects.exists()
    assert keep(client, key, path="/reception/customers/new/").status_code == 410
    assert not Draft.objects.exists()
    assert client.post("/reception/customers/new/", sent, headers={"X-Requested-With": "fetch"})["X-Go"] == first["X-Go"]
    assert Customer.objects.count() == 1


def test_a_draft_that_crossed_its_own_sending_is_never_offered(cast):
    user, key = cast.user("reception"), uuid.uuid4()
    drafts.save(user, key=key, path="/reception/", title="", field="", typed="[]", now=cast.now)
    left = Draft.objects.get()
    oneoff.once(key, user, lambda: "/reception/")
    left.save(force_insert=True)
    assert not drafts.of(user).exists()
    assert drafts.find(user, str(key), "/reception/") is None
    drafts.sweep(now=timezone.now())
    assert not Draft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_keepings_of_one_form_at_once_leave_one_draft():
    user, key, met = User.objects.create_user("quick"), uuid.uuid4(), threading.Barrier(8, timeout=30)

    def save(number):
        try:
            met.wait()
            drafts.save(user, key=key, path="/reception/", title="", field="", typed=json.dumps([["need", str(number)]]), now=timezone.now())
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[number]) for number in range(8)]
    [one.start() for one in threads], [one.join() for one in threads]
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "x", "{}", "[1]", '[["a"]]', '[["a", 1]]', '[["a", "' + "x" * drafts.LONGEST + '"]]'])
def test_what_is_no_form_is_not_kept(cast, typed):
    with pytest.raises(Refused):
        drafts.save(cast.user("reception"), key=uuid.uuid4(), path="/reception/", title="", field="", typed=typed, now=cast.now)


@pytest.mark.parametrize("path", ["/password/", "/login/", "/nowhere/", "//elsewhere.example/", "/me/settings/", "/reception/visits/"])
def test_nothing_is_kept_for_passwords_or_pages_without_a_form(cast, path):
    with pytest.raises(Refused):
        drafts.save(cast.user("reception"), key=uuid.uuid4(), path=path, title="", field="", typed="[]", now=cast.now)


def test_tokens_are_never_kept(cast):
    drafts.save(cast.user("reception"), key=uuid.uuid4(), path="/reception/", title="", field="",
                typed='[["csrfmiddlewaretoken", "t"], ["one_off_key", "k"], ["need", "x\\u0000y"]]', now=cast.now)
    assert Draft.objects.get().typed == [["need", "xy"]]


def test_drafts_are_forgotten_before_their_one_off_keys_are(cast):
    drafts.save(cast.user("reception"), key=uuid.uuid4(), path="/reception/", title="", field="", typed="[]", now=cast.now)
    drafts.sweep(now=cast.now + drafts.KEPT_FOR - timedelta(minutes=1))
    assert Draft.objects.exists()
    drafts.sweep(now=cast.now + drafts.KEPT_FOR + timedelta(minutes=1))
    assert not Draft.objects.exists()
    assert drafts.KEPT_FOR < oneoff.KEPT_FOR


def test_what_a_browser_locks_up_opens_for_its_person_alone(cast, as_role):
    secrets = {name: as_role(name).get("/help/").content.decode().partition('data-vault="')[2][:64] for name in ("reception", "sales")}
    assert len(set(secrets.values())) == 2
    assert as_role("reception").get("/help/").content.decode().partition('data-vault="')[2][:64] == secrets["reception"]


def test_dropping_a_draft_costs_a_sending_no_statement(cast):
    with CaptureQueriesContext(connection) as seen:
        oneoff.once(uuid.uuid4(), cast.user("reception"), lambda: "/a/")
    assert len([one for one in seen.captured_queries if "SAVEPOINT" not in one["sql"] and "config_user" not in one["sql"]]) == 2


def test_a_verb_that_is_sent_twice_with_one_key_is_done_once(cast, as_role):
    file = customers.register_customer(cast.actor("reception"), hall=cast.hall, now=cast.now, name="李建国", phones=["13800138000"])
    client, sent = as_role("manager"), {"method": "phone", "topic": "Price", "at": timezone.localtime(cast.now).strftime("%Y-%m-%dT%H:%M"),
                                        "hall": cast.hall.pk, "one_off_key": uuid.uuid4()}
    answers = [client.post(f"/reception/customers/{file.pk}/communications/add/", sent).status_code for _turn in range(3)]
    assert answers == [302] * 3
    assert file.communications.count() == 1


def test_who_else_is_here_is_told_to_whom_the_record_was_shown(cast, as_role):
    file = cast.customer_for(owner="sales")
    users = {name: cast.user(name) for name in ("reception", "manager")}
    place = presence.place_of(presence.token_of(file, users["manager"]), users["manager"])
    assert presence.place_of(presence.token_of(file, users["manager"]), users["reception"]) is None
    assert presence.place_of("x", users["reception"]) is None
    assert presence.note(place, users["manager"], window="a", edits=True) == []
    assert presence.note(place, users["reception"], window="b", edits=False) == [(str(users["manager"]), True)]
    presence.leave(place, users["manager"], window="a")
    assert presence.note(place, users["reception"], window="b", edits=False) == []


def test_nobody_is_here_any_more_after_forty_seconds_or_while_the_cache_is_away(cast, monkeypatch):
    file, one, other = cast.customer_for(owner="sales"), cast.user("manager"), cast.user("reception")
    place = presence.place_of(presence.token_of(file, one), one)
    presence.note(place, one, window="a", edits=False, now=1000.0)
    assert presence.note(place, other, window="b", edits=False, now=1039.0)
    assert presence.note(place, other, window="b", edits=False, now=1041.0) == []
    monkeypatch.setattr(cache, "get", lambda *_args, **_kwargs: None)
    monkeypatch.setattr(cache, "set", lambda *_args, **_kwargs: None)
    assert presence.note(place, other, window="b", edits=False) == []


def test_a_form_with_a_file_says_that_the_file_has_to_be_chosen_again(cast, as_role):
    client, key = as_role("manager"), uuid.uuid4()
    assert keep(client, key, pairs=[["hall", str(cast.hall.pk)]], path="/reception/registers/new/").status_code == 204
    assert "Choose the file again" not in client.get("/reception/registers/new/").content.decode()
    assert "Choose the file again" in client.get(f"/reception/registers/new/?draft={key}").content.decode()
