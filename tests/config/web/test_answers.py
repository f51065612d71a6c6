"""Headers, cookies and error pages of every answer; odd requests get a page, never a fault."""
import logging

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.test import Client

from config.web import errors
from tests.cast import PASSWORD

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def client(cast):
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("path", ["/login/", "/nothing-here/", "/help/", "/healthz", "/me/language/"])
def test_every_answer_forbids_scripts_frames_and_guessing_of_types(client, path):
    answer = client.get(path)
    policy = answer["Content-Security-Policy"]
    for rule in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"], answer["Referrer-Policy"]) == ("nosniff", "DENY", "same-origin")
    assert len(answer["X-Request-Reference"]) == 8


def test_what_signed_in_people_see_is_never_stored(client):
    client.post("/login/", {"username": "reception", "password": PASSWORD})
    for path in ("/", "/help/", "/nothing-here/", "/house/"):
        assert "no-store" in client.get(path)["Cache-Control"]


def test_no_script_reads_a_cookie_and_no_other_site_sends_one(client):
    client.get("/login/")
    client.post("/login/", {"username": "reception", "password": PASSWORD})
    client.post("/me/language/", {"language": "zh-hans"})
    client.post("/me/theme/", {"theme": "dark"})
    assert len(client.cookies) >= 3
    for cookie in client.cookies.values():
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] in {"Lax", "Strict"}, cookie.key


@pytest.mark.parametrize("charset", ["absurd", "utf-16", "zlib", "rot13", "undefined", "\u00e9", "cp037", "idna"])
def test_a_post_in_an_absurd_charset_is_a_400_with_a_page(client, charset):
    answer = client.generic("POST", "/login/", b"username=a&password=b", content_type=f"{FORM}; charset={charset}")
    assert answer.status_code == 400
    assert "<h1>" in answer.content.decode()


def test_a_body_over_two_megabytes_is_a_413_and_one_over_forty_is_not_even_read(client):
    assert client.post("/login/", b"username=" + b"x" * 3_000_000, content_type=FORM).status_code == 413
    for length in (str(50 * 1024 * 1024), "9" * 5000):
        answer = client.post("/login/", b"", content_type=FORM, CONTENT_LENGTH=length)
        assert (answer.status_code, "<h1>" in answer.content.decode()) == (413, True)


def test_too_many_fields_or_files_are_a_400(client):
    assert client.post("/login/", {f"field{number}": "1" for number in range(1200)}).status_code == 400
    from django.core.files.uploadedfile import SimpleUploadedFile

    files = {f"file{number}": SimpleUploadedFile("a.txt", b"a") for number in range(25)}
    assert client.post("/login/", files).status_code == 400


@pytest.mark.parametrize("body, kind", [(b"--x\r\nbroken", "multipart/form-data; boundary=x"), (b"", "multipart/form-data"), (b"{", "application/json"),
                                        (b"\xff\xfe\xfd", FORM), (b"%ZZ%00=%ff&&&==", FORM), (b"username=%00&password=%00", FORM)])
def test_a_broken_body_is_the_senders_fault(client, body, kind):
    assert client.post("/login/", body, content_type=kind).status_code in {400, 422}


@pytest.mark.parametrize("path", ["/jobs/99999999999999999999999999/", "/files/99999999999999999999/", "/house/access-log/?record=99999999999999999999999",
                                  "/house/access-log/?since=31.31.31&until=%00&act=nothing&kind=%00", "/jobs/?after=%00&n=-1&sort=password",
                                  "/commands/?q=%00%ff", "/?%00=1", "/house/outbox/1/settle/"])
def test_odd_addresses_are_answered_without_a_fault(cast, as_role, path):
    browser = as_role("admin")
    browser.raise_request_exception = False
    assert browser.get(path).status_code in {200, 404}


@pytest.mark.parametrize("path, method, status", [("/logout/", "get", 405), ("/me/theme/", "get", 405), ("/login/", "put", 405), ("/help/", "delete", 405)])
def test_a_wrong_method_is_a_405(cast, as_role, path, method, status):
    assert getattr(as_role("reception"), method)(path).status_code == status


POSTS = ["/login/", "/logout/", "/password/", "/me/language/", "/me/hall/", "/me/theme/", "/me/keys/", "/me/settings/", "/house/locked/"]


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("more", [{}, {"HTTP_ORIGIN": "https://evil.example"}])
def test_a_form_from_nowhere_or_from_another_site_is_refused_with_a_friendly_page(cast, path, more):
    from tests.cast import signed_in

    browser = signed_in(cast.user("admin"), Client(enforce_csrf_checks=True))
    answer = browser.post(path, {"username": "x", "theme": "dark", "language": "zh-hans"}, **more)
    assert answer.status_code == 403
    assert "<h1>" in answer.content.decode()
    assert browser.get("/help/").status_code == 200
    assert "theme" not in browser.cookies


def test_a_page_without_the_right_is_a_403_and_what_is_not_there_a_404_both_with_a_way_on(cast, as_role):
    browser = as_role("reception")
    refused, absent = browser.get("/house/access-log/"), browser.get("/jobs/12345/")
    assert (refused.status_code, absent.status_code) == (403, 404)
    for answer in (refused, absent):
        assert answer["X-Request-Reference"] in answer.content.decode()


class Broken:
    """A page that breaks in a given way."""

    def __init__(self, problem):
        self.problem = problem

    def __call__(self, request, *args, **kwargs):
        raise self.problem


@pytest.mark.parametrize("problem, status", [(OperationalError("server closed the connection"), 503), (ZeroDivisionError("13800138000"), 500),
                                             (SuspiciousOperation("odd"), 400)])
def test_a_fault_shows_a_page_with_a_reference_and_nothing_of_itself(cast, as_role, monkeypatch, problem, status):
    browser = as_role("reception")
    browser.raise_request_exception = False
    monkeypatch.setattr("config.web.personal.Help.get", Broken(problem))
    logging.disable(logging.CRITICAL)
    answer = browser.get("/help/")
    logging.disable(logging.NOTSET)
    text = answer.content.decode()
    assert answer.status_code == status
    assert answer["X-Request-Reference"] in text
    assert "13800138000" not in text and "Traceback" not in text


def test_a_database_that_is_away_before_the_page_is_reached_is_a_503_too(cast, as_role, monkeypatch):
    browser = as_role("reception")
    browser.raise_request_exception = False
    monkeypatch.setattr("config.web.middleware.PersonLanguage.language_of", staticmethod(Broken(OperationalError("away"))))
    answer = browser.get("/help/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_a_database_that_is_away_when_it_is_asked_who_comes_leaves_every_header(cast, as_role, monkeypatch):
    browser = as_role("reception")
    browser.raise_request_exception = False
    monkeypatch.setattr("config.web.middleware.get_user", Broken(OperationalError("away")))
    answer = browser.get("/help/")
    assert answer.status_code == 503
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"]) == ("nosniff", "DENY")


def test_too_many_acts_are_a_429_that_says_when_to_come_back(rf):
    answer = errors.too_many(rf.get("/"), seconds=30)
    assert (answer.status_code, answer["Retry-After"]) == (429, "30")
