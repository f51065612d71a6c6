"""A whole system of the tests' own: PostgreSQL, Valkey, web, worker and beat, held up by the demo's own supervisor.

Everything runs as in production but for plain http: the application's role, durable commits, gunicorn with its pool. What the
supervisor holds comes back by itself when a test kills it; a test that stops a server and starts it later keeps it down meanwhile.
"""
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import psycopg

from config.embedded import places, servers, throwaway
from config.embedded.__main__ import programs
from config.embedded.supervisor import Supervisor

PATIENCE = 60  # seconds until something that has to come back is given up
VISIBILITY_TIMEOUT = 5  # seconds: after that the broker hands a killed worker's task out again


def until(condition, seconds=PATIENCE, *, what="it", pause=0.05):
    """Wait until the condition holds; returns how many seconds that took."""
    start = time.monotonic()
    while not condition():
        assert time.monotonic() < start + seconds, f"{what} did not come true within {seconds} seconds"
        time.sleep(pause)
    return time.monotonic() - start


def free_port():
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class System:
    """`start` it once a run; `filled` then says who there is and how they are signed in."""

    def __init__(self):
        self.instance = places.Instance(f"test-{os.getpid()}-system")
        self.port = free_port()
        self.supervisor = Supervisor(self.instance)
        self.children, self.filled = {}, {}
        self._lock, self._ended = threading.Lock(), threading.Event()
        self._watcher = threading.Thread(target=self._hold_up, daemon=True)  # a child dies with the thread that started it

    @property
    def environment(self):
        """The variables of every program of this system: its own instance, plain http, no second step."""
        left_out = ("DATABASE_AS_OWNER", "DATABASE_URL", "REDIS_URL", "REDIS_NUMBER", "DEMO", "EMAIL_URL", "PYTEST_XDIST_WORKER")
        return {name: value for name, value in os.environ.items() if name not in left_out} | {
            places.INSTANCE: self.instance.name, "DJANGO_SETTINGS_MODULE": "config.settings", "HTTPS": "off", "SECOND_FACTOR": "off",
            "VISIBILITY_TIMEOUT": str(VISIBILITY_TIMEOUT), "PYTHONUNBUFFERED": "1"}

    def start(self):
        """Servers, schema, people, programs; returns when the log-in page answers."""
        throwaway.remove_leftovers()
        self._start_servers()
        self.run("manage.py", "setup")
        self.filled = json.loads(self.run("-m", "tests.faults.fill", DJANGO_SETTINGS_MODULE="config.settings_test"))
        for child in programs(self.instance, "127.0.0.1", self.port):
            log = open(self.log(child.name), "ab")  # noqa: SIM115 - the program writes to it as long as it runs
            child.options |= {"env": self.environment, "stdout": log, "stderr": log}
            self.children[child.name] = child
        self._watcher.start()
        until(self.answers, what="the log-in page")
        until(lambda: self.ready()["status"] == "ready", what="the worker")

    def _start_servers(self):
        kept = throwaway.cluster_folder()
        if kept.exists():
            servers.make_folders(self.instance)
            shutil.rmtree(self.instance.data)
            subprocess.run(["cp", "-a", kept, self.instance.data], check=True)
        servers.start(self.instance, adopt=self._add)

    def _add(self, child):
        self.children[child.name] = child
        self.supervisor.children.append(child)

    def run(self, *command, **more):
        """A program of this system that ends by itself; its output."""
        done = subprocess.run([sys.executable, *command], cwd=places.CHECKOUT, env=self.environment | more, text=True, capture_output=True)
        assert done.returncode == 0, f"{command} ended with {done.returncode}.\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def _hold_up(self):
        for name in ("web", "worker", "beat"):
            self.supervisor.add(self.children[name])
        while not self._ended.wait(0.1):
            with self._lock:
                self.supervisor._deaths.clear()  # the growing pauses of a child that keeps dying are not what is tested here
                self.supervisor.watch()

    def stop(self):
        """Stop what was started and remove its files."""
        with self._lock:
            self._ended.set()
            self.supervisor.stop()
        throwaway.remove(self.instance)

    # ------------------------------------------------------------------------------------------------ looking

    def log(self, name):
        """Where a program writes."""
        return self.instance.folder / f"{name}.log"

    @contextmanager
    def database(self):
        """A connection of the owner, past the application."""
        with psycopg.connect(host=str(self.instance.sockets), user=places.OWNER, dbname=places.DATABASE, autocommit=True) as connection:
            yield connection

    def sql(self, statement, values=None):
        """The rows of one statement."""
        with self.database() as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def one(self, statement, values=None):
        """The first column of the only row."""
        return self.sql(statement, values)[0][0]

    def answers(self):
        """Whether a web process answers."""
        from tests.faults.window import Cut, Window

        try:
            return Window(self).get("/healthz").status == 200
        except Cut:
            return False

    def ready(self):
        """What /readyz says; {'status': 'silent'} when nobody answers."""
        from tests.faults.window import Cut, Window

        try:
            answer = Window(self).get("/readyz")
        except Cut:
            return {"status": "silent", "code": 0}
        return json.loads(answer.body) | {"code": answer.status}

    def unsent(self):
        """How many messages still wait to leave the house."""
        return self.one("SELECT count(*) FROM config_message WHERE state = 'waiting'")

    def quiet(self):
        """Wait until no transaction of the application runs, also none of a process that is no more."""
        busy = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND state <> 'idle'"
        until(lambda: self.one(busy, [places.APPLICATION]) == 0, what="the end of every transaction")

    # ------------------------------------------------------------------------------------------------ breaking

    def pids(self, name):
        """The process of a program and those that it started."""
        first = self.children[name].process.pid
        found = subprocess.run(["pgrep", "-P", str(first)], capture_output=True, text=True).stdout.split()
        return [first, *map(int, found)]

    def kill(self, *pids):
        """SIGKILL, at once."""
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue  # a child may go with its parent

    @contextmanager
    def down(self, name, number=signal.SIGKILL):
        """Nobody starts this child again while the block runs; it was sent `number` and is gone when the block begins."""
        child = self.children[name]
        with self._lock:
            self.supervisor.children.remove(child)
        child.process.send_signal(number)
        child.process.wait(PATIENCE)
        try:
            yield child
        finally:
            with self._lock:
                self.supervisor.children.insert(0, child)  # the watcher starts it

    def restart_postgres(self, number):
        """PostgreSQL is sent SIGINT (fast) or SIGQUIT (immediate) and started again; returns the seconds until it takes queries."""
        start = time.monotonic()
        with self.down("postgres", number):
            servers.stop_leftover(self.instance)
        until(lambda: self.children["postgres"].running and servers.postgres_ready(self.instance), what="PostgreSQL")
        return time.monotonic() - start
