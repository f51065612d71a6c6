"""Keeps the children of one foreground process running until it is told to stop."""
import contextlib
import fcntl
import os
import signal
import sys
import time

from config.embedded import servers

SERVERS = {"postgres", "valkey"}
LONGEST_PAUSE = 10.0  # seconds before a child that keeps dying is started again


class Stop(Exception):
    """Ctrl-C or SIGTERM came."""


class Supervisor:
    """Starts children in order, restarts any that dies, stops them in the opposite order."""

    def __init__(self, instance):
        self.instance = instance
        self.children = []
        self._again_at = {}
        self._deaths = {}

    def listen(self):
        """Turn Ctrl-C, SIGTERM and a closed terminal into Stop, once; more of them while stopping change nothing."""
        def stop(number, frame):
            for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(one, signal.SIG_IGN)
            raise Stop

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, stop)

    def servers(self):
        """Start PostgreSQL and Valkey and wait for them."""
        servers.start(self.instance, adopt=self.children.append)

    def add(self, child):
        """Start a child that is to be kept running."""
        self.children.append(child)
        child.start()

    def run(self):
        """Watch the children until Stop."""
        while True:
            self.watch()
            time.sleep(0.2)

    def watch(self):
        """Start again what died: at once the first time, then after growing pauses while it keeps dying."""
        now = time.monotonic()
        for child in self.children:
            if child.running:
                continue
            if child.name not in self._again_at:
                deaths = [at for at in self._deaths.get(child.name, []) if now - at < 60] + [now]
                self._deaths[child.name] = deaths
                pause = 0 if len(deaths) == 1 else min(0.5 * 2 ** (len(deaths) - 2), LONGEST_PAUSE)
                self._again_at[child.name] = now + pause
                say(f"{child.name} ended with code {child.process.returncode}; it is started again.")
            if now >= self._again_at[child.name]:
                del self._again_at[child.name]
                if child.name == "postgres":
                    servers.stop_leftover(self.instance)
                child.start()

    def stop(self):
        """Stop the programs, all at once, then the servers that they need."""
        kinds = [child.name in SERVERS for child in self.children]
        for servers_turn in (False, True):
            group = [child for child, is_server in zip(self.children, kinds, strict=True) if is_server == servers_turn]
            for child in group:
                child.ask_to_end()
            for child in group:
                child.stop()


def say(sentence):
    """A line for whoever watches the terminal."""
    print(sentence, file=sys.stderr, flush=True)


@contextlib.contextmanager
def alone(instance):
    """Hold the instance's lock, so that two supervisors never start two sets of servers on one data folder."""
    servers.make_folders(instance)
    with open(instance.folder / "supervisor.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as held:
            lock.seek(0)
            raise SystemExit(f"This checkout already runs (process {lock.read().strip() or 'unknown'}). "
                             "Stop that one with Ctrl-C first.") from held
        lock.seek(0)
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
        yield
