"""PostgreSQL and Valkey of an instance: made, started, waited for, stopped."""
import os
import shutil
import signal
import socket
import subprocess
import time

from config.embedded import places, wheels
from config.embedded.children import Child

START_SECONDS = 30  # a server that was just killed holds its lock until it is reaped
INITDB = ["-U", places.OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--lc-ctype=C.UTF-8",
          "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync"]
IN_A_HURRY = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]  # for tests alone


class NoServer(SystemExit):
    """A server did not start; the text says where its log is."""


def _log(instance, name):
    return open(instance.folder / f"{name}.log", "ab")


def postgres(instance, *, for_tests=False):
    """The PostgreSQL of an instance as a Child, not yet started."""
    settings = ["listen_addresses=", f"unix_socket_directories={instance.sockets}", "jit=off", "join_collapse_limit=4", "timezone=UTC",
                "log_timezone=UTC", "max_connections=200", *(IN_A_HURRY if for_tests else [])]
    command = [wheels.postgres_bin() / "postgres", "-D", instance.data]
    for setting in settings:
        command += ["-c", setting]
    log = _log(instance, "postgres")
    return Child("postgres", command, end_signal=signal.SIGINT, patience=20,
                 options={"cwd": "/", "stdout": log, "stderr": log, **wheels.as_nobody()})


def valkey(instance):
    """The Valkey of an instance as a Child, not yet started."""
    log = _log(instance, "valkey")
    command = [wheels.valkey_server(), "--port", "0", "--unixsocket", instance.valkey_socket, "--unixsocketperm", "700",
               "--dir", instance.valkey_data, "--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction",
               "--databases", "64"]
    return Child("valkey", command, options={"cwd": "/", "stdout": log, "stderr": log})


def make_folders(instance):
    """Make the folders of an instance, each with its right owner."""
    ids = wheels.nobody()
    instance.folder.mkdir(mode=0o755 if ids else 0o700, parents=True, exist_ok=True)
    places.private_folder(instance.sockets, owner=ids[0] if ids else None)
    places.private_folder(instance.data, owner=ids[0] if ids else None)
    places.private_folder(instance.valkey_data)


def make_cluster(instance):
    """Make PostgreSQL's data folder unless it is there; a half-made one of a killed run is made anew."""
    if (instance.data / "PG_VERSION").exists() and not (instance.folder / "making").exists():
        return
    (instance.folder / "making").touch()
    for entry in instance.data.iterdir():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    done = subprocess.run([wheels.postgres_bin() / "initdb", "-D", instance.data, *INITDB], cwd="/", text=True,
                          capture_output=True, env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}, **wheels.as_nobody())
    if done.returncode:
        raise NoServer(f"PostgreSQL could not make its data folder {instance.data}: {done.stderr.strip()}")
    (instance.folder / "making").unlink()


def stop_leftover(instance):
    """Stop a PostgreSQL that still owns the data folder, left over from a supervisor that was killed."""
    if (instance.data / "postmaster.pid").exists():
        subprocess.run([wheels.postgres_bin() / "pg_ctl", "stop", "-D", instance.data, "-m", "fast", "-t", "10"],
                       cwd="/", capture_output=True, **wheels.as_nobody())


def answers(path):
    """Whether somebody listens on this socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1)
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True


def postgres_ready(instance):
    """Whether PostgreSQL takes queries now."""
    if not answers(instance.sockets / ".s.PGSQL.5432"):
        return False
    done = subprocess.run([wheels.postgres_bin() / "pg_isready", "-q", "-h", instance.sockets, "-U", places.OWNER,
                           "-d", "postgres"], cwd="/")
    return done.returncode == 0


def start(instance, *, for_tests=False, adopt=None):
    """Start both servers and wait until they answer; returns the two Children. Raises NoServer after 30 seconds.

    `adopt` is called with each Child before it is started, for a caller that must stop it even when we are interrupted.
    """
    make_folders(instance)
    make_cluster(instance)
    stop_leftover(instance)
    waiting = [(postgres(instance, for_tests=for_tests), lambda: postgres_ready(instance)),
               (valkey(instance), lambda: answers(instance.valkey_socket))]
    for child, _ready in waiting:
        if adopt is not None:
            adopt(child)
        child.start()
    for child, ready in waiting:
        wait(child, ready, instance)
    return [child for child, _ready in waiting]


def wait(child, ready, instance):
    """Wait until `ready`, starting the child again when it ends early."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if not child.running:
            time.sleep(0.5)
            if child.name == "postgres":
                stop_leftover(instance)
            child.start()
        if ready():
            return
        time.sleep(0.05)
    child.stop()
    raise NoServer(f"{child.name} did not start within {START_SECONDS} seconds. Read {instance.folder / child.name}.log.")
