"""Holdings: what a person owns in each room, and how it is handed to another (leavers, transfers, shift handover)."""
from collections.abc import Callable
from dataclasses import dataclass

from config.contributions.registry import registry

HOLDINGS = registry("holdings")


@dataclass(frozen=True)
class Holding:
    """`owned(employee)` is a queryset of open records; `hand_over(actor, records, to, now, reason="")` moves them in the room's own
    words, with the reason in their history. `capability` is the right over the owner that it takes to hand them over."""

    key: str
    label: str
    owned: Callable
    hand_over: Callable
    capability: str


def register(**facts):
    """Add a holding; called from a room's `holdings.py`."""
    return HOLDINGS.add(Holding(**facts))
