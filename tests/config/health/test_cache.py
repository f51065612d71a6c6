"""The cache may be away (RELIABILITY R7): pages miss it, nothing breaks, and nothing old comes back."""
import pytest
from django.conf import settings
from redis.exceptions import ConnectionError as Away

from config import cache as module
from config.cache import ForgivingCache

NOWHERE = {"KEY_PREFIX": "", "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1}}


@pytest.fixture
def away():
    """A cache whose server is not there."""
    return ForgivingCache("unix:///nowhere/valkey.sock", dict(NOWHERE))


@pytest.fixture
def here(django_db_setup, monkeypatch):
    """A cache on this run's server that tries again at once after an absence."""
    monkeypatch.setattr(module, "PAUSE", 0)
    one = ForgivingCache(settings.CACHES["default"]["LOCATION"], {"KEY_PREFIX": "own", "OPTIONS": {}})
    yield one
    one.clear()


def test_one_that_is_away_answers_as_an_empty_one(away):
    assert away.get("x", "otherwise") == "otherwise"
    assert away.get_many(["x"]) == {}
    assert away.set_many({"x": 1}) == ["x"]
    assert (away.add("x", 1), away.touch("x"), away.has_key("x"), away.delete("x"), away.clear()) == (False,) * 5
    away.set("x", 1)
    away.delete_many(["x"])
    with pytest.raises(ValueError, match="nothing was counted"):
        away.incr("x")
    assert away.count("x", timeout=9) is None


def test_one_that_is_there_keeps_and_counts(here):
    here.set("x", 1)
    assert here.incr("x", 2) == 3
    assert here.get("x") == 3
    with pytest.raises(ValueError, match="not found"):
        here.incr("y")


def test_counting_begins_at_nothing_and_ends_by_itself(here):
    assert [here.count("x", timeout=9) for _ in range(3)] == [1, 2, 3]
    left = here._cache.get_client().ttl(here.make_key("x"))
    assert 0 < left <= 9


def test_all_commands_share_one_client_of_the_library(here):
    assert here._cache.get_client("x") is here._cache.get_client("y", write=True)


def break_it(cache, monkeypatch):
    """Make every use of the server fail until undone."""
    def fail(*args, **kwargs):
        raise Away("gone")

    monkeypatch.setattr(type(cache._cache), "get_client", fail)


def test_what_was_ended_during_an_absence_does_not_come_back(here, monkeypatch):
    here.set("session", "signed in")
    with monkeypatch.context() as absence:
        break_it(here, absence)
        here.delete("session")
        assert here.get("session") is None
    assert here.get("session") is None


def test_an_absence_that_only_reads_missed_costs_nothing(here, monkeypatch):
    here.set("x", 1)
    with monkeypatch.context() as absence:
        break_it(here, absence)
        assert here.get("x") is None
    assert here.get("x") == 1


def test_a_server_that_hangs_is_asked_once_and_not_once_a_read(away, monkeypatch):
    asked = []

    def fail(*args, **kwargs):
        asked.append(1)
        raise Away("hangs")

    monkeypatch.setattr(type(away._cache), "get_client", fail)
    for _ in range(20):
        away.get("x")
    assert len(asked) == 1
