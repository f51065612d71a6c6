"""Sessions: a new key at log-in, a dead one afterwards, and rights that change with the next request."""
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from config.accounts import services
from config.accounts.actor import Actor
from config.web.models import Preference
from staff.organisation.models import Assignment, Employee
from tests.cast import PASSWORD

NEW = "a quiet lamp over rivers"


def logged_in(name="reception"):
    client = Client()
    client.post("/login/", {"username": name, "password": PASSWORD})
    return client


def key_of(client):
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def with_key(key):
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client


def is_in(client):
    return client.get("/help/").status_code == 200


def test_a_key_from_before_the_log_in_is_worth_nothing_afterwards(cast):
    client = Client()
    client.post("/me/language/", {"language": "zh-hans"})
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    client.post("/login/", {"username": "reception", "password": PASSWORD})
    assert key_of(client) != planted
    assert not is_in(with_key(planted))


def test_logging_out_kills_the_key_and_tells_the_browser_to_forget(cast):
    client = logged_in()
    key = key_of(client)
    assert is_in(with_key(key))
    response = client.post("/logout/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(with_key(key))
    assert client.post("/logout/").status_code == 302


def test_nobody_is_logged_out_by_a_link(cast):
    client = logged_in()
    assert client.get("/logout/").status_code == 405
    assert is_in(client)


def test_a_new_password_ends_every_other_session_and_keeps_this_one(cast):
    here, there = logged_in(), logged_in()
    response = here.post("/password/", {"current": PASSWORD, "new": NEW, "again": NEW})
    assert response.status_code == 302
    assert is_in(here)
    assert not is_in(there)


@pytest.mark.parametrize("verb", ["deactivate", "end_sessions", "reset_password", "reset_second_factor"])
def test_what_an_administrator_does_to_an_account_ends_its_sessions_with_the_next_request(cast, verb):
    client = logged_in()
    assert is_in(client)
    getattr(services, verb)(cast.actor("admin"), cast.user("reception"), now=timezone.now())
    assert not is_in(client)


def test_a_session_ends_twelve_hours_after_log_in_however_busy_it_was(cast):
    with time_machine.travel("2026-03-02T08:00:00+08:00") as clock:
        client = logged_in()
        for _turn in range(33):
            clock.shift(timedelta(minutes=20))
            client.post("/me/theme/", {"theme": "dark"})
            assert client.session["theme"] == "dark"
        clock.shift(timedelta(minutes=61))
        cache.clear()  # whose own clock was not shifted
        assert not is_in(client)


@pytest.mark.req("GEN-01")
def test_a_right_taken_away_is_gone_with_the_next_request(cast, as_role):
    client = as_role("hr")
    assert client.get("/house/access-log/").status_code == 200
    Assignment.objects.filter(employee=cast.people["hr"]).update(ends_on=cast.today - timedelta(days=1))
    assert client.get("/house/access-log/").status_code == 403


def test_a_person_who_left_may_open_nothing_that_asks_for_a_right(cast, as_role):
    client = as_role("hr")
    Employee.objects.filter(pk=cast.people["hr"].pk).update(state=Employee.State.LEFT, left_on=cast.today)
    assert client.get("/house/access-log/").status_code == 403


def test_a_first_password_opens_nothing_but_the_page_that_changes_it(cast):
    user, first = services.create_account(Actor.system("test"), username="newcomer", display_name="New", now=timezone.now())
    client = Client()
    assert client.post("/login/", {"username": "newcomer", "password": first}).status_code == 302
    assert client.get("/help/")["Location"] == "/password/?next=/help/"
    response = client.post("/password/", {"current": first, "new": NEW, "again": NEW, "next": "/help/"})
    assert response["Location"] == "/help/"
    assert is_in(client)
    user.refresh_from_db()
    assert not user.must_change_password


def test_how_a_person_likes_the_pages_follows_to_the_next_machine(cast):
    Preference.objects.create(user=cast.user("reception"), language="zh-hant", theme="dark", keys_on=False, hall_id=cast.hall.pk)
    page = logged_in().get("/").content.decode()
    assert '<html lang="zh-Hant" data-theme="dark" data-keys="off">' in page
