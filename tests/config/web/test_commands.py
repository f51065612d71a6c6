"""The command bar: pages in three scripts, only those one may open, and what the rooms find."""
import pytest
from django.urls import resolve, reverse

from config.contributions import search
from config.contributions.navigation import ACTS
from config.web import commands
from config.web.spelling import fits, folded


def found(client, typed):
    return client.post("/commands/", {"q": typed}).content.decode()


@pytest.mark.parametrize("typed", ["Access log", "access", "LOG", "al", "audit", "ａｃｃｅｓｓ"])
def test_a_page_is_found_by_its_name_each_of_its_words_initials_and_further_words(cast, as_role, typed):
    assert 'href="/house/access-log/"' in found(as_role("hr"), typed)


@pytest.mark.parametrize("typed", ["tousu", "投诉", "ts", "TouSu", "诉", "投訴"])
def test_a_name_is_found_by_its_characters_its_pinyin_and_its_initials(typed):
    assert fits(folded(typed), ["Complaints", "投诉", "投訴"]) is not None


@pytest.mark.parametrize("typed", ["tusu", "complain t x", "ousu"])
def test_what_begins_nothing_finds_nothing(typed):
    assert fits(folded(typed), ["Complaints", "投诉", "投訴"]) is None


def test_pages_differ_by_role(cast, as_role):
    assert 'href="/house/access-log/"' not in found(as_role("reception"), "access")


def test_with_nothing_typed_it_offers_pages(cast, as_role):
    assert 'href="/"' in found(as_role("reception"), "")


def test_a_rooms_search_answers_by_the_rights_of_who_asks(cast, as_role):
    search.register(key="probe", label="Probes", find=lambda user, words, limit: [{"label": f"{words} for {user.username}", "url": "/help/"}])
    try:
        assert "sonde for reception" in found(as_role("reception"), "  sonde ")
    finally:
        search.SOURCES.without("probe")
    assert "sonde for" not in found(as_role("reception"), "sonde")


def test_typed_markup_stays_text(cast, as_role):
    search.register(key="probe", label="Probes", find=lambda user, words, limit: [{"label": words, "url": "/help/"}])
    try:
        text = found(as_role("reception"), "<img src=x onerror=alert(1)>")
    finally:
        search.SOURCES.without("probe")
    assert "<img" not in text


def test_it_is_limited(cast, as_role, monkeypatch):
    monkeypatch.setattr(commands.limits, "used_up", lambda *args, **kwargs: True)
    assert as_role("reception").post("/commands/", {"q": "a"}).status_code == 429


@pytest.mark.parametrize("typed", ["new visit", "xinlaifang", "新来访", "新來訪", "xlf", "dengji"])
def test_an_act_is_found_in_three_scripts(cast, as_role, typed):
    assert 'href="/reception/#id_who"' in found(as_role("reception"), typed)


def test_acts_differ_by_role(cast, as_role):
    assert 'action="/reception/counter/next/"' in found(as_role("sales"), "call the next")
    for stranger in ("hr", "telesales", "general"):
        assert 'action="/reception/counter/next/"' not in found(as_role(stranger), "call the next")
    assert 'href="/reception/customers/new/"' in found(as_role("reception"), "new customer")
    assert 'href="/reception/customers/new/"' not in found(as_role("general"), "new customer")


def test_only_an_act_with_a_key_of_its_own_names_one(cast, as_role):
    assert "<kbd>N</kbd>" in found(as_role("reception"), "new visit")
    search.register(key="probe", label="Probes", find=lambda user, words, limit: [{"label": words, "detail": "", "url": "/help/", "icon": "user"}])
    try:
        text = found(as_role("hr"), "access")
    finally:
        search.SOURCES.without("probe")
    assert 'href="/house/access-log/"' in text
    assert 'href="/help/"' in text
    assert "<kbd>" not in text


def test_an_act_that_is_pressed_carries_a_token_and_a_one_off_key(cast, as_role):
    text = found(as_role("sales"), "call the next")
    assert 'name="csrfmiddlewaretoken"' in text
    assert 'name="one_off_key" value="' in text


def test_every_act_leads_to_an_address_that_asks_the_same_right():
    for act in ACTS.all():
        page = resolve(reverse(act.page)).func.view_class
        assert str(page.capability) == str(act.capability), act.key
        assert act.method == "post" or hasattr(page, "get")
