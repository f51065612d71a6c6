"""The embedded servers: what they know, whom they let in, what a killed supervisor leaves."""
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis
from django.db import connection

from config.embedded import places, servers, throwaway


def test_chinese_words_have_trigrams(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT similarity('张伟明', '张伟'), lower('ÄÖÜ'), upper('é')")
        likeness, lower, upper = cursor.fetchone()
    assert 0.3 < likeness < 0.6
    assert (lower, upper) == ("äöü", "É")


def test_neither_server_listens_on_the_network(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW listen_addresses")
        assert cursor.fetchone() == ("",)
    assert redis.Redis(unix_socket_path=str(places.current().valkey_socket)).config_get("port") == {"port": "0"}


@pytest.fixture
def instance():
    """An instance of the test's own, migrated, with nothing in it."""
    one = places.Instance(f"test-{os.getpid()}-own")
    throwaway.fill(one)
    yield one
    throwaway.remove(one)


@pytest.fixture
def launch(instance):
    """Starts the servers the way `./run servers` does; ends what the test left."""
    started = []

    def start():
        environment = os.environ | {places.INSTANCE: instance.name, "DJANGO_SETTINGS_MODULE": "config.settings", "HTTPS": "off"}
        process = subprocess.Popen([sys.executable, "-m", "config.embedded", "servers"], cwd=places.CHECKOUT, env=environment,
                                   stderr=subprocess.PIPE, text=True)
        started.append(process)
        for line in process.stderr:
            if "Stop them with Ctrl-C" in line:
                return process
        raise AssertionError("the servers did not start")

    yield start
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def query(instance, statement):
    """One statement as the owner, on a connection of its own."""
    with psycopg.connect(host=str(instance.sockets), user=places.OWNER, dbname=places.DATABASE, autocommit=True) as session:
        answer = session.execute(statement)
        return answer.fetchone() if answer.description else None


def until(condition, seconds=10):
    """Wait until the condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)


@pytest.mark.slow
def test_a_hard_kill_leaves_no_server_and_loses_nothing_that_was_committed(instance, launch):
    supervisor = launch()
    query(instance, "CREATE TABLE kept (word text)")
    query(instance, "INSERT INTO kept VALUES ('committed')")
    supervisor.kill()
    supervisor.wait()
    until(lambda: not servers.answers(instance.sockets / ".s.PGSQL.5432") and not servers.answers(instance.valkey_socket))
    again = launch()
    assert query(instance, "SELECT word FROM kept") == ("committed",)

    server = int((instance.data / "postmaster.pid").read_text().splitlines()[0])
    os.kill(server, signal.SIGKILL)
    until(lambda: servers.postgres_ready(instance) and int(
        (instance.data / "postmaster.pid").read_text().splitlines()[0]) != server, 20)
    assert query(instance, "SELECT word FROM kept") == ("committed",)

    second = subprocess.run([sys.executable, "-m", "config.embedded", "servers"], cwd=places.CHECKOUT, capture_output=True, text=True,
                            env=os.environ | {places.INSTANCE: instance.name})
    assert second.returncode == 1
    assert second.stderr.strip() == f"This checkout already runs (process {again.pid}). Stop that one with Ctrl-C first."

    again.send_signal(signal.SIGINT)
    assert again.wait(30) == 0
    assert not servers.answers(instance.sockets / ".s.PGSQL.5432")
    assert not Path(instance.data / "postmaster.pid").exists()


def test_a_half_made_data_folder_is_made_anew(instance):
    servers.make_folders(instance)
    (instance.folder / "making").touch()
    (instance.data / "PG_VERSION").write_text("18")
    servers.make_cluster(instance)
    assert (instance.data / "global" / "pg_control").exists()
    assert not (instance.folder / "making").exists()


def test_where_memory_has_no_room_the_servers_of_the_tests_write_to_the_disk(monkeypatch):
    one = places.Instance("nobodys")
    monkeypatch.setattr(throwaway, "ROOM", 1 << 60)
    assert throwaway.Throwaway(one).instance.data == one.data
    monkeypatch.setattr(throwaway, "MEMORY", places.CHECKOUT / "nowhere")
    assert not throwaway.has_room()


def test_what_lies_in_memory_goes_with_its_instance(monkeypatch, tmp_path):
    monkeypatch.setattr(throwaway, "MEMORY", tmp_path)
    one = throwaway.InMemory("nobodys")
    one.data.mkdir(parents=True)
    assert one.data.is_relative_to(tmp_path)
    throwaway.remove(places.Instance("nobodys"))  # as the next run does after one that was killed
    assert list(tmp_path.iterdir()) == []
