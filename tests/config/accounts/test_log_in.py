"""Logging in: who gets in, how often one may try, and what an outsider learns from it (nothing)."""
import re
from datetime import timedelta

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.accounts import throttle
from config.accounts.models import AccessEvent, LoginAttempt
from tests.cast import PASSWORD

OUTSIDE, INSIDE = "203.0.113.9", "198.51.100.4"


def attempt(name, password="wrong", address=OUTSIDE, **more):
    return Client(REMOTE_ADDR=address).post("/login/", {"username": name, "password": password, **more})


def let_time_pass(minutes):
    """As if all tries had been made so much earlier."""
    LoginAttempt.objects.update(at=F("at") - timedelta(minutes=minutes))


def shapes(seen):
    """What was asked of the database, without the values."""
    return [re.sub(r"s\d+_x\d+|'[0-9a-f]{32}'", "s", query["sql"].split(" WHERE")[0])[:60] for query in seen.captured_queries]


def test_a_person_logs_in_and_lands_on_the_own_day(cast):
    response = Client().post("/login/", {"username": "reception", "password": PASSWORD}, follow=True)
    assert response.redirect_chain == [("/", 302)]
    assert "Reception" in response.content.decode()


def test_the_name_may_be_typed_in_capitals_and_with_blanks(cast):
    assert attempt(" RECEPTION ", PASSWORD).status_code == 302


@pytest.mark.parametrize("page", ["/", "/help/", "/jobs/", "/house/access-log/", "/files/1/"])
def test_signed_out_people_are_led_to_the_log_in_page_and_back(cast, page):
    response = Client().get(page)
    assert (response.status_code, response["Location"]) == (302, f"/login/?next={page}")
    assert attempt("general", PASSWORD, next=page)["Location"] == page


def test_a_fragment_asked_for_after_the_session_ended_does_not_swap_in_the_log_in_page(cast):
    response = Client().get("/", headers={"HX-Request": "true"})
    assert (response.status_code, response.content) == (401, b"")


def test_it_checks_five_wrong_passwords_of_a_name_and_no_more(cast, monkeypatch):
    checked = []
    monkeypatch.setattr("config.accounts.login._fits", lambda user, password: checked.append(password))
    answers = [attempt("reception", f"guess {number}", address=f"203.0.113.{number % 200}").status_code for number in range(60)]
    assert len(checked) <= throttle.WRONG_A_NAME
    assert answers[5:] == [429] * 55


def test_a_locked_name_is_refused_the_right_password_too_and_told_when_to_come_back(cast):
    for _number in range(5):
        attempt("reception")
    response = attempt("reception", PASSWORD)
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 900
    assert "Too many wrong tries were made with this user name. Try again in 15 minutes" in response.content.decode()
    let_time_pass(15)
    assert attempt("reception", PASSWORD).status_code == 302


def test_nobody_outside_locks_a_person_out_of_the_own_hall(cast):
    assert attempt("reception", PASSWORD, address=INSIDE).status_code == 302
    for _number in range(9):
        attempt("reception", address=OUTSIDE)
    assert attempt("reception", PASSWORD, address=OUTSIDE).status_code == 429
    assert attempt("reception", PASSWORD, address=INSIDE).status_code == 302


def test_one_address_sprays_thirty_names_at_most(cast):
    answers = [attempt(f"person{number}").status_code for number in range(40)]
    assert answers.count(422) == throttle.WRONG_AN_ADDRESS
    assert attempt("reception", PASSWORD).status_code == 429
    assert attempt("reception", PASSWORD, address=INSIDE).status_code == 302


def test_addresses_of_one_ipv6_network_count_together():
    assert throttle.network_key("2001:db8::1") == throttle.network_key("2001:db8::ffff:2")
    assert throttle.network_key("2001:db8::1") != throttle.network_key("2001:db8:0:1::1")


def test_the_right_password_forgets_the_wrong_ones_before_it(cast):
    for _round in range(3):
        attempt("reception"), attempt("reception")
        assert attempt("reception", PASSWORD).status_code == 302
    assert not LoginAttempt.objects.exists()


def test_tries_that_no_longer_count_are_swept(cast):
    attempt("reception")
    throttle.sweep(now=timezone.now() + timedelta(hours=2))
    assert not LoginAttempt.objects.exists()


@pytest.mark.parametrize("name", ["reception", "nobody-of-this-name"])
def test_a_known_and_an_unknown_name_get_the_same_words_the_same_statements_and_one_hashing(cast, name, monkeypatch):
    hashed = []
    encode = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", lambda self, *args: hashed.append(1) or encode(self, *args))
    with CaptureQueriesContext(connection) as seen:
        response = attempt(name)
    text = response.content.decode()
    assert (response.status_code, len(hashed)) == (422, 1)
    assert "This user name and this password do not belong together. Check both and try again." in text
    with CaptureQueriesContext(connection) as other:
        attempt("somebody-else", address=INSIDE)
    assert shapes(seen) == shapes(other)


def test_a_closed_account_reads_like_a_wrong_password(cast):
    user = cast.user("reception")
    user.is_active = False
    user.save()
    assert "do not belong together" in attempt("reception", PASSWORD).content.decode()


FOREIGN = ["https://evil.example/", "//evil.example/", "/\\evil.example", "http:evil.example", "javascript:alert(1)", "https:///evil.example",
           "\thttps://evil.example", "//testserver@evil.example/"]


@pytest.mark.parametrize("address", FOREIGN)
def test_no_redirecting_parameter_leads_out_of_the_house(cast, as_role, address):
    client = as_role("reception")
    answers = [attempt("reception", PASSWORD, next=address), client.get("/login/", {"next": address}),
               client.post("/me/language/", {"language": "zh-hans", "next": address}), client.post("/me/theme/", {"theme": "dark", "next": address}),
               client.post("/me/keys/", {"keys": "off", "next": address}), client.get("/login/code/", {"next": address}),
               client.get("/login/setup/", {"next": address})]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/")}


@pytest.mark.parametrize("answers", [{}, {"username": "", "password": ""}, {"username": "a\0b", "password": "x"},
                                     {"username": "x" * 5000, "password": "y" * 5000},
                                     {"username": "%", "password": "'; drop table"}, {"username": "ＲＥＣＥＰＴＩＯＮ", "password": "🙂"}])
def test_odd_answers_get_the_form_again_with_a_sentence(cast, answers):
    response = Client().post("/login/", answers)
    assert response.status_code == 422
    assert "<title>Error:" in response.content.decode()


def test_log_in_and_refusal_leave_rows_without_a_name_or_an_address(cast):
    attempt("reception")
    attempt("reception", PASSWORD)
    refused, entered = AccessEvent.objects.order_by("pk")
    assert (refused.act, refused.user_id, refused.outcome) == ("refused", None, "password")
    assert (entered.act, entered.user_id) == ("login", cast.user("reception").pk)
    assert OUTSIDE not in refused.address_key + entered.address_key


def test_the_log_in_page_is_never_stored_and_asks_with_the_right_tokens(cast):
    response = Client().get("/login/")
    assert "no-store" in response["Cache-Control"]
    assert 'autocomplete="current-password"' in response.content.decode()
