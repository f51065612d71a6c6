"""Guards: a room above may refuse a verb of a room below, with a sentence."""
from collections.abc import Callable
from dataclasses import dataclass

from config.contributions.registry import registry
from config.errors import Refused

GUARDS = registry("guards")


@dataclass(frozen=True)
class Guard:
    """`kind` and `verb` name what is guarded; `objection(record, actor)` gives a sentence, or nothing."""

    key: str
    kind: str
    verb: str
    objection: Callable


def register(**facts):
    """Add a guard; called from a room's `guards.py`."""
    return GUARDS.add(Guard(**facts))


def ask(kind, verb, record, actor):
    """Let every guard of this verb object; the first sentence becomes a `Refused`."""
    for guard in GUARDS.all():
        if (guard.kind, guard.verb) == (kind, verb):
            sentence = guard.objection(record, actor)
            if sentence:
                raise Refused(sentence)
