"""Navigation: the entries of the side column, by chapter, the acts of the command bar and the keys, each shown only to who may use it."""
from collections.abc import Callable
from dataclasses import dataclass

from config.contributions.registry import registry

ENTRIES = registry("navigation")
ACTS = registry("acts of the command bar")
KEYS = registry("keys")


@dataclass(frozen=True)
class Entry:
    """One entry: `chapter` key ('reception'), `label`, url name `page`, `capability`. `count(user, hall)` gives {key: (open, late)} for
    this entry and for any others that name the same function: a page asks it once.

    `group` is the key of the caption under which it stands in its chapter (config.web.context.GROUPS); one without stands above them.
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
    group: str = ""


def register(**facts):
    """Add an entry; called from a room's `navigation.py`."""
    return ENTRIES.add(Entry(**facts))


@dataclass(frozen=True)
class Act:
    """Something one may begin from anywhere through the command bar: `page` is a url name, `method` "post" presses it at once, with a
    one-off key. `words` are further spellings, `keys` the single key that does the same, `part` an anchor or query behind the address.
    """

    key: str
    label: str
    page: str
    capability: str
    icon: str = "plus"
    method: str = "get"
    words: str = ""
    part: str = ""
    keys: str = ""
    order: int = 50


def offer_act(**facts):
    """Add an act of the command bar; called from a room's `navigation.py`."""
    return ACTS.add(Act(**facts))


@dataclass(frozen=True)
class KeyGroup:
    """The keys of one place: `label` says where they hold, `keys` are (keys as they are shown, what they do), `capability` who has them."""

    key: str
    label: str
    keys: tuple
    capability: str
    order: int = 50


def tell_keys(**facts):
    """Add a group of keys; called from a room's `navigation.py`."""
    return KEYS.add(KeyGroup(**facts))
