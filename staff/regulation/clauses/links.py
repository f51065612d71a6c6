"""What a clause leads to: its parameters with their values, schedules, checklists, indicators, kinds of record and pages (FIELD 2.7 row 2).

What a room has brought stands first and can be opened; what is only named so far is shown by its name.
"""
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from django.urls import NoReverseMatch, reverse

from config.accounts.access import SIGNED_IN, may
from config.contributions import clauses as screens
from config.contributions import figures, records, schedules
from config.web.texts import CODES, Text
from staff.regulation import values
from staff.regulation.parameters import words

NAMES = Path(__file__).resolve().parents[1] / "data" / "names.yaml"
PARAMETER_PAGE = "parameter"
CLOCK = "clock"


@dataclass(frozen=True)
class Link:
    """One thing that a clause names. `there`: the house has it; `address` '' where it has no page for this person; `detail` its value."""

    kind: str
    key: str
    label: str
    address: str = ""
    detail: str = ""
    there: bool = False


@lru_cache(maxsize=1)
def names():
    """{'schedules' | 'checklists' | 'indicators': {key: Text}}."""
    read = yaml.safe_load(NAMES.read_text(encoding="utf-8"))
    return {kind: {key: Text(zip(CODES, words, strict=True)) for key, words in rows.items()} for kind, rows in read.items()}


def named(kind, key):
    """The name of something that clauses name by a code; an item of a checklist (APP-1) by its list. The code itself for an unknown one."""
    known = names()[kind]
    if kind == "checklists" and key not in known:
        head, dash, item = key.partition("-")
        return f"{known[head]} {item}" if dash and head in known else key
    return str(known.get(key, key))


def page_of(name, *keys):
    """An address by its name, '' while no room brings that page."""
    try:
        return reverse(name, args=keys)
    except NoReverseMatch:
        return ""


def links(clause, user, day, hall=None):
    """Everything that a clause names, as Links; the parameters with their values of `day` in `hall`, in one statement."""
    return [*pages(clause, user), *parameters(clause, day, hall), *by_the_clock(clause, user), *checklists(clause), *indicators(clause, user)]


def pages(clause, user):
    """The pages and kinds of record that carry it out; those that this person may not open are told without a link."""
    found = []
    for screen in screens.screens_of(clause.citation, clause.rows):
        opens = screen.page and (screen.capability == SIGNED_IN or may(user, screen.capability))
        kind = records.KINDS.get(screen.kind) if screen.kind else None
        found.append(Link("record" if kind and not screen.page else "page", screen.key, str(screen.label), reverse(screen.page) if opens else "",
                          str(kind.label) if kind else "", there=True))
    return found


def parameters(clause, day, hall):
    """The values that fill the blanks of the clause."""
    known = [key for key in clause.parameters if key in values.definitions()]
    held = values.several(known, day, hall) if known else {}
    return [Link("parameter", key, words.meaning(key), page_of(PARAMETER_PAGE, key), words.shown(key, held[key]), there=True) if key in held
            else Link("parameter", key, key, "", "", there=False) for key in clause.parameters]


def by_the_clock(clause, user):
    """The schedules by which the house makes what is due."""
    found = []
    for key in clause.schedules:
        entry = schedules.SCHEDULES.get(key)
        clock = page_of(CLOCK) if entry and may(user, "accounts.read") else ""
        found.append(Link("schedule", key, str(entry.label) if entry else named("schedules", key), clock, "", there=entry is not None))
    return found


def checklists(clause):
    """The checklists by which it is inspected."""
    return [Link("checklist", key, named("checklists", key), "", key) for key in clause.checklists]


def indicators(clause, user):
    """The figures in which it is seen; a link for who may see the figure."""
    found = []
    for name in clause.indicators:
        figure = figures.called(name)
        opens = figure is not None and may(user, figures.CAPABILITY) and may(user, figure.capability)
        found.append(Link("indicator", name, named("indicators", name), page_of(figures.PAGE, figure.key) if opens else "", "", there=figure is not None))
    return found


def is_carried(clause):
    """Whether the house has anything behind a clause, whoever asks; else it is only declared. No statement."""
    return bool(screens.screens_of(clause.citation, clause.rows) or any(key in values.definitions() for key in clause.parameters)
                or any(schedules.SCHEDULES.get(key) for key in clause.schedules) or any(figures.called(key) for key in clause.indicators))
