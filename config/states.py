"""What a table of transitions is: the arrows that a record may follow.

A room writes its arrows once (its `states.py`); services apply them, pages offer only the ones that lead away
from where the record stands, and property tests walk them.
"""
from dataclasses import dataclass

from config.errors import Refused


@dataclass(frozen=True)
class Transition:
    """One verb: the states it may start from, the state it leads to (None: stays), who may, and whether a reason is asked."""

    verb: str
    sources: frozenset
    target: str | None
    capability: str
    reason: bool = False

    def apply(self, state, sentence):
        """The state after this verb, or `Refused(sentence)` when the arrow does not start at `state`."""
        if state not in self.sources:
            raise Refused(sentence)
        return state if self.target is None else self.target


class Table(dict):
    """Verb -> Transition, with the question a page asks: what may happen next?"""

    def leading_from(self, state):
        """The verbs that may follow `state`, in the order they were written."""
        return [arrow for arrow in self.values() if state in arrow.sources]


def table(*arrows):
    """Build a Table from (verb, source or sources, target, capability, reason needed) rows."""
    rows = Table()
    for verb, sources, target, capability, reason in arrows:
        if verb in rows:
            raise ValueError(f"The verb {verb} stands twice in one table.")
        sources = frozenset([sources] if isinstance(sources, str) else sources)
        rows[verb] = Transition(verb, sources, target, capability, reason)
    return rows
