"""The second step of privileged people: set up once, asked at each log-in, good for one use a code."""
import re
from binascii import unhexlify

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp

from config.accounts import second_factor, services
from config.accounts.models import AccessEvent
from config.web.models import Preference
from tests.cast import PASSWORD

START = "2026-03-02T08:00:00+08:00"


def entered(name="manager"):
    client = Client()
    client.post("/login/", {"username": name, "password": PASSWORD})
    return client


def code_of(client, shift=0):
    """What the app shows now for the secret on offer."""
    return f"{totp(unhexlify(client.session['otp_secret']), drift=shift):06d}"


def set_up(client):
    """Set an app up; returns (secret, recovery codes)."""
    client.get("/login/setup/")
    secret = client.session["otp_secret"]
    page = client.post("/login/setup/", {"code": code_of(client)}).content.decode()
    return secret, re.findall(r"<li>([a-z2-9]{5}-[a-z2-9]{5})</li>", page)


@pytest.fixture
def clock(cast):
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.mark.parametrize("page", ["/", "/reception/", "/me/settings/", "/password/", "/files/1/"])
def test_a_privileged_person_opens_nothing_before_the_second_step(cast, page):
    client = entered()
    first = client.get(page)
    assert first["Location"] == f"/login/code/?next={page}"
    assert client.get(first["Location"])["Location"] == f"/login/setup/?next={page}"


def test_others_are_not_asked(cast):
    assert entered("reception").get("/").status_code == 200


def test_setting_up_shows_a_picture_made_here_and_the_recovery_codes_once(cast, clock):
    client = entered()
    page = client.get("/login/setup/").content.decode()
    assert 'src="data:image/svg+xml' in page
    secret, codes = set_up(client)
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    assert client.get("/").status_code == 200
    assert second_factor.readable(secret) not in client.get("/login/setup/").content.decode()


def test_a_wrong_code_sets_nothing_up(cast, clock):
    client = entered()
    client.get("/login/setup/")
    response = client.post("/login/setup/", {"code": "000000"})
    assert response.status_code == 422
    assert "This is not the code that the app shows now." in response.content.decode()
    assert not second_factor.has_one(cast.user("manager"))


def test_looking_at_the_page_changes_nothing_in_the_database(cast, clock):
    entered().get("/login/setup/")
    assert not second_factor.has_one(cast.user("manager"))


def test_the_next_log_in_asks_for_a_code_and_takes_each_only_once(cast, clock):
    secret, _codes = set_up(entered())
    clock.shift(60)
    code = f"{totp(unhexlify(secret)):06d}"
    client = entered()
    assert client.get("/login/setup/")["Location"].startswith("/login/code/")
    assert client.post("/login/code/", {"code": f" {code[:3]} {code[3:]} ", "next": "/help/"})["Location"] == "/help/"
    assert client.get("/help/").status_code == 200
    again = entered()
    assert again.post("/login/code/", {"code": code}).status_code == 422
    assert again.get("/help/").status_code == 302


def test_a_recovery_code_stands_in_once_and_is_never_kept_as_it_is(cast, clock):
    _secret, codes = set_up(entered())
    kept = second_factor.StaticToken.objects.values_list("token", flat=True)
    assert not {code.replace("-", "") for code in codes} & set(kept)
    client = entered()
    assert client.post("/login/code/", {"code": codes[0].upper()})["Location"] == "/"
    assert entered().post("/login/code/", {"code": codes[0]}).status_code == 422
    assert second_factor.codes_left(cast.user("manager")) == second_factor.RECOVERY_CODES - 1


def test_guessing_codes_is_throttled_like_guessing_passwords(cast, clock):
    secret, _codes = set_up(entered())
    clock.shift(60)
    client = entered()
    answers = [client.post("/login/code/", {"code": f"{number:06d}"}).status_code for number in range(8)]
    assert answers == [422] * 5 + [429] * 3
    right = f"{totp(unhexlify(secret)):06d}"
    assert client.post("/login/code/", {"code": right}).status_code == 429
    clock.shift(15 * 60)
    assert client.post("/login/code/", {"code": f"{totp(unhexlify(secret)):06d}"}).status_code == 302
    assert AccessEvent.objects.filter(act="refused", outcome="code", record_id=cast.user("manager").pk).exists()


def test_whoever_knows_the_password_alone_cannot_replace_the_app(cast, clock):
    set_up(entered())
    thief = entered()
    assert thief.post("/login/setup/", {"code": "123456"})["Location"].startswith("/login/code/")


def test_an_administrator_resets_it_for_a_lost_phone_but_nobody_for_themselves(cast, clock):
    set_up(entered())
    with pytest.raises(services.Refused, match="Nobody does this for the own account"):
        services.reset_second_factor(cast.actor("manager"), cast.user("manager"), now=timezone.now())
    services.reset_second_factor(cast.actor("admin"), cast.user("manager"), now=timezone.now())
    client = entered()
    assert client.get("/login/code/")["Location"].startswith("/login/setup/")


def test_a_deputy_of_a_privileged_person_is_asked_too(cast, clock):
    from staff.organisation.models import Deputy

    Deputy.objects.create(employee=cast.people["manager"], deputy=cast.people["sales"], starts_on=cast.today.replace(year=2026, month=1, day=1),
                          ends_on=cast.today.replace(year=2027))
    assert entered("sales").get("/")["Location"] == "/login/code/?next=/"


def test_the_demo_switches_it_off(cast, settings):
    settings.SECOND_FACTOR = False
    client = entered()
    assert client.get("/").status_code == 200
    assert client.get("/login/setup/")["Location"] == "/"


@pytest.mark.parametrize("page", ["/me/theme/", "/me/settings/", "/house/locked/", "/commands/"])
def test_nothing_is_posted_before_the_second_step(cast, clock, page):
    set_up(entered())
    answer = entered().post(page, {"theme": "dark", "language": "zh-hans", "user": cast.users["sales"].pk, "q": "a"})
    assert answer["Location"].startswith("/login/code/")
    assert not Preference.objects.exists()


def test_a_lost_phone_from_the_administrators_page_to_the_new_app(cast, clock):
    """Old session, old app and old recovery codes are worth nothing afterwards; the next log-in sets up anew."""
    working = entered()
    old, old_codes = set_up(working)
    assert working.get("/help/").status_code == 200
    admin = entered("admin")
    set_up(admin)
    assert admin.post(f"/staff/people/{cast.people['manager'].pk}/second-step/").status_code == 302
    assert working.get("/help/")["Location"].startswith("/login/?")
    clock.shift(60)
    anew = entered()
    assert anew.get("/")["Location"].startswith("/login/code/")
    new, _codes = set_up(anew)
    assert new != old
    clock.shift(60)
    again = entered()
    for worthless in (f"{totp(unhexlify(old)):06d}", old_codes[0]):
        assert again.post("/login/code/", {"code": worthless}).status_code == 422
    assert again.post("/login/code/", {"code": f"{totp(unhexlify(new)):06d}"})["Location"] == "/"
    changes = cast.user("manager").history.values_list("history_change_reason", "history_user__username")
    assert ("second step reset", "admin") in changes
