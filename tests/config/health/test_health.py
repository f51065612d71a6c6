"""What machines are told: /healthz and /readyz."""
import time

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import InterfaceError, OperationalError, connection

from config import health
from config.celery import HEARTBEAT, heartbeat


def test_the_process_answers_without_asking_the_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-cache" in answer["Cache-Control"]


def test_all_is_well_while_the_worker_shows_signs_of_life(client, db):
    heartbeat()
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "degraded": [], "database": "ok", "broker": "ok", "worker": "ok"}


@pytest.mark.parametrize("last", [None, 300])
def test_a_worker_that_is_silent_is_named_and_desks_work_on(client, db, last):
    cache.clear() if last is None else cache.set(HEARTBEAT, time.time() - last)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["degraded"] == ["worker"]


def test_a_broker_that_is_away_is_named_and_desks_work_on(client, db, monkeypatch):
    monkeypatch.setattr(settings, "CELERY_BROKER_URL", "redis+socket:///nowhere/valkey.sock?virtual_host=0")
    monkeypatch.setattr(health, "worker", lambda: health.FINE)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["degraded"] == ["broker"]


def test_without_the_database_it_is_not_ready(client, transactional_db):
    connection.close()
    where = connection.settings_dict["HOST"]
    connection.settings_dict["HOST"] = "/nowhere"
    try:
        answer = client.get("/readyz")
        assert client.get("/healthz").status_code == 200
    finally:
        connection.close()
        connection.settings_dict["HOST"] = where
    assert answer.status_code == 503
    assert answer.json()["status"] == "unavailable"
    assert answer.json()["database"] == "away"


@pytest.mark.parametrize("problem", [OperationalError("away"), InterfaceError("connection already closed")])
def test_a_connection_that_broke_is_a_database_that_is_away(client, db, monkeypatch, problem):
    class Broken:
        def cursor(self):
            raise problem

    monkeypatch.setattr(health, "connection", Broken())
    assert client.get("/readyz").status_code == 503


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_nothing_can_be_posted_to_them(client, db, address):
    assert client.post(address).status_code == 405
