"""Navigation: the entries of the side column, by chapter, each shown only to who may open it."""
from collections.abc import Callable
from dataclasses import dataclass

from config.contributions.registry import registry

ENTRIES = registry("navigation")


@dataclass(frozen=True)
class Entry:
    """One entry: `chapter` key ('reception'), `label`, url name `page`, `capability`; `count(user, hall)` gives (open, late) or None."""

    key: str
    chapter: str
    label: str
    page: str
    capability: str
    order: int = 50
    count: Callable | None = None
    words: str = ""


def register(**facts):
    """Add an entry; called from a room's `navigation.py`."""
    return ENTRIES.add(Entry(**facts))
