"""A worker that is killed and a broker that goes away lose nothing (RELIABILITY R6, R7). Run with ./run faults."""
import os
import signal
import subprocess
import sys
import time

import pytest
import redis
from django.conf import settings
from django.core.cache import cache

from config import celery
from config.celery import HEARTBEAT
from config.embedded import places, servers
from config.embedded.__main__ import programs

TIMEOUT = 5  # seconds of visibility: after that the broker hands a killed worker's task out again


@pytest.fixture
def programs_of(django_db_setup):
    """The demo's own worker and beat against this run's servers, with a short visibility timeout."""
    redis.Redis(unix_socket_path=str(places.current().valkey_socket), db=settings.REDIS_NUMBER).flushdb()
    environment = os.environ | {"VISIBILITY_TIMEOUT": str(TIMEOUT), "DJANGO_SETTINGS_MODULE": "config.settings_test"}
    found = {child.name: child for child in programs(places.current(), "127.0.0.1", 1)}
    found["worker"].command += ["--include", "tests.faults.probe"]
    for child in found.values():
        child.options |= {"env": environment}
    yield found
    for child in found.values():
        child.stop()


def until(condition, seconds):
    """Wait until the condition holds; how long that took."""
    start = time.monotonic()
    while not condition():
        assert time.monotonic() < start + seconds, "it never came true"
        time.sleep(0.1)
    return time.monotonic() - start


def lines(path):
    """What the probe wrote so far."""
    return path.read_text().split() if path.exists() else []


@pytest.mark.parametrize("victim", ["the whole worker", "its child"])
def test_a_killed_workers_task_is_done_once_after_the_visibility_timeout(programs_of, tmp_path, victim):
    worker, log = programs_of["worker"], tmp_path / "log"
    worker.start()
    assert celery.ring("tests.faults.probe", str(log), 30)
    until(lambda: lines(log) == ["started"], 30)
    if victim == "the whole worker":
        os.killpg(worker.process.pid, signal.SIGKILL)
        worker.process.wait()
        worker.start()
    else:
        subprocess.run(["pkill", "-KILL", "-P", str(worker.process.pid)], check=True)
    until(lambda: lines(log).count("done") == 1, TIMEOUT + 60)
    time.sleep(2 * TIMEOUT)
    assert lines(log) == ["started", "started", "done"]


def test_a_broker_that_comes_back_empty_finds_worker_and_beat_ready(programs_of):
    assert celery.ring("config.celery.heartbeat")
    for name in ("worker", "beat"):
        programs_of[name].start()
    until(lambda: cache.get(HEARTBEAT), 30)
    server = redis.Redis(unix_socket_path=str(places.current().valkey_socket))
    server.flushall()
    os.kill(server.info("server")["process_id"], signal.SIGKILL)
    time.sleep(3)
    again = servers.valkey(places.current())
    try:
        again.start()
        took = until(lambda: servers.answers(places.current().valkey_socket) and cache.get(HEARTBEAT), 60)
        assert took < 60
        assert celery.ring("config.celery.heartbeat")  # on a connection that the restart broke
    finally:
        again.stop()
        assert sys.exc_info()[0] is None or not again.running
