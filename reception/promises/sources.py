"""From which records a promise may be made: rooms above name theirs from their `records.py`."""
from collections.abc import Callable
from dataclasses import dataclass

from config.contributions.records import KINDS


@dataclass(frozen=True)
class Source:
    """`about(record)` gives (customer or None, hall or None); `joins` what that reads."""

    about: Callable
    joins: tuple = ()


_SOURCES = {}


def declare(kind, *, about, joins=()):
    """Let promises be made from records of this kind."""
    _SOURCES[kind] = Source(about, joins)


def kinds():
    """The keys of the kinds from which promises are made."""
    return sorted(_SOURCES)


def record_of(kind, pk, user):
    """The record, if promises are made from its kind and this person may see it; else None."""
    source, known = _SOURCES.get(kind), KINDS.get(kind)
    if source is None or known is None:
        return None
    return known.visible_to(user).select_related(*source.joins).filter(pk=pk).first()


def about(kind, record):
    """(customer or None, hall or None) of such a record."""
    return _SOURCES[kind].about(record)
