"""Plans: how a schedule of the regulation becomes duties. Rooms above add theirs in `schedules.py`; the clock runs each by its own entry."""
from collections.abc import Callable
from dataclasses import dataclass

from config.contributions import schedules
from config.contributions.registry import registry

PLANS = registry("duty plans")
RUN = "staff.duties.tasks.run"


@dataclass(frozen=True)
class Plan:
    """`key` of schedules.md (SCH-01), `label` what is done, `clauses` that ask for it, `cadence` when it is looked at.

    `write(since, until)` makes what begins after `since` and up to `until` and returns how many duties that were. It is set-based, and
    what exists already it leaves alone. `page` is the address name to which a duty without a record leads.
    """

    key: str
    label: str
    clauses: tuple
    cadence: object
    write: Callable
    page: str = ""


def register(**facts):
    """Add a plan and its entry of the timetable."""
    plan = PLANS.add(Plan(**facts))
    schedules.register(key=plan.key, task=RUN, cadence=plan.cadence, label=plan.label, clause=", ".join(plan.clauses), args=(plan.key,))
    return plan
