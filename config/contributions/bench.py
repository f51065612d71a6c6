"""What `manage.py bench` fills its databases with and what it times: each room brings its own rows and its own acts (DESIGN section 8)."""
from collections.abc import Callable
from dataclasses import dataclass

from config.contributions.registry import Registry

FILLS, ACTS = Registry("bench fills"), Registry("bench acts")  # a tool of whoever builds this: not on the page that shows the company its registries


@dataclass(frozen=True)
class Fill:
    """`write(cursor, count)` adds `count` rows of the room's main records with all that hangs on them, in statements over whole sets."""

    key: str
    order: int
    write: Callable


@dataclass(frozen=True)
class Act:
    """Something people do, and the floor beside which it is timed.

    `samples()` gives what the runs are made with, one after another: for a record its id, for a look-up what is typed. `ours(browser,
    sample)` does the act through the pages as `user`, a person of the demo. `bare(browser, sample)` asks the bare views for the same, at
    `/<key>/` or below; `views` are these, as (path after the key, view). An act without a floor has None. `after()` puts away what a run
    wrote, out of time.

    The goals, None where there is none: `times_floor` (of the medians, of the p95 where `by_p95`), `growth` (its median over that at
    the smallest size), `statements`, and `beside`, (key of another act, times its median).
    """

    key: str
    order: int
    label: str
    user: str
    samples: Callable
    ours: Callable
    bare: Callable | None = None
    after: Callable = lambda: None
    views: tuple = ()
    times_floor: float | None = None
    by_p95: bool = False
    growth: float | None = None
    statements: int | None = None
    beside: tuple | None = None


def register_fill(**facts):
    """Add rows; called from a room's `bench.py`."""
    return FILLS.add(Fill(**facts))


def register_act(**facts):
    """Add an act; called from a room's `bench.py`."""
    return ACTS.add(Act(**facts))


def fills():
    """Every fill, in the order of writing."""
    return sorted(FILLS.all(), key=lambda fill: fill.order)


def acts():
    """Every act, in the order of timing."""
    return sorted(ACTS.all(), key=lambda act: act.order)
