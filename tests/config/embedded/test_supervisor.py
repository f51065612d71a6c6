"""The supervisor: restarts what dies, with patience, and stops in the right order."""
import sys
import time

import pytest

from config.embedded import places
from config.embedded.children import Child
from config.embedded.supervisor import Supervisor

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
DYING = [sys.executable, "-c", ""]
STUBBORN = [sys.executable, "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
                                  "print(1, flush=True); time.sleep(60)"]


@pytest.fixture
def supervisor():
    """A supervisor whose children are ended after the test."""
    one = Supervisor(places.Instance("nowhere"))
    yield one
    for child in one.children:
        if child.running:
            child.process.kill()
            child.process.wait()


def test_a_child_that_dies_is_started_again_at_once(supervisor):
    child = Child("web", SLEEPER)
    supervisor.add(child)
    first = child.process
    first.kill()
    first.wait()
    supervisor.watch()
    assert child.running
    assert child.process.pid != first.pid


def test_a_child_that_keeps_dying_is_started_after_growing_pauses(supervisor):
    child = Child("web", DYING)
    supervisor.add(child)
    starts, until = {child.process.pid}, time.monotonic() + 2.5
    while time.monotonic() < until:
        supervisor.watch()
        starts.add(child.process.pid)
        time.sleep(0.02)
    assert 3 <= len(starts) <= 5


def test_a_child_that_ignores_its_end_signal_is_killed(supervisor):
    child = Child("web", STUBBORN, patience=0.5, options={"stdout": -1})
    supervisor.add(child)
    child.process.stdout.readline()
    child.stop()
    assert not child.running


def test_programs_are_stopped_before_the_servers_they_need(supervisor, monkeypatch):
    order = []
    for name in ("postgres", "valkey", "web", "worker", "beat"):
        child = Child(name, SLEEPER)
        supervisor.add(child)
        ask = child.ask_to_end
        monkeypatch.setattr(child, "ask_to_end", lambda name=name, ask=ask: (order.append(name), ask()))
    supervisor.stop()
    assert set(order[:3]) == {"web", "worker", "beat"}
    assert not any(child.running for child in supervisor.children)
