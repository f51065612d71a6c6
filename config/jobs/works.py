"""The kinds of long work that rooms bring."""
from collections.abc import Callable
from dataclasses import dataclass

from config.contributions.registry import registry

WORKS = registry("works")


@dataclass(frozen=True)
class Work:
    """`step(job)` does one bounded step (a few seconds at most) inside a transaction that also saves the job's cursor.

    It moves `job.cursor`, `job.done`, `job.total`, `job.result` and returns True when nothing is left. `stopped(job)` is told, in the
    transaction that ends it, when a job fails or is cancelled, so that the record it was about can say so.
    """

    key: str
    step: Callable
    page: str = ""
    stopped: Callable | None = None


def register(**facts):
    """Add a kind of work."""
    return WORKS.add(Work(**facts))
