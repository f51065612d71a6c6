"""Panels and timeline entries: a box that a room above brings to a page of a room below, with its own scope."""
from collections.abc import Callable
from dataclasses import dataclass

from config.contributions.registry import registry

PANELS = registry("panels")
TIMELINES = registry("timeline entries")


@dataclass(frozen=True)
class Panel:
    """`place` such as 'customer'; `context(record, user)` gives the template's variables, or None to stay away."""

    key: str
    place: str
    template: str
    context: Callable
    order: int = 50


@dataclass(frozen=True)
class Timeline:
    """`place` such as 'customer'; `entries(record, user, limit)` gives dicts with at, title, detail, address, icon, newest first."""

    key: str
    place: str
    entries: Callable


def register(**facts):
    """Add a panel; called from a room's `panels.py`."""
    return PANELS.add(Panel(**facts))


def register_timeline(**facts):
    """Add a source of timeline entries; called from a room's `panels.py`."""
    return TIMELINES.add(Timeline(**facts))


def panels_of(place, record, user):
    """The panels to show at `place`: (template, context) pairs in their order."""
    shown = []
    for panel in sorted((p for p in PANELS.all() if p.place == place), key=lambda p: p.order):
        context = panel.context(record, user)
        if context is not None:
            shown.append({"template": panel.template, **context})
    return shown


def timeline_of(place, record, user, limit=50):
    """The newest `limit` entries of all sources at `place`, newest first."""
    entries = [entry for source in TIMELINES.all() if source.place == place for entry in source.entries(record, user, limit)]
    return sorted(entries, key=lambda entry: entry["at"], reverse=True)[:limit]
