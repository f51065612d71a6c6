"""Register of personal data: each personal field with its purpose, its retention class and what erasing the person does to it (PIPL 5, 6, 19, 47).

A system check fails while a model that holds a person has a field that is neither in the register nor said to be impersonal, and
while a model of people who may ask to be erased does not answer for each of its fields.
"""
from collections.abc import Callable
from dataclasses import dataclass, field

from config.contributions.registry import registry

FIELDS = registry("personal data")
SUBJECTS = registry("people who may ask")
OBSTACLES = registry("obstacles to erasing")

DELETE = "delete"  # the row goes, and its history with it
EMPTY, NEUTRAL, KEEP = "empty", "neutral", "keep"  # what becomes of a field of a row that stays
SIGN = "—"  # stands where a field cannot be empty


@dataclass(frozen=True)
class PersonalModel:
    """`key` is the model label; `fields` maps a field to its purpose; `impersonal` names the rest; `retention` is a parameter key.

    How its rows belong to a person who may ask to be erased: `subject` are lookup paths to them, such as ("visit__customer",); `record` is
    the prefix of the pair (kind, record_id) that points at one of their records, "" for fields of the model itself; `found(people)` gives a
    condition on rows that tell of them without pointing at them. `erasing` is DELETE, or for each field EMPTY, NEUTRAL (SIGN where
    something stood), KEEP, or a function of (value, people); the same is done to the model's history. `label` names the rows to people.
    """

    key: str
    fields: dict
    impersonal: tuple
    retention: str
    label: str = ""
    subject: tuple = ()
    record: str | None = None
    found: Callable | None = None
    erasing: dict | str = field(default_factory=dict)

    @property
    def is_about_people_who_ask(self):
        """Whether rows of this model belong to somebody who may ask for them."""
        return bool(self.subject or self.record is not None or self.found)


@dataclass(frozen=True)
class Subject:
    """Somebody whose data may be asked for, such as a customer: `model` is the label of the main record.

    `family(ids)` adds the ids of records that are the same person; `known_by(ids)` gives a `Known`; `forget(actor, ids, now)` marks the
    records, before anything is emptied; `title(record)` names one without telling who it is.
    """

    key: str
    model: str
    label: str
    title: Callable
    family: Callable
    known_by: Callable
    forget: Callable


@dataclass(frozen=True)
class Known:
    """By what people are known: names; `numbers` in each way they are written, as digits; other addresses; `all_numbers` for the proof."""

    names: frozenset = frozenset()
    numbers: frozenset = frozenset()
    addresses: frozenset = frozenset()
    all_numbers: frozenset = frozenset()


@dataclass(frozen=True)
class Obstacle:
    """Why somebody cannot be erased yet: `held(people)` gives the ids of main records that it holds, `sentence` what to do."""

    key: str
    kind: str
    held: Callable
    sentence: str


def register(**facts):
    """Add a model that holds personal data; called from a room's `personal.py`."""
    return FIELDS.add(PersonalModel(**facts))


def name_subject(**facts):
    """Add a kind of people who may ask for their data; called from the `personal.py` of the room that keeps the main record."""
    return SUBJECTS.add(Subject(**facts))


def hold_back(**facts):
    """Add an obstacle to erasing; called from a room's `personal.py`."""
    return OBSTACLES.add(Obstacle(**facts))
