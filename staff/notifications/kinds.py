"""Kinds of notification: what people can be told of. Rooms add theirs in `notifications.py`."""
from dataclasses import dataclass

from config.contributions.registry import registry

KINDS = registry("notification kinds")
OFF, NOW, DAILY = "off", "now", "daily"  # how a kind comes by e-mail: never, at once, in the mail of the day


@dataclass(frozen=True)
class Kind:
    """One kind.

    `sentence` says what happened, with values in it as %(name)s (words.py), and never names a customer: that is read from the record, by
    whoever may open it. `why` tells why somebody gets it, `clauses` which rules ask for it. `mandatory`: nobody switches it off in the
    application. `urgent`: it does not wait for the end of quiet hours. `email` and `robot`: how it comes until the person chooses.
    """

    key: str
    label: str
    sentence: str
    why: str
    clauses: tuple = ()
    mandatory: bool = False
    urgent: bool = False
    email: str = OFF
    robot: bool = False
    order: int = 50


def register(**facts):
    """Add a kind; called from a room's `notifications.py`."""
    return KINDS.add(Kind(**facts))


def in_order():
    """Every kind, as the page of choices lists them."""
    return sorted(KINDS.all(), key=lambda kind: (kind.order, kind.key))
