"""Holdings: what a person owns in each room, and how it is handed to another (leavers, transfers, shift handover)."""
from collections.abc import Callable
from dataclasses import dataclass

from config.contributions.registry import registry

HOLDINGS = registry("holdings")


@dataclass(frozen=True)
class Holding:
    """`owned(employee)` is a queryset of open records; `hand_over(actor, records, to, now)` moves them in the room's own words."""

    key: str
    label: str
    owned: Callable
    hand_over: Callable


def register(**facts):
    """Add a holding; called from a room's `holdings.py`."""
    return HOLDINGS.add(Holding(**facts))
