"""Odd requests to every address: a refusal or the form with its sentence, never a fault of ours (RELIABILITY B1, B5, B10)."""
import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from staff.organisation.matrix import ROLES
from tests.access.page import Form
from tests.access.subjects import SUBJECTS
from tests.access.test_matrix import capability_for, may
from tests.addresses import addresses

TOKEN = "a" * 32
FORM = "application/x-www-form-urlencoded"
TAKEN = {200, 302, 400, 403, 404, 409, 413, 422, 429}
ODD = ("0\0 ", b"\xff\xfe\xed\xa0\x80", "1" + "0" * 40, "-9223372036854775809", "9999-99-99", "0001-01-01", "9999-12-31", "0001-01-01T00:00",
       "9999-12-31T23:59", "24:60", "NaN", "\U0010ffff\u202e'\"<", "[]", ("1", "2"), "x" * 100_000)
ANSWERING = [address for address in addresses() if address.page]
POSTS = [pytest.param(address, id=address.name) for address in ANSWERING if hasattr(address.page, "post")]
READS = [pytest.param(address, id=address.name) for address in ANSWERING if hasattr(address.page, "get")]


@pytest.fixture
def browser(cast, as_role):
    """`browser(address, "post")`: (client that the address answers, url), with a token for forms as a page would give it."""
    def opened(address, method):
        role, whose = asker(address, method)
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        if not address.page.public:
            client.cookies.update(as_role(role).cookies)
        client.cookies[settings.CSRF_COOKIE_NAME] = TOKEN
        return client, reverse(address.name, kwargs=SUBJECTS[address.name].make(cast, whose or role) if address.keys else None)
    return opened


def asker(address, method):
    """(role, whose record) of somebody to whom the address answers by the matrix; the second is "" for the own."""
    capability = capability_for(address.page, method)
    for role in () if address.page.public else ROLES:
        for situation, whose in (("mine", ""), ("colleague", "colleague")):
            if may(role, capability) and (not address.keys or SUBJECTS[address.name].seen(role, capability, situation)):
                return role, whose
    return "reception", ""


def sent(client, url, body, kind=FORM, token=TOKEN, **more):
    """The status of a post whose effects are undone."""
    with transaction.atomic():
        answer = client.generic("POST", url, body, content_type=kind, headers={"x-csrftoken": token}, **more)
        transaction.set_rollback(True)
    return answer.status_code


@pytest.mark.parametrize("address", POSTS)
def test_without_the_token_nothing_is_taken_and_absurd_fields_are_no_fault(address, browser):
    client, url = browser(address, "post")
    assert sent(client, url, "a=1", token="") == 403
    assert sent(client, url, "one_off_key=absurd&version=x&next=//evil.example&a=%00&b=%ff&=&;&c[]=1") in TAKEN


@pytest.mark.slow
@pytest.mark.parametrize("address", POSTS)
def test_an_odd_body_is_refused_as_what_it_is(address, browser):
    client, url = browser(address, "post")
    assert sent(client, url, "a=1", f"{FORM}; charset=absurd") == 400
    assert sent(client, url, "--x\r\nbroken", "multipart/form-data") == 400
    assert sent(client, url, "--x\r\nbroken", "multipart/form-data; boundary=x") in TAKEN
    assert sent(client, url, "a=" + "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE) == 413
    assert sent(client, url, "", CONTENT_LENGTH=str(settings.LARGEST_REQUEST + 1)) == 413


def mixed(names, turn):
    """Another odd value for each of these names; those of the next turn are others."""
    return {name: ODD[(place + 5 * turn) % len(ODD)] for place, name in enumerate(names, start=turn)}


@pytest.mark.slow
@pytest.mark.parametrize("address", POSTS)
def test_odd_values_are_no_fault_all_at_once_or_one_in_a_form_that_is_else_right(address, browser):
    client, url = browser(address, "post")
    page = Form(client.get(url).content.decode() if hasattr(address.page, "get") else "")
    values = {name: page.values.get(name) or ["x"] for name, kind in page.fields.items() if kind != "file"}
    names = [name for name in values if name != "csrfmiddlewaretoken"] or ["user", "next", "language", "theme", "hall", "keys", "q"]
    first = len(url) + len(names)  # so that not every address begins with the same
    for turn in range(first, first + 2):
        wrong = mixed(names, turn)
        one = names[turn % len(names)]
        for typed in (wrong, {one: wrong[one]}):
            assert (code := sent(client, url, urlencode(values | typed, doseq=True))) in TAKEN, (code, typed)


@pytest.mark.slow
@pytest.mark.parametrize("address", READS)
def test_odd_words_after_the_question_mark_are_no_fault(address, browser):
    client, url = browser(address, "get")
    filters = getattr(address.page, "filters", None)
    names = [*(filters.base_fields if filters else ()), "page", "after", "before", "sort", "format", "q", "n", "day", "month", "hall", "next"]
    for query in (dict.fromkeys(names, "0\0"), mixed(names, len(url)), mixed(names, len(url) + 1)):
        assert (code := client.get(f"{url}?{urlencode(query, doseq=True)}").status_code) in TAKEN, (code, query)
