"""Reports: sections of periodical reports and the blank forms of the paper pack."""
from collections.abc import Callable
from dataclasses import dataclass

from config.contributions.registry import registry

BLANK_FORMS = registry("blank forms")


@dataclass(frozen=True)
class BlankForm:
    """A form of forms.md that can be printed empty for a day without power; `context(hall)` gives the template's variables."""

    key: str
    label: str
    template: str
    context: Callable


def register_blank(**facts):
    """Add a blank form; called from a room's `reports.py`."""
    return BLANK_FORMS.add(BlankForm(**facts))
