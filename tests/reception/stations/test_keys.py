"""The keys of stations and links: random or sealed, kept as hashes, good for their time, dead when altered."""
from datetime import timedelta

from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from config.numbers.services import public_code
from reception.visits.stations import keys, services
from reception.visits.stations.models import Station


def test_only_the_hash_of_a_key_is_kept_and_the_history_holds_not_even_that(cast):
    station, key = services.set_up(cast.actor("manager"), hall=cast.hall, kind="kiosk", name="East door", now=cast.now)
    assert len(key) >= 22  # 128 bits
    row = Station.objects.values().get(pk=station.pk)
    assert key not in str(row)
    assert row["key_hash"] == keys.hash_of(key)
    assert key not in str(list(station.history.values()))
    assert row["key_hash"] not in str(list(station.history.values()))


def test_a_waiting_key_leads_to_its_code_and_every_altered_one_to_nothing():
    code = public_code()
    key = keys.wait_key(code)
    assert keys.code_of(key) == code
    for place, sign in enumerate(key):
        other = "2" if sign != "2" else "3"
        assert keys.code_of(key[:place] + other + key[place + 1:]) is None
    assert keys.code_of(key.upper()) is None
    assert keys.code_of(key + "0") is None


@given(st.text(max_size=60))
def test_what_somebody_makes_up_is_no_key(text):
    assert keys.code_of(text) is None


def test_links_made_under_the_former_key_of_the_house_stay_good():
    code = public_code()
    with override_settings(SECRET_KEY="a" * 50):
        key = keys.wait_key(code)
    with override_settings(SECRET_KEY="b" * 50, SECRET_KEY_FALLBACKS=["a" * 50]):
        assert keys.code_of(key) == code
    with override_settings(SECRET_KEY="b" * 50, SECRET_KEY_FALLBACKS=[]):
        assert keys.code_of(key) is None


def test_a_check_in_key_runs_out_and_cannot_be_made_longer(now):
    key = keys.check_in_key(7, now)
    assert keys.station_of(key, now) == (7, False)
    assert keys.station_of(key, now + timedelta(minutes=keys.CHECK_IN_MINUTES)) == (7, False)
    later = now + timedelta(minutes=keys.CHECK_IN_MINUTES + 1)
    assert keys.station_of(key, later) == (7, True)
    pk, minute, seal = key.split("-")
    assert keys.station_of(f"{pk}-{int(minute) + 60}-{seal}", later) == (None, False)
    assert keys.station_of(f"8-{minute}-{seal}", now) == (None, False)


def test_a_key_of_one_purpose_opens_nothing_of_another(now):
    code = public_code()
    assert keys.seal("wait", code) != keys.seal("check-in", code)
