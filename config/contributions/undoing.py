"""Undoing: how a room takes back what an act wrote on one of its records (UX 16)."""
from collections.abc import Callable
from dataclasses import dataclass

from config.contributions.registry import registry

UNDOINGS = registry("undoing")


@dataclass(frozen=True)
class Undoing:
    """`key` is the record kind; `changeable(user)` the records that this person may still change; `locked(record)` the same record under
    the lock that every act on it takes; `restored(actor, record, act, now)` is told once the rows stand as before, says no with `Refused`
    where that breaks a rule by now, and puts right what has no history.
    """

    key: str
    changeable: Callable
    locked: Callable
    restored: Callable


def declare(**facts):
    """Add a kind; called from a room's `records.py`."""
    return UNDOINGS.add(Undoing(**facts))
