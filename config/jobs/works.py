"""The kinds of long work that rooms bring."""
from collections.abc import Callable
from dataclasses import dataclass

from config.contributions.registry import registry

WORKS = registry("works")


@dataclass(frozen=True)
class Work:
    """`step(job)` does one bounded step (a few seconds at most) inside a transaction that also saves the job's cursor.

    It moves `job.cursor`, `job.done`, `job.total`, `job.result` and returns True when nothing is left. `stopped(job)` is told, in the
    transaction that ends it, when a job fails or is cancelled, so that the record it was about can say so. `label` says what is done
    with the job's title, such as "Import of %(title)s", and is read in the language of who looks, not of who started the job.
    """

    key: str
    step: Callable
    page: str = ""
    stopped: Callable | None = None
    label: str = ""


def title_of(job):
    """What a job is called: its title, within the words of its kind where that has any."""
    work = WORKS.get(job.work)
    return str(work.label) % {"title": job.title} if work and work.label else job.title


def register(**facts):
    """Add a kind of work."""
    return WORKS.add(Work(**facts))
