"""What the tests that break things share: one whole system a run, how much of everything, and the figures told at the end."""
from collections import Counter

import pytest

from tests.faults.system import System

FIGURES = pytest.StashKey[list]()


def pytest_addoption(parser):
    """How long and how often; without options the whole run stays below about fifteen minutes on two cores."""
    group = parser.getgroup("faults")
    group.addoption("--outage", type=float, default=60, help="seconds without broker (60); 600 is what the goal asks")
    group.addoption("--cut", type=float, default=60, help="seconds that a desk is cut off in mid-form (60); 300 is what the goal asks")
    group.addoption("--share", type=float, default=1, help="share of the rounds of every test (1), such as 0.05 to try something out")


@pytest.fixture(scope="session")
def system():
    """Web, worker, beat, PostgreSQL and Valkey of this run's own."""
    whole = System()
    try:
        whole.start()
        yield whole
    finally:
        whole.stop()


@pytest.fixture
def rounds(request):
    """`rounds(200)`: that many, or the share of it that was asked for."""
    return lambda count: max(1, round(count * request.config.getoption("--share")))


@pytest.fixture
def figure(request):
    """`figure("R5", "posts cut by a kill", "0 half", "0 of 812 half")`: a line of the table at the end."""
    kept = request.config.stash.setdefault(FIGURES, [])
    return lambda *cells: kept.append(tuple(map(str, cells)))


def pytest_terminal_summary(terminalreporter, config):
    """The table of the figures."""
    rows = config.stash.get(FIGURES, [])
    if not rows:
        return
    rows = [(row[0], f"{times} {row[1]}" if times > 1 else row[1], *row[2:]) for row, times in Counter(rows).items()]
    rows = [("goal", "what was done", "asked", "seen"), *rows]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    terminalreporter.section("figures")
    for row in rows:
        terminalreporter.line("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]]))
