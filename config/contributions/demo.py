"""Demo data: each room writes its own part of the demo company, in one agreed order."""
from collections.abc import Callable
from dataclasses import dataclass

from config.contributions.registry import registry

PARTS = registry("demo data")


@dataclass(frozen=True)
class Part:
    """`load(world)` writes the rows set-based. `world` carries seed, today, random and what earlier parts left (world.halls ...).

    `append(world, first_day, last_day)` goes on when a demo database is opened on a later day: it puts back into `world` what
    `load` left there, and writes the days that are missing.
    """

    key: str
    order: int
    load: Callable
    append: Callable | None = None


def register(**facts):
    """Add a part; called from a room's `demo.py`."""
    return PARTS.add(Part(**facts))


def in_order():
    """Every part, in the order of loading."""
    return sorted(PARTS.all(), key=lambda part: part.order)
