"""Shift handover: what each room tells whoever takes over a post, found when the shift ends (FIELD 2.4 row 14)."""
from collections.abc import Callable
from dataclasses import dataclass

from config.contributions.registry import registry

LINES = registry("shift handover")


@dataclass(frozen=True)
class Lines:
    """`find(hall, giver, now)` gives dicts of plain values that stay with the handover as they are: `kind` and `id` of the record, and
    whatever `tell(line)` needs to put one into the reader's language. No name of a customer stands in them: the record tells it to who
    may read it. `order` is the place on the page.
    """

    key: str
    label: str
    find: Callable
    tell: Callable
    order: int = 50


def register(**facts):
    """Add lines; called from a room's `handovers.py`."""
    return LINES.add(Lines(**facts))


def in_order():
    """All of them, as the page shows them."""
    return sorted(LINES.all(), key=lambda one: (one.order, one.key))
