"""Timing an act beside its floor: in turn, in the same minute, after a warm-up; statements are counted in a run of their own."""
import itertools
import math
import statistics
import time
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext

WARM_UP = (3, 20)  # runs of each that are not timed: one of every sample, so that both sides find in memory what a busy day keeps there
NOT_COUNTED = {"BEGIN", "COMMIT"}  # the frame of a transaction, which is written with the first statement in it


@dataclass(frozen=True)
class Side:
    """What one side took: milliseconds of each run, and the statements of one."""

    times: tuple
    statements: int

    @property
    def median(self):
        """The run in the middle."""
        return statistics.median(self.times)

    @property
    def p95(self):
        """Nineteen runs in twenty took no longer."""
        return sorted(self.times)[math.ceil(0.95 * len(self.times)) - 1]


@dataclass(frozen=True)
class Result:
    """An act at one size, with its floor or without one (None)."""

    act: object
    size: int
    ours: Side
    floor: Side | None

    @property
    def times_floor(self):
        """How many times its floor the act takes: by the medians, or by the p95 where the goal says so; None without a floor."""
        if self.floor is None:
            return None
        return self.ours.p95 / self.floor.p95 if self.act.by_p95 else self.ours.median / self.floor.median


def measure(act, size, browser, bare, *, runs):
    """Time `runs` runs of the act and of its floor in turn."""
    samples = list(act.samples())
    given, (least, most) = itertools.cycle(samples), WARM_UP
    sides = [(act.ours, browser)] + ([(act.bare, bare)] if act.bare else [])
    for sample in itertools.islice(given, max(least, min(len(samples), most))):
        for do, by in sides:
            run(act, do, by, sample)
    counted = [statements(act, do, by, next(given)) for do, by in sides]
    times = [[] for _side in sides]
    for turn in range(runs):
        sample = next(given)
        for place in (range(len(sides)) if turn % 2 else reversed(range(len(sides)))):
            times[place].append(run(act, *sides[place], sample))
    made = [Side(tuple(took), count) for took, count in zip(times, counted, strict=True)]
    return Result(act, size, made[0], made[1] if act.bare else None)


def run(act, do, browser, sample):
    """One run; returns its milliseconds. What it wrote is put away afterwards, out of time."""
    began = time.perf_counter()
    do(browser, sample)
    took = 1000 * (time.perf_counter() - began)
    act.after()
    return took


def statements(act, do, browser, sample):
    """How many statements one run sends, savepoints among them."""
    with CaptureQueriesContext(connection) as seen:
        do(browser, sample)
    act.after()
    return sum(query["sql"] not in NOT_COUNTED for query in seen.captured_queries)
