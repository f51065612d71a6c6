"""Inventing the visits of one hall on one day, as plain rows in the order of arrival; nothing is written here (demo data)."""
import bisect
import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml
from django.utils import timezone

FILE = Path(__file__).parent / "data" / "imagined.yaml"
PEAKS = (3, 6, 8, 7, 5, 4, 6, 8, 8, 6, 6, 5, 3)  # how busy each thirteenth of an opening day is
MINUTE = datetime.timedelta(minutes=1)


@lru_cache(maxsize=1)
def words():
    """The data file of the invented visits."""
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


@dataclass
class Scene:
    """What one hall offers to its visitors: `purposes` {code: Purpose}, `offered` service ids, `areas`, `customers` (since when, id), `version`
    of the reception template, `able` {service id: employee ids or None for everybody}, `desk` receptionists, `hours` by weekday."""

    code: str
    hall: object
    purposes: dict
    offered: set
    sources: list
    areas: list
    customers: list
    version: object
    able: dict
    advisers: set
    desk: set
    hours: dict
    shifts: dict = field(default_factory=dict)


@dataclass
class Row:
    """One invented visit with the moments of its life; None where it did not come to that."""

    scene: Scene
    arrived: datetime.datetime
    purpose: object
    customer: int | None
    name: str
    party: int
    greeted: datetime.datetime | None = None
    served: datetime.datetime | None = None
    left: datetime.datetime | None = None
    receptionist: object = None
    adviser: object = None
    post: object = None
    area: object = None
    outcome: str = ""
    reason: str = ""
    assumed: bool = False
    facts: dict = field(default_factory=dict)
    sequence: int = 0
    id: int = 0
    leg_id: int = 0
    number: str = ""

    @property
    def service(self):
        """What the visitor waits for on a ticket, or None."""
        service = self.purpose.service
        return service if service and service.pk in self.scene.offered else None

    @property
    def state(self):
        """Where the visit stands."""
        if self.left:
            return "closed" if self.served else "left"
        return "in_service" if self.served else "greeted" if self.greeted else "waiting"


def day_of(scene, day, rng, until):
    """The visits of one day that are over before `until`, in the order of arrival."""
    hours = scene.hours.get(day.weekday())
    if not hours:
        return []
    opens, closes = (moment(day, minutes) for minutes in hours)
    busy, rows = {}, []
    for arrived in arrivals(scene, day, opens, closes, rng):
        row = visitor(scene, arrived, rng)
        receive(row, busy, closes, rng)
        if row.left < until:
            rows.append(row)
    return rows


