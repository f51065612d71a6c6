"""Servers that live as long as one run of the tests, with a migrated database to clone for each of its processes.

The migrated cluster is kept by a hash of the migrations: a run whose migrations are unchanged copies files
instead of migrating, and is ready in a second. Where there is room for it, what the servers write lies in memory: to clone a
database makes and removes thousands of files, which ext4 takes up to two seconds for and memory a twentieth of one.
"""
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from config.embedded import places, servers

MEMORY = Path("/dev/shm")  # noqa: S108 - nobody else can enter what lies there
ROOM, SPARE = 3 << 30, 3 << 30  # bytes for the servers' files, and for the processes of the tests
KEPT = 3  # clusters kept for later runs, the newest ones
CHANGES_IT = ["*/migrations/*.py", "config/embedded/roles.py", "config/embedded/servers.py",
              "config/management/commands/prepare_database.py", "requirements.txt"]


@dataclass(frozen=True)
class InMemory(places.Instance):
    """An instance whose database lies in memory."""

    @property
    def data(self):
        """PostgreSQL's data folder."""
        return memory_of(self) / "postgres"


def memory_of(instance):
    """The folder in memory that belongs to an instance."""
    return MEMORY / instance.sockets.name


def has_room():
    """Whether a run of the tests finds room in memory."""
    try:
        free, known = os.statvfs(MEMORY), dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
    except OSError:
        return False
    return min(free.f_bavail * free.f_frsize, int(known["MemAvailable"].split()[0]) * 1024 - SPARE) >= ROOM


class Throwaway:
    """The servers of one run: `start` them once, `clone` a database a process, `stop` leaves nothing behind."""

    def __init__(self, instance):
        self.instance = InMemory(instance.name) if has_room() else instance
        self.children = []

    def start(self):
        """Start both servers, with the database `hallkeeper` migrated and never to be written to."""
        remove_leftovers()
        kept = cluster_folder()
        if not kept.exists():
            self._make(kept)
        fill(self.instance)
        self._run()

    def _run(self):
        servers.start(self.instance, for_tests=True, adopt=self.children.append)

    def _make(self, kept):
        """Migrate once and keep the stopped cluster; a quicker run's cluster is as good."""
        self._run()
        environment = os.environ | {places.INSTANCE: self.instance.name, "DATABASE_AS_OWNER": "on",
                                    "DJANGO_SETTINGS_MODULE": "config.settings"}
        done = subprocess.run([sys.executable, "manage.py", "prepare_database"], cwd=places.CHECKOUT, env=environment,
                              capture_output=True, text=True)
        self._end()
        if done.returncode:
            raise servers.NoServer(f"The tests' database could not be migrated.\n{done.stderr or done.stdout}")
        kept.parent.mkdir(parents=True, exist_ok=True)
        making = kept.with_name(f"{kept.name}-{os.getpid()}")
        subprocess.run(["cp", "-a", self.instance.data, making], check=True)
        try:
            making.rename(kept)
        except OSError:
            shutil.rmtree(making)
        for old in sorted(kept.parent.iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)[KEPT:]:
            shutil.rmtree(old, ignore_errors=True)

    def _end(self):
        for child in reversed(self.children):
            child.stop()
        self.children.clear()

    def stop(self):
        """Stop the servers and remove their files."""
        for child in self.children:
            child.end_signal = signal.SIGQUIT if child.name == "postgres" else signal.SIGKILL
        self._end()
        remove(self.instance)


def cluster_folder():
    """Where the migrated cluster of the present migrations is kept."""
    digest = hashlib.sha256()
    for pattern in CHANGES_IT:
        for path in sorted(places.CHECKOUT.glob(pattern)):
            digest.update(str(path.relative_to(places.CHECKOUT)).encode() + path.read_bytes())
    return places.state_folder() / "clusters" / digest.hexdigest()[:16]


def fill(instance):
    """Give an instance that does not run the migrated cluster, if one is kept; without one it is made when it starts."""
    if cluster_folder().exists():
        servers.make_folders(instance)
        shutil.rmtree(instance.data)
        subprocess.run(["cp", "-a", cluster_folder(), instance.data], check=True)


def clone(instance, name):
    """Make the database `name` anew as a copy of the migrated one, and end whatever is connected to the old one."""
    with psycopg.connect(host=str(instance.sockets), user=places.OWNER, dbname="postgres", autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
            sql.Identifier(name), sql.Identifier(places.DATABASE)))


def remove(instance):
    """Remove the files of an instance that does not run."""
    for folder in (instance.folder, instance.sockets, memory_of(instance)):
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def ended_by_term():
    """TERM ends the block as Ctrl-C does: what it started is stopped and removed."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def remove_leftovers():
    """Remove what runs that were killed left behind: instances named after a process that is no more."""
    for folder in (places.state_folder() / "instances").glob("test-*"):
        process = folder.name.split("-")[1]
        if process.isdigit() and not _alive(int(process)):
            remove(places.Instance(folder.name))


def _alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
