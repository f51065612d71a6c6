"""Parameters for screens: all of them with what holds today, one with its values over time at every place, what waits for whom."""
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import yaml
from django.db.models import Q
from django.utils import timezone

from config.accounts.access import may
from config.web.history import for_whom, represented
from staff.regulation import values
from staff.regulation.models import ParameterValue
from staff.regulation.parameters import kinds, states, words
from staff.regulation.parameters.models import ParameterChange
from staff.regulation.permissions import Can

READERS = Path(__file__).resolve().parents[1] / "data" / "parameter_readers.yaml"
DAY = timedelta(days=1)
BACK, AHEAD = 365, 90  # days of the time line


@lru_cache(maxsize=1)
def readers():
    """{key: the rooms whose code reads it}; a test keeps the file true to the source."""
    return yaml.safe_load(READERS.read_text(encoding="utf-8"))


@dataclass
class Line:
    """One parameter in the list: what holds on the day, at how many places something else, what begins next, and who reads it."""

    key: str
    row: dict
    value: str
    changed: bool
    places: int
    coming: date | None
    waiting: bool
    used_by: str

    @property
    def meaning(self):
        """In words."""
        return words.meaning(self.key)

    @property
    def chapter(self):
        """Who reads it, or will."""
        return words.CHAPTERS[self.row["chapter"]]

    @property
    def source(self):
        """The clauses, or why it is there without one."""
        return self.row["source"] or words.ORIGINS[self.row["origin"]]


def lines(user, day, hall=None):
    """Every parameter as a Line, with the values of a hall or of the company; three statements."""
    held, rows = values.several(list(values.definitions()), day, hall), defaultdict(list)
    for row in ParameterValue.objects.only("key", "hall", "position", "valid_from", "valid_until"):
        rows[row.key].append(row)
    asked = {key for change in waiting(user) for key in change.values}
    found = []
    for key, row in values.definitions().items():
        own = {(one.hall_id, one.position_id) for one in rows[key] if (one.hall_id or one.position_id) and one.holds_on(day)}
        coming = min((one.valid_from for one in rows[key] if one.valid_from > day), default=None)
        used_by = words.used_by(readers().get(key, ()))
        found.append(Line(key, row, words.brief(key, held[key]), bool(rows[key]), len(own), coming, key in asked, used_by))
    return found


@dataclass
class Spell:
    """One value at one place for a time; `row` is None for what the file delivers. `x` and `width` are its place in the time line, as texts."""

    value: str
    since: date | None
    until: date | None
    row: ParameterValue | None = None
    x: str = ""
    width: str = ""

    def holds_on(self, day):
        """Whether the day lies within."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass
class Place:
    """The company, a hall, a position or a position in a hall, with its values over time."""

    hall: object
    position: object
    spells: list = field(default_factory=list)
    may_change: bool = False

    @property
    def name(self):
        """In words."""
        return words.place(self.hall, self.position)

    def now(self, day):
        """The value of the day, or None where nothing of its own holds."""
        return next((spell for spell in self.spells if spell.holds_on(day)), None)

    @property
    def query(self):
        """The place as an address says it."""
        return "&".join(f"{name}={one.pk}" for name, one in (("hall", self.hall), ("position", self.position)) if one)


def places(key, today):
    """[Place] of one parameter, the company first, then every place that ever had a value of its own; one statement."""
    rows = ParameterValue.objects.filter(key=key).select_related("hall", "position", "entered_by", "change__decided_by").order_by("valid_from")
    found = {(None, None): Place(None, None)}
    for row in rows:
        place = found.setdefault((row.hall_id, row.position_id), Place(row.hall, row.position))
        if place.spells and (place.spells[-1].until is None or place.spells[-1].until >= row.valid_from):
            place.spells[-1].until = row.valid_from - DAY
        place.spells.append(Spell(words.shown(key, values.exact(row.value)), row.valid_from, row.valid_until, row))
    company = found[None, None]
    begins = company.spells[0].since - DAY if company.spells else None
    company.spells.insert(0, Spell(words.shown(key, kinds.of(key)["default"]), None, begins))
    for place in found.values():
        draw(place.spells, today)
    return sorted(found.values(), key=lambda one: (one.position is not None, one.hall is not None, getattr(one.hall, "pk", 0), getattr(one.position, "pk", 0)))


def draw(spells, today):
    """Give each spell its place in a line of BACK days before today and AHEAD after it; those outside have none."""
    first, last = today - BACK * DAY, today + AHEAD * DAY
    for spell in spells:
        begins, ends = max(spell.since or first, first), min(spell.until or last, last)
        if begins <= ends:
            spell.x, spell.width = str((begins - first).days), str(max((ends - begins).days, 1))


def waiting(user):
    """The changes in reach that wait for confirmation."""
    return ParameterChange.objects.visible_to(user).filter(state=states.WAITING)


def for_list(user):
    """The changes in reach with all that a row shows."""
    return ParameterChange.objects.visible_to(user).select_related("hall", "position", "asked_by", "decided_by")


def to_decide(user):
    """What waits for this person: asked by somebody else, for who may confirm."""
    if not may(user, Can.EDIT):
        return ParameterChange.objects.none()
    return for_list(user).filter(state=states.WAITING).exclude(asked_by=user)


def to_withdraw(user, now):
    """What this person may take back: their own, for HR everybody's, while it waits or before it begins."""
    rows = for_list(user).filter(state__in=[states.WAITING, states.CONFIRMED])
    rows = rows if may(user, Can.EDIT) else rows.filter(asked_by=user)
    return rows.exclude(state=states.CONFIRMED, valid_from__lte=timezone.localtime(now).date())


@dataclass
class Effect:
    """What one parameter of a change is now and will be."""

    key: str
    before: str
    after: str

    @property
    def meaning(self):
        """In words."""
        return words.meaning(self.key)

    @property
    def css(self):
        """The class of a cell with a value."""
        return words.css(self.key)


def effects(change):
    """[Effect] of a change: what holds at its place on the day before, and from its day on; what ends falls back to what stands above."""
    keys = list(change.values)
    before = values.several(keys, change.valid_from - DAY, change.hall_id, change.position_id)
    after = above(change) if change.ends else {key: values.exact(value) for key, value in change.values.items()}
    return [Effect(key, words.shown(key, before[key]), words.shown(key, after[key])) for key in keys]


def above(change):
    """{key: value} that holds at the place of a change from its day on, if the place has nothing of its own."""
    hall = Q(hall=change.hall_id) if change.hall_id else Q(hall__isnull=True)
    position = Q(position=change.position_id) if change.position_id else Q(position__isnull=True)
    rows = values.candidates(change.hall_id, change.position_id).filter(values.running(change.valid_from), key__in=change.values).exclude(hall & position)
    return values.decided(list(change.values), [(row.key, row.value) for row in rows])


def decider_of(change):
    """Who decided it, both names where a deputy did; '' while nobody has."""
    if not change.decided_by_id:
        return ""
    version = change.history.filter(decided_by__isnull=False).order_by("history_date", "history_id").first()
    return for_whom(change.decided_by, represented(version) if version else "")