def moment(day, minutes):
    """The aware moment of a minute of a day."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time())) + minutes * MINUTE


def arrivals(scene, day, opens, closes, rng):
    """The moments of arrival, thick at the busy hours; more at weekends and before the holidays."""
    season = 1.15 if day.month in (1, 5, 9, 10) else 0.9 if day.month in (2, 7) else 1
    count = words()["halls"][scene.code]["daily"] * season * (1.25 if day.weekday() > 4 else 1) * rng.uniform(0.8, 1.2)
    slot = (closes - opens) / len(PEAKS)
    chosen = rng.choices(range(len(PEAKS)), weights=PEAKS, k=round(count))
    return sorted((opens + index * slot + slot * rng.random()).replace(microsecond=0) for index in chosen)


def visitor(scene, arrived, rng):
    """Who comes, why, with what need."""
    weights = words()["halls"][scene.code]["purposes"]
    purpose = scene.purposes[rng.choices(list(weights), weights=weights.values())[0]]
    files = bisect.bisect(scene.customers, (arrived, 0))
    known = files and rng.random() < 0.66
    name = "" if known or rng.random() < 0.5 else rng.choice(words()["surnames"]) + rng.choice(("先生", "女士"))
    row = Row(scene, arrived, purpose, scene.customers[rng.randrange(files)][1] if known else None, name, rng.choices((1, 2, 3, 4), weights=(60, 28, 9, 3))[0])
    row.facts = {"need": rng.choice(words()["needs"][purpose.code]) if rng.random() < 0.85 else "",
                 "source": rng.choice(scene.sources).pk if rng.random() < 0.6 else None,
                 "interest": rng.choice(words()["interests"]) if rng.random() < 0.35 else "",
                 "intention": rng.choices(("high", "medium", "low", "none", ""), weights=(12, 25, 20, 8, 35))[0],
                 "details": details(scene.version, rng), "steps": steps(scene.version, rng), "next_step": "", "result": ""}
    return row


def details(version, rng):
    """Answers to the fields of the reception template, most of them asked."""
    found = {}
    for one in version.fields if version else []:
        if rng.random() < 0.8:
            found[one["key"]] = {"choice": lambda f: rng.choice(f["choices"])["key"], "number": number_of, "text": lambda f: ""}[one["kind"]](
                one if one["kind"] != "number" else (one["key"], rng))
    return found


def number_of(asked):
    """A budget in steps of ten thousand, or a floor area."""
    key, rng = asked
    return rng.randint(5, 60) * 10_000 if key == "budget" else rng.randint(45, 240)


def steps(version, rng):
    """The reception steps done, in order; now and then one is forgotten."""
    return [step["key"] for step in (version.steps if version else []) if rng.random() < 0.93]


def receive(row, busy, closes, rng):
    """What becomes of the visitor: greeted, waits for somebody able who is free, served, leaves; or leaves unserved."""
    scene, on_shift = row.scene, shifts_at(row.scene, row.arrived)
    row.receptionist = next((person for person, _post, _until in on_shift if person.pk in scene.desk), None)
    late = rng.random() < 0.11
    row.greeted = row.arrived + datetime.timedelta(seconds=rng.randint(62, 170) if late else rng.randint(8, 57))
    able = scene.able.get(row.service.pk) if row.service else None
    free = [(busy.get(person.pk, row.arrived), person.pk, person, post) for person, post, _until in on_shift
            if person.pk in scene.advisers and (able is None or person.pk in able)]
    if row.receptionist is None and free:
        row.receptionist = free[0][2]
    start = max(min(free)[0], row.greeted + datetime.timedelta(seconds=rng.randint(20, 160))) if free else None
    patience = rng.uniform(18, 75) * MINUTE
    if start is None or start - row.arrived > patience or start >= closes:
        row.left = min(row.arrived + min(patience, 25 * MINUTE), max(closes, row.greeted + MINUTE))
        row.outcome, row.reason = "left", rng.choice(words()["leave_reasons"])
        return
    _free_at, _pk, row.adviser, row.post = min(free)
    low, high = words()["minutes"].get(row.service.code if row.service else "none", (5, 20))
    row.served, row.left = start, min(start + rng.triangular(low, high, low * 1.4) * MINUTE, closes + 20 * MINUTE).replace(microsecond=0)
    busy[row.adviser.pk] = row.left
    row.area = rng.choice(scene.areas) if scene.areas and rng.random() < 0.75 else None
    finish(row, rng)


def finish(row, rng):
    """How a served visit ended."""
    outcomes = {"complaint": "complaint", "handle-business": "business"}
    row.outcome = outcomes.get(row.purpose.code) or rng.choices(("information", "enquiry", "business"), weights=(52, 33, 15))[0]
    if row.outcome == "enquiry" or rng.random() < 0.2:
        row.facts["next_step"] = rng.choice(words()["next_steps"])
    row.facts["result"] = rng.choice(words()["results"])


def shifts_at(scene, at):
    """(person, post, until) of whoever is on shift at a moment."""
    return [(person, post, ends) for starts, ends, person, post in scene.shifts.get(timezone.localtime(at).date(), ()) if starts <= at < ends]


def leave_open(rows, count, closes):
    """Turn the last visits of a day into ones nobody closed: the day's end closed them as assumed."""
    for row in [row for row in rows if row.served][-count:]:
        row.left, row.outcome, row.assumed = max(closes, row.served), "", True
        row.facts |= {"next_step": "", "result": ""}


def now_in(scene, now, rng, waiting, serving):
    """Who is in the hall at this minute: `waiting` minutes of those who wait, `serving` visits in service by people on shift now."""
    rows, taken = [], defaultdict(int)
    on_shift = [(person, post) for person, post, _until in shifts_at(scene, now)]
    crew = sorted(((p, post) for p, post in on_shift if p.pk in scene.advisers), key=lambda pair: (pair[0].user.username[-1].isdigit(), pair[0].pk))
    desk = next((person for person, _post in on_shift if person.pk in scene.desk), None)
    for index, (person, post) in enumerate(crew[:serving]):
        row = visitor(scene, now - (31 - 8 * index) * MINUTE, rng)
        row.greeted, row.served = row.arrived + datetime.timedelta(seconds=35), row.arrived + 6 * MINUTE
        row.receptionist, row.adviser, row.post = desk or person, person, post
        row.area = next((area for area in scene.areas if taken[area.pk] < area.capacity and not taken[area.pk]), None)
        taken[row.area.pk if row.area else 0] += 1
        rows.append(row)
    for index, minutes in enumerate(waiting):
        row = visitor(scene, now - minutes * MINUTE, rng)
        row.receptionist = desk or (crew[0][0] if crew else None)
        row.facts["steps"] = row.facts["steps"] if index % 2 == 0 else []
        row.greeted = row.arrived + datetime.timedelta(seconds=40) if index % 2 == 0 else None
        rows.append(row)
    return sorted(rows, key=lambda row: row.arrived)
