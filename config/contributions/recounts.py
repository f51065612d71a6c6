"""Recounts: figures that are kept beside the records they are made of, and how to find where the two differ (DESIGN section 8).

A room that keeps sums registers one in its `recounts.py`; `manage.py verify` runs them all.
"""
from collections.abc import Callable
from dataclasses import dataclass

from config.contributions.registry import registry

RECOUNTS = registry("recounts")


@dataclass(frozen=True)
class Recount:
    """`differences()` counts out of the records, changes nothing, and yields a line in English for each figure that is kept as something else."""

    key: str
    label: str
    differences: Callable


def register(**facts):
    """Add a recount; called from a room's `recounts.py`."""
    return RECOUNTS.add(Recount(**facts))
