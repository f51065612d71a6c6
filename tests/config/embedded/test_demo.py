"""`./run demo`: the whole system from one command, and what happens when parts of it are killed."""
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
import redis

from config.embedded import places, servers, throwaway


@pytest.fixture
def port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def instance():
    """An instance that is migrated and has nothing in it; the tests of the deployment migrate from nothing."""
    one = places.Instance(f"test-{os.getpid()}-demo")
    throwaway.fill(one)
    yield one
    throwaway.remove(one)


@pytest.fixture
def demo(instance, port, tmp_path):
    """The demo in the foreground of a terminal that we can read; its page answers when the test begins."""
    ours = ("DATABASE_AS_OWNER", "HTTPS", "REDIS_NUMBER", "PYTEST_XDIST_WORKER")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    with open(tmp_path / "demo.log", "w+") as log:
        process = subprocess.Popen([sys.executable, "run", "demo", "--port", str(port)], cwd=places.CHECKOUT, stdout=log, stderr=log,
                                   env=kept | {places.INSTANCE: instance.name, "DJANGO_SETTINGS_MODULE": "config.settings"})
        try:
            until(lambda: process.poll() is not None or status(port, "/login/"), 150)
            assert process.poll() is None, (tmp_path / "demo.log").read_text()[-3000:]
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                process.wait(60)


def status(port, path):
    """The status of a page, 0 when nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return 0


def until(condition, seconds):
    """Wait until the condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.1)


def database_process(instance):
    """The number of PostgreSQL's first process, 0 while there is none."""
    try:
        return int((instance.data / "postmaster.pid").read_text().splitlines()[0])
    except (FileNotFoundError, IndexError):
        return 0


def part(port, name):
    """What /readyz says of one part."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
        return json.load(answer)[name]


@pytest.mark.slow
def test_it_serves_the_log_in_page_survives_killed_parts_and_ends_cleanly_on_ctrl_c(demo, instance, port):
    assert status(port, "/login/") == 200
    until(lambda: part(port, "worker") == "ok", 30)

    first = database_process(instance)
    os.kill(first, signal.SIGKILL)
    until(lambda: servers.postgres_ready(instance) and database_process(instance) != first, 20)
    until(lambda: status(port, "/readyz") == 200 and status(port, "/login/") == 200, 10)

    broker = redis.Redis(unix_socket_path=str(instance.valkey_socket))
    os.kill(broker.info("server")["process_id"], signal.SIGKILL)
    assert status(port, "/login/") == 200  # desks work on without a broker
    until(lambda: part(port, "broker") == "ok", 15)

    demo.send_signal(signal.SIGINT)
    assert demo.wait(30) == 0
    assert status(port, "/healthz") == 0
    assert not servers.answers(instance.sockets / ".s.PGSQL.5432")
    assert not servers.answers(instance.valkey_socket)


def test_a_port_that_is_taken_is_said_before_anything_is_started(instance):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        ended = subprocess.run([sys.executable, "-m", "config.embedded", "demo", "--port", str(taken)], cwd=places.CHECKOUT,
                               env=os.environ | {places.INSTANCE: instance.name}, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Port {taken} cannot be used")
    assert "Choose another with --port." in ended.stderr
