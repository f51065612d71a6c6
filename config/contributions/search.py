"""Search: what the command bar offers, each source answering by the rights of who asks."""
from collections.abc import Callable
from dataclasses import dataclass

from config.contributions.registry import registry

SOURCES = registry("search")


@dataclass(frozen=True)
class Source:
    """`find(user, words, limit)` gives dicts with label, detail, url, icon."""

    key: str
    label: str
    find: Callable
    order: int = 50


def register(**facts):
    """Add a source; called from a room's `search.py`."""
    return SOURCES.add(Source(**facts))
