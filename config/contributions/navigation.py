"""Navigation: the entries of the side column, by chapter, each shown only to who may open it."""
from collections.abc import Callable
from dataclasses import dataclass

from config.contributions.registry import registry

ENTRIES = registry("navigation")


@dataclass(frozen=True)
class Entry:
    """One entry: `chapter` key ('reception'), `label`, url name `page`, `capability`. `count(user, hall)` gives {key: (open, late)} for
    this entry and for any others that name the same function: a page asks it once.

    `also` holds the beginnings of addresses that belong to the entry though they do not begin with its own, such as '/staff/teams/'.
    """

    key: str
    chapter: str
    label: str
    page: str
    capability: str
    order: int = 50
    count: Callable | None = None
    words: str = ""
    also: tuple = ()


def register(**facts):
    """Add an entry; called from a room's `navigation.py`."""
    return ENTRIES.add(Entry(**facts))
