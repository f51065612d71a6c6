"""The command bar: pages in three scripts, only those one may open, and what the rooms find."""
import pytest

from config.contributions import search
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
