"""Snippets: kept per hall by its superiors, found by initials, filled with name, hall and time, never as markup (UX 19)."""
import html
import re

import pytest
from django.urls import reverse
from django.utils import translation

from config.accounts.models import AccessEvent
from config.errors import Refused
from config.web.oneoff import new_key
from staff.communication import rules, services
from staff.communication.models import Snippet
from tests.cast import three

TEXT = three("Welcome to {hall}, {name}.", "{name}您好，欢迎光临{hall}。", "{name}您好，歡迎光臨{hall}。")


@pytest.fixture
def welcome(cast):
    """The sentence `;hy` of the first hall."""
    return Snippet.objects.create(hall=cast.hall, code="hy", name=three("Welcome", "欢迎光临", "歡迎光臨"), text=TEXT)


def found(client, typed, name="", language="en"):
    answer = client.post(reverse("find_snippets"), {"q": typed, "name": name}, headers={"accept-language": language})
    assert answer.status_code == 200
    return [html.unescape(text) for text in re.findall(r'data-insert="([^"]*)"', answer.content.decode())]


def test_it_is_filled_with_the_visitors_name_and_the_hall_in_each_language_the_readers_first(cast, as_role, welcome):
    assert found(as_role("reception"), "hy", "李国强") == ["Welcome to Sales hall, 李国强.", "李国强您好，欢迎光临销售大厅。", "李国强您好，歡迎光臨銷售大廳。"]
    assert found(as_role("reception"), "hy", "李国强", "zh-hans")[0] == "李国强您好，欢迎光临销售大厅。"


def test_without_a_name_the_customer_is_spoken_of(cast, as_role, welcome):
    assert found(as_role("reception"), "hy")[0] == "Welcome to Sales hall, the customer."


@pytest.mark.parametrize("typed", ["h", "hy", "HY", "wel", "huanying", "hygl", "欢迎"])
def test_it_is_found_by_its_code_its_name_its_pinyin_and_its_initials(cast, as_role, welcome, typed):
    assert found(as_role("reception"), typed)


@pytest.mark.parametrize("typed", ["x", "yh", "%"])
def test_what_it_does_not_begin_with_finds_nothing(cast, as_role, welcome, typed):
    assert not found(as_role("reception"), typed)


def test_the_semicolon_alone_offers_the_first_codes_of_the_own_hall(cast, as_role, welcome):
    assert found(as_role("reception"), "", "李国强")[0] == "Welcome to Sales hall, 李国强."
    assert not found(as_role("reception2"), "")


def test_another_halls_sentences_are_not_there(cast, as_role, welcome):
    assert not found(as_role("reception2"), "hy")
    assert "Welcome" not in as_role("reception2").get(reverse("snippets")).content.decode()


def test_a_name_that_is_markup_stays_text(cast, as_role, welcome):
    answer = as_role("reception").post(reverse("find_snippets"), {"q": "hy", "name": '"><img src=x onerror=alert(1)>'})
    assert "<img" not in answer.content.decode()


@pytest.mark.parametrize(("who", "may"), [("supervisor", True), ("manager", True), ("reception", False), ("sales", False)])
def test_superiors_of_the_hall_keep_them(cast, as_role, who, may):
    client = as_role(who)
    sent = {"hall": cast.hall.pk, "code": "QS", "name_en": "Wait", "text_en": "One moment, {name}.", "one_off_key": new_key()}
    assert client.post(reverse("new_snippet"), sent).status_code == (302 if may else 403)
    assert Snippet.objects.filter(hall=cast.hall, code="qs").exists() == may


def test_nobody_writes_for_a_hall_that_is_not_theirs(cast, as_role):
    sent = {"hall": cast.other_hall.pk, "code": "qs", "name_en": "Wait", "text_en": "One moment.", "one_off_key": new_key()}
    answer = as_role("manager").post(reverse("new_snippet"), sent)
    assert answer.status_code == 422
    assert "Choose one of the halls whose snippets you keep." in answer.content.decode()


@pytest.mark.parametrize(("code", "text", "says"), [
    ("1a", "x", "begin with a letter"), ("a b", "x", "letters a to z"), ("hy", "x", "Another snippet of this hall"),
    ("ok", "Dear {nmae}", "Nothing fills {nmae}")])
def test_what_could_not_be_used_is_refused(cast, welcome, code, text, says):
    with pytest.raises(Refused, match=re.escape(says)):
        services.save_snippet(cast.actor("manager"), None, hall=cast.hall, code=code, name={"en": "x"}, text={"en": text}, now=cast.now)


def test_two_windows_do_not_overwrite_each_other(cast, welcome):
    by = cast.actor("manager")
    services.save_snippet(by, welcome, hall=cast.hall, code="hy", name={"en": "Hello"}, text=TEXT, version=1, now=cast.now)
    with pytest.raises(Refused, match="Manager changed this record"):
        services.save_snippet(by, welcome, hall=cast.hall, code="hy", name={"en": "Hi"}, text=TEXT, version=1, now=cast.now)


def test_it_is_taken_away_and_its_history_stays(cast, as_role, welcome):
    assert as_role("manager").post(reverse("remove_snippet", args=[welcome.pk])).status_code == 302
    assert not Snippet.objects.exists()
    assert Snippet.history.filter(history_type="-", history_change_reason="removed").exists()


def test_asking_for_one_leaves_no_trace_and_is_limited(cast, as_role, welcome, monkeypatch):
    found(as_role("reception"), "hy")
    assert not AccessEvent.objects.exists()
    monkeypatch.setattr("staff.communication.views.limits.used_up", lambda *args, **kwargs: True)
    assert as_role("reception").post(reverse("find_snippets"), {"q": "hy"}).status_code == 429


def test_braces_that_are_no_place_stay_as_they_are():
    assert rules.filled("{name} {x} {} {{name}}", {"name": "A{hall}"}) == "A{hall} {x} {} {A{hall}}"


def test_the_demo_sentences_use_places_that_are_filled_and_each_is_in_three_languages(cast):
    import yaml

    from staff.communication.demo import DATA

    said = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    assert len(said) == 12
    for code, (names, texts) in said.items():
        assert rules.CODE.fullmatch(code)
        assert (len(names), len(texts)) == (3, 3)
        assert not [place for text in texts for place in rules.unknown_places(text)]


def test_the_list_is_narrowed_by_spelling(cast, as_role, welcome):
    client = as_role("reception")
    assert ";hy" in client.get(reverse("snippets"), {"q": "hygl"}).content.decode()
    assert ";hy" not in client.get(reverse("snippets"), {"q": "zz"}).content.decode()
    assert translation.get_language() == "en"
