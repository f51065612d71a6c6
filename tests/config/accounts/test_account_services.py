"""Accounts: made, closed, opened again, released."""
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from config.accounts import services
from config.accounts.models import User
from config.errors import Refused
from tests.cast import PASSWORD


def lock(name="reception"):
    for _number in range(5):
        Client().post("/login/", {"username": name, "password": "wrong"})


def may_log_in(name="reception"):
    return Client().post("/login/", {"username": name, "password": PASSWORD}).status_code == 302


def test_a_first_password_is_random_and_has_to_be_changed(cast):
    now = timezone.now()
    one, first = services.create_account(cast.actor("admin"), username="one", display_name="One", now=now)
    _two, second = services.create_account(cast.actor("admin"), username="two", display_name="Two", now=now)
    assert first != second
    assert one.must_change_password
    assert one.check_password(first)
    assert one.history.first().history_user.username == "admin"


def test_a_user_name_is_taken_whatever_its_capitals(cast):
    with pytest.raises(Refused, match="is taken. Choose another one."):
        services.create_account(cast.actor("admin"), username="Reception", display_name="", now=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("RECEPTION")


def test_of_two_who_take_a_user_name_at_once_the_second_is_told(cast, monkeypatch):
    monkeypatch.setattr(User.objects, "filter", lambda **_facts: User.objects.none())  # the look before the other one was saved
    with pytest.raises(Refused, match="is taken. Choose another one."):
        services.create_account(cast.actor("admin"), username="RECEPTION", display_name="", now=timezone.now())


def test_a_closed_account_opens_again_with_a_new_first_password(cast):
    now, admin = timezone.now(), cast.actor("admin")
    services.deactivate(admin, cast.user("reception"), now=now, reason="left the company")
    assert not may_log_in()
    first = services.reactivate(admin, cast.user("reception"), now=now)
    assert Client().post("/login/", {"username": "reception", "password": first}).status_code == 302
    acts = list(cast.user("reception").history.values_list("history_change_reason", flat=True))
    assert acts == ["password reset", "reopened", "closed: left the company"]


def test_nobody_closes_or_resets_the_own_account(cast):
    for verb in (services.deactivate, services.reset_password, services.reset_second_factor, services.release):
        with pytest.raises(Refused, match="Nobody does this for the own account"):
            verb(cast.actor("admin"), cast.user("admin"), now=timezone.now())


@pytest.mark.parametrize("superior, page", [("supervisor", "/house/locked/team/"), ("manager", "/house/locked/team/"), ("admin", "/house/locked/")])
def test_a_superior_sees_who_is_locked_out_and_releases_them(cast, as_role, superior, page):
    lock()
    assert not may_log_in()
    client = as_role(superior)
    assert "Reception" in client.get(page).content.decode()
    response = client.post(page, {"user": cast.user("reception").pk}, follow=True)
    assert "Reception can log in again." in response.content.decode()
    assert may_log_in()


def test_a_release_counts_for_the_tries_before_it_alone(cast):
    lock()
    services.release(cast.actor("supervisor"), cast.user("reception"), now=timezone.now())
    lock()
    assert not may_log_in()


def test_another_halls_superior_neither_sees_nor_releases_them(cast, as_role):
    lock()
    client = as_role("supervisor2")
    assert "Nobody is locked out now" in client.get("/house/locked/team/").content.decode()
    client.post("/house/locked/team/", {"user": cast.user("reception").pk})
    assert not may_log_in()


@pytest.mark.parametrize("wanted", ["", "x", "-1", "9" * 30, "0"])
def test_an_odd_choice_releases_nobody_and_says_so(cast, as_role, wanted):
    response = as_role("admin").post("/house/locked/", {"user": wanted}, follow=True)
    assert "This person is not among your people." in response.content.decode()


def test_a_name_that_is_not_locked_needs_no_release(cast):
    with pytest.raises(Refused, match="is not locked any more"):
        services.release(cast.actor("admin"), cast.user("reception"), now=timezone.now())


def test_a_new_password_takes_the_lock_off(cast):
    lock()
    first = services.reset_password(cast.actor("admin"), cast.user("reception"), now=timezone.now())
    assert Client().post("/login/", {"username": "reception", "password": first}).status_code == 302
