"""Register of personal data: each personal field with its purpose and retention class (PIPL 5, 6, 19).

A system check fails while a model that holds a person has a field that is neither in the register nor said to be impersonal.
"""
from dataclasses import dataclass

from config.contributions.registry import registry

FIELDS = registry("personal data")


@dataclass(frozen=True)
class PersonalModel:
    """`key` is the model label; `fields` maps a field to its purpose; `impersonal` names the rest; `retention` is a parameter key."""

    key: str
    fields: dict
    impersonal: tuple
    retention: str


def register(**facts):
    """Add a model that holds personal data; called from a room's `personal.py`."""
    return FIELDS.add(PersonalModel(**facts))
