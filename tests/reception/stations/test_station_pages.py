"""How stations are set up: by managers for their hall and by the administrator; keys are told once; settings and notices have versions."""
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from config.errors import Changed
from config.web import oneoff
from reception.visits.stations import keys, queries, services
from reception.visits.stations.models import HallKiosk, KioskNotice, Station
from tests.access.page import Form

KEPT = {"phone": "off", "name": "off", "company": "off", "party_size": "off", "language": "en", "theme": "system", "spoken": "zh_en", "repeats": "2",
        "volume": "80"}


def test_a_manager_sets_a_kiosk_up_and_sees_its_address_once(cast, as_role):
    manager = as_role("manager")
    answer = manager.post(reverse("new_station"), {"hall": cast.hall.pk, "kind": "kiosk", "name": "East door", "one_off_key": oneoff.new_key()})
    station = Station.objects.get()
    address = answer.context["address"]
    key = address.rstrip("/").rpartition("/")[2]
    assert (station.hall, station.name, station.key_hash) == (cast.hall, "East door", keys.hash_of(key))
    assert manager.get(address.removeprefix("http://testserver")).status_code == 409  # this device is logged in
    for name, args in (("stations", []), ("station", [station.pk])):
        page = manager.get(reverse(name, args=args)).content.decode()
        assert "East door" in page
        assert key not in page


def test_the_form_sent_twice_sets_one_station_up_and_leads_to_it(cast, as_role):
    manager, sent = as_role("manager"), {"hall": cast.hall.pk, "kind": "kiosk", "name": "East door", "one_off_key": oneoff.new_key()}
    answers = [manager.post(reverse("new_station"), sent) for _turn in range(2)]
    assert [answer.status_code for answer in answers] == [200, 302]
    assert answers[1].url == reverse("station", args=[Station.objects.get().pk])


def test_a_manager_sets_nothing_up_in_another_hall_and_the_administrator_in_each(cast, as_role):
    sent = {"hall": cast.other_hall.pk, "kind": "display", "name": "Gable screen", "one_off_key": oneoff.new_key()}
    assert as_role("manager").post(reverse("new_station"), sent).status_code == 422
    assert as_role("admin").post(reverse("new_station"), sent).status_code == 200
    assert Station.objects.get().hall == cast.other_hall
    assert "Gable screen" not in as_role("manager").get(reverse("stations")).content.decode()


def test_a_new_key_ends_the_old_one_and_taking_out_of_use_ends_both(cast, as_role, stand, client):
    station, old = stand("display")
    manager = as_role("manager")
    new = manager.post(reverse("station_key", args=[station.pk])).context["address"].rstrip("/").rpartition("/")[2]
    assert [client.get(reverse("display", args=[key])).status_code for key in (old, new)] == [404, 200]
    assert manager.post(reverse("revoke_station", args=[station.pk])).status_code == 302
    assert client.get(reverse("display", args=[new])).status_code == 404
    assert manager.post(reverse("revoke_station", args=[station.pk])).status_code == 422
    assert manager.post(reverse("station_key", args=[station.pk])).status_code == 422
    history = manager.get(reverse("station", args=[station.pk]) + "?tab=history").content.decode()
    for act in ("set up", "new key", "taken out of use"):
        assert act in history


@pytest.mark.parametrize(("seen", "word"), [(None, "not yet opened"), (1, "running"), (6, "silent")])
def test_the_list_says_whether_a_screen_is_alive(cast, as_role, stand, now, seen, word):
    station, _key = stand("display")
    Station.objects.filter(pk=station.pk).update(seen_at=None if seen is None else now - timedelta(minutes=seen))
    assert word in as_role("manager").get(reverse("stations")).content.decode()


def test_stations_out_of_use_are_shown_when_asked_for(cast, as_role, stand):
    station, _key = stand("display")
    services.revoke(cast.actor("manager"), station, now=cast.now)
    manager = as_role("manager")
    assert "East door" not in manager.get(reverse("stations")).content.decode()
    assert "out of use" in manager.get(reverse("stations") + "?unused=on").content.decode()


def test_what_is_asked_and_heard_is_set_for_the_own_hall(cast, as_role):
    manager, url = as_role("manager"), reverse("station_settings", args=[cast.hall.pk])
    values = Form(manager.get(url).content.decode()).values
    assert values["version"] == ["0"]
    sent = KEPT | {"phone": "optional", "mute_from": "21:30", "mute_until": "08:00", "volume": "55", "version": "0"}
    assert manager.post(url, sent).status_code == 302
    kept = HallKiosk.objects.get()
    assert (kept.hall, kept.asked, kept.volume, str(kept.mute_from), kept.version) == (cast.hall, ["phone"], 55, "21:30:00", 1)
    assert manager.post(url, sent).status_code == 422  # opened before somebody saved
    assert manager.get(reverse("station_settings", args=[cast.other_hall.pk])).status_code == 404


@pytest.mark.parametrize(("sent", "sentence"), [
    ({"mute_from": "21:30"}, "A span of the day needs both its ends."), ({"repeats": "9"}, "is at most 5"), ({"volume": "101"}, "is at most 100"),
    ({"night_until": "25:00"}, "Enter the time as hours and minutes")])
def test_settings_that_make_no_sense_get_a_sentence(cast, as_role, sent, sentence):
    answer = as_role("manager").post(reverse("station_settings", args=[cast.hall.pk]), KEPT | {"version": "0"} | sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not HallKiosk.objects.exists()


def test_a_changed_notice_is_a_new_version_and_the_visit_names_the_one_it_was_shown(cast, now):
    actor, facts = cast.actor("manager"), {name: getattr(HallKiosk(), name) for name in services.SETTINGS}

    def write(text, version):
        services.change_settings(actor, cast.hall, version=version, notice={"en": text} if text else {}, now=now, **facts)

    write("", 0)
    assert not KioskNotice.objects.exists()
    assert queries.notice_of(cast.hall, now).number == 0
    write("We call you.", 1)
    write("We call you.", 2)
    write("We call you back.", 3)
    assert [(one.number, one.text["en"]) for one in KioskNotice.objects.all()] == [(2, "We call you back."), (1, "We call you.")]
    assert queries.notice_of(cast.hall, now) == queries.Notice(2, "We call you back.")
    write("", 4)
    notice = queries.notice_of(cast.hall, now)
    assert (notice.number, "see, correct or erase" in notice.text) == (3, True)
    with pytest.raises(Changed):
        write("Too late", 1)


def test_the_text_of_the_house_is_short_in_every_language(cast, now):
    for code in ("en", "zh-hans", "zh-hant"):
        with translation.override(code):
            assert 60 < len(queries.house_notice(cast.hall, now)) < 400


def test_the_known_keys_of_a_demo_are_told_nowhere_else(cast, as_role, settings):
    Station.objects.create(hall=cast.hall, kind="kiosk", name="Demo", key_hash=keys.hash_of(keys.DEMO["kiosk"]), created_at=cast.now)
    manager = as_role("manager")
    assert keys.DEMO["kiosk"] not in manager.get(reverse("stations")).content.decode()
    settings.DEMO = True
    assert reverse("kiosk", args=[keys.DEMO["kiosk"]]) in manager.get(reverse("stations")).content.decode()
