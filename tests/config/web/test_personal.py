"""What each person sees and sets: the day, languages, light and dark, keys, the hall, help."""
import pytest
from django.conf import settings
from django.test import Client

from config.contributions import panels
from config.web.models import Preference
from staff.organisation.matrix import ROLES
from tests.cast import PASSWORD


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_a_day_settings_and_help(cast, as_role, role):
    client = as_role(role)
    for path in ("/", "/me/settings/", "/help/", "/jobs/"):
        assert client.get(path).status_code == 200


def test_a_box_that_a_room_brings_stands_on_the_day_of_whom_it_is_for(cast, as_role):
    panels.register(key="probe", place="my_day", template="parts/notice.html",
                    context=lambda record, user: {"title": "Round at three"} if user.username == "logistics" else None)
    try:
        assert "Round at three" in as_role("logistics").get("/").content.decode()
        assert "Round at three" not in as_role("hr").get("/").content.decode()
    finally:
        panels.PANELS.without("probe")
    assert "Round at three" not in as_role("logistics").get("/").content.decode()


@pytest.mark.parametrize("code, lang", [("zh-hans", "zh-Hans"), ("zh-hant", "zh-Hant"), ("en", "en")])
def test_a_language_chosen_signed_out_stays_in_a_cookie(cast, code, lang):
    client = Client()
    response = client.post("/me/language/", {"language": code, "next": "/login/"})
    assert response["Location"] == "/login/"
    assert f'<html lang="{lang}"' in client.get("/login/").content.decode()
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == code


def test_a_language_chosen_signed_in_is_kept_with_the_account_and_beats_the_browsers(cast, as_role):
    client = as_role("reception")
    client.post("/me/language/", {"language": "zh-hans", "next": "/help/"})
    assert Preference.objects.get(user=cast.user("reception")).language == "zh-hans"
    fresh = Client(headers={"Accept-Language": "en"})
    fresh.post("/login/", {"username": "reception", "password": PASSWORD})
    assert '<html lang="zh-Hans"' in fresh.get("/help/").content.decode()


def test_the_browsers_language_counts_until_one_is_chosen(cast):
    assert '<html lang="zh-Hant"' in Client(headers={"Accept-Language": "zh-TW,en;q=0.5"}).get("/login/").content.decode()


@pytest.mark.parametrize("path, answers", [("/me/language/", {"language": "fr"}), ("/me/theme/", {"theme": "<b>"}),
                                           ("/me/keys/", {"keys": ""}), ("/me/theme/", {}), ("/me/text-size/", {"text_size": "huge"})])
def test_a_choice_that_is_not_offered_changes_nothing(cast, as_role, path, answers):
    assert as_role("reception").post(path, answers).status_code == 302
    assert not Preference.objects.exists()


def test_light_dark_and_single_keys_are_switched_from_the_menu(cast, as_role):
    client = as_role("reception")
    client.post("/me/theme/", {"theme": "dark"})
    client.post("/me/keys/", {"keys": "off"})
    assert 'data-theme="dark" data-keys="off"' in client.get("/help/").content.decode()
    client.post("/logout/")
    assert 'data-theme="dark"' in client.get("/login/").content.decode()


def test_a_visitor_without_a_log_in_reads_in_large_text_until_they_switch_it_off(cast):
    client = Client(headers={"Accept-Language": "en"})
    assert 'data-text="large"' not in client.get("/login/").content.decode()
    assert client.post("/me/text-size/", {"text_size": "large", "next": "/login/"})["Location"] == "/login/"
    page = client.get("/login/").content.decode()
    assert 'data-text="large"' in page and 'value="normal" aria-pressed="true"' in page
    client.post("/me/text-size/", {"text_size": "normal"})
    assert 'data-text="large"' not in client.get("/login/").content.decode()


def test_large_text_goes_with_the_person_to_every_machine_and_beats_what_the_browser_had(cast, as_role):
    client = as_role("reception")
    client.post("/me/text-size/", {"text_size": "large"})
    assert Preference.objects.get(user=cast.user("reception")).text_size == "large"
    fresh = Client()
    fresh.post("/login/", {"username": "reception", "password": PASSWORD})
    assert 'data-text="large"' in fresh.get("/help/").content.decode()
    fresh.post("/me/text-size/", {"text_size": "normal"})
    fresh.cookies["text_size"] = "large"
    assert 'data-text="large"' not in fresh.get("/help/").content.decode()


def test_who_made_the_log_in_page_large_goes_on_in_large_text(cast):
    client = Client()
    client.post("/me/text-size/", {"text_size": "large"})
    client.post("/login/", {"username": "reception", "password": PASSWORD})
    assert 'data-text="large"' in client.get("/help/").content.decode()


def test_all_of_them_are_set_on_one_page(cast, as_role):
    client = as_role("reception")
    response = client.post("/me/settings/", {"language": "zh-hant", "theme": "light", "text_size": "normal"}, follow=True)
    assert '<html lang="zh-Hant" data-theme="light" data-keys="off">' in response.content.decode()
    client.post("/me/settings/", {"language": "en", "theme": "light", "text_size": "large"})
    assert '<html lang="en" data-theme="light" data-keys="off" data-text="large">' in client.get("/help/").content.decode()
    refused = client.post("/me/settings/", {"language": "xx", "theme": "light", "text_size": "large"})
    assert refused.status_code == 422


def test_the_hall_is_chosen_among_the_own_ones_and_any_other_is_not_found(cast, as_role):
    client = as_role("general")
    client.post("/me/hall/", {"hall": cast.other_hall.pk})
    assert client.session["hall_id"] == cast.other_hall.pk
    assert as_role("reception").post("/me/hall/", {"hall": cast.other_hall.pk}).status_code == 404
    assert as_role("reception").post("/me/hall/", {"hall": "x"}).status_code == 404


def test_help_describes_the_desk_to_who_works_there_and_to_nobody_else(cast, as_role):
    desk, office = (as_role(role).get("/help/").content.decode() for role in ("reception", "hr"))
    assert 'id="desk"' in desk and 'id="import"' in desk
    assert 'id="desk"' not in office and 'id="import"' not in office
    assert "<kbd>N</kbd>" in desk


@pytest.mark.parametrize("at", ["/reception/", "/nowhere/", "", "//x\"><b>", "%00"])
def test_the_side_column_alone_lights_the_entry_of_the_page_it_stands_on_and_shows_only_what_the_role_may_open(as_role, at):
    answer = as_role("hr").get("/me/side/", {"at": at}).content.decode()
    assert '"/staff/' in answer and 'href="/reception/"' not in answer and "<b>" not in answer
    lit = as_role("reception").get("/me/side/", {"at": at}).content.decode().split('<div data-also="phone-chapters">')
    assert ('href="/reception/" aria-current="page"' in lit[0]) is (at == "/reception/")
    assert len(lit) == 2 and 'href="/reception/"' in lit[1]
