"""Schedules: what the clock starts. config/celery.py builds the beat timetable from them, one named entry each."""
from dataclasses import dataclass

from config.contributions.registry import registry

SCHEDULES = registry("schedules")


@dataclass(frozen=True)
class Schedule:
    """`key` names the timetable entry, `task` is a dotted Celery task name, `cadence` a celery schedule, `label` what it does, `clause` why;
    `args` is what the task is called with."""

    key: str
    task: str
    cadence: object
    label: str
    clause: str = ""
    args: tuple = ()


def register(**facts):
    """Add a schedule; called from a room's `schedules.py`."""
    return SCHEDULES.add(Schedule(**facts))


def all():  # noqa: A001 - reads as schedules.all()
    """Every schedule, in the order of registration."""
    return SCHEDULES.all()
