"""Search: what the command bar and the page of results offer, each source answering by the rights of who asks."""
from collections.abc import Callable
from dataclasses import dataclass

from config.accounts.access import SIGNED_IN
from config.contributions.registry import registry

SOURCES = registry("search")


@dataclass(frozen=True)
class Source:
    """One kind of record that is looked for. `find(user, words, limit)` gives dicts with label, detail, url, icon, in one statement or few,
    however many are found. Only who has `capability` is offered the kind; `page` is the list that shows all of it, given the words as `q`;
    `shortest` is how many signs have to be typed.
    """

    key: str
    label: str
    find: Callable
    order: int = 50
    capability: str = SIGNED_IN
    page: str = ""
    shortest: int = 1


def register(**facts):
    """Add a source; called from a room's `search.py`."""
    return SOURCES.add(Source(**facts))
