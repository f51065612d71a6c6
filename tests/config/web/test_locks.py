"""The lock of the screen holds in the house, not in the browser alone; the log-in over a page asks all that the log-in asks."""
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from config.accounts.models import AccessEvent
from config.web import sessions
from tests.access.subjects import SUBJECTS
from tests.addresses import addresses
from tests.cast import PASSWORD

OPEN = {"lock", "drafts", "second_factor"}  # itself; text that must not be lost; a page that only leads on
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def locked(cast, as_role):
    """A session of the manager, locked."""
    client = as_role("manager")
    assert client.post("/lock/", {"next": "/reception/"})["Location"] == "/login/again/?next=/reception/"
    return client


def test_a_locked_session_opens_no_address(cast, locked):
    for address in addresses():
        if address.page and not address.page.public and address.name not in OPEN:
            url = reverse(address.name, kwargs=SUBJECTS[address.name].make(cast, "manager") if address.keys else None)
            for method in ("get", "post"):
                assert getattr(locked, method)(url)["Location"].startswith("/login/again/?next="), (address.name, method)
                assert getattr(locked, method)(url, headers=FETCH).status_code == 423, (address.name, method)
    assert locked.get("/me/drafts/")["Location"].startswith("/login/again/")


def test_the_password_of_the_person_alone_opens_the_lock(cast, locked):
    assert "Screen locked" in locked.get("/login/again/").content.decode()
    refused = locked.post("/login/again/", {"password": "wrong"})
    assert refused.status_code == 422
    assert "This is not the password of" in refused.content.decode()
    assert locked.get("/help/").status_code == 302
    assert locked.post("/login/again/", {"password": PASSWORD, "next": "/help/"})["Location"] == "/help/"
    assert locked.get("/help/").status_code == 200
    assert AccessEvent.objects.filter(act="login", outcome="unlocked").count() == 1


def test_guessing_at_a_lock_is_counted_like_guessing_at_a_log_in(cast, locked):
    with time_machine.travel("2026-03-02T08:00:00+08:00", tick=False) as clock:
        codes = []
        for _turn in range(6):
            clock.shift(timedelta(seconds=10))
            codes.append(locked.post("/login/again/", {"password": "wrong"}).status_code)
    assert codes == [422] * 5 + [429]


def test_a_script_learns_who_is_there_and_gets_a_token_that_is_good(cast):
    client = Client(enforce_csrf_checks=True)
    token = client.get("/login/again/", headers=FETCH).context["csrf_token"]
    answer = client.post("/login/again/", {"username": "reception", "password": PASSWORD, "csrfmiddlewaretoken": str(token)}, headers=FETCH)
    assert answer.status_code == 204
    assert answer["X-Person"] == str(cast.users["reception"].pk)
    assert client.post("/me/theme/", {"theme": "dark"}, headers={"X-CSRFToken": answer["X-Token"]}).status_code == 302
    assert client.post("/me/theme/", {"theme": "dark"}, headers={"X-CSRFToken": str(token)})["X-Token-Old"] == "yes"


def test_a_manager_who_logs_in_over_a_page_owes_the_code_as_well(cast):
    client = Client()
    answer = client.post("/login/again/", {"username": "manager", "password": PASSWORD}, headers=FETCH)
    assert answer.status_code == 200
    assert "second step" in answer.content.decode().lower()
    assert client.get("/help/", headers=FETCH).status_code == 401


def test_a_page_of_one_person_is_not_answered_for_another(cast, as_role):
    client = as_role("sales")
    answer = client.post("/reception/", {}, headers={**FETCH, "X-Person": str(cast.users["reception"].pk)})
    assert answer.status_code == 401
    assert client.post("/reception/", {}, headers={**FETCH, "X-Person": str(cast.users["sales"].pk)}).status_code == 422


def test_half_an_hour_without_a_sign_of_life_locks_and_figures_that_refresh_are_none(cast):
    with time_machine.travel("2026-03-02T08:00:00+08:00") as clock:
        client = Client()
        client.post("/login/", {"username": "reception", "password": PASSWORD})
        for _turn in range(9):
            clock.shift(timedelta(minutes=5))
            assert client.get("/reception/desk/queue/", headers=FETCH).status_code in {200, 404}
        assert client.get("/help/")["Location"].startswith("/login/again/")
        client.post("/login/again/", {"password": PASSWORD})
        for _turn in range(9):
            clock.shift(timedelta(minutes=5))
            client.get("/reception/desk/queue/", headers={**FETCH, "X-Active": "1"})
        assert client.get("/help/").status_code == 200


def test_a_sign_of_life_is_written_down_every_two_minutes_at_most(cast, monkeypatch):
    with time_machine.travel("2026-03-02T08:00:00+08:00") as clock:
        client = Client()
        client.post("/login/", {"username": "reception", "password": PASSWORD})
        begun = client.session[sessions.SEEN]
        clock.shift(timedelta(seconds=100))
        client.get("/help/")
        assert client.session[sessions.SEEN] == begun
        clock.shift(timedelta(seconds=100))
        client.get("/help/")
        assert client.session[sessions.SEEN] > begun
