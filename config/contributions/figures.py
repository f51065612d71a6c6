"""Indicators, targets and controls: the numbers of the house, each of which opens its records."""
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import BooleanField, Case, Count, Q, Value, When

from config.contributions.registry import registry

INDICATORS = registry("indicators")
TARGETS = registry("targets")
CONTROLS = registry("controls")
PAGE, CAPABILITY = "indicator", "goals.read"  # the page of one indicator, and who may open it
WHAT_IF = "what_if"  # the page that judges the same records by other values; for the same people

ALL, HALL, TEAM, PERSON = KINDS = ("all", "hall", "team", "person")  # of whom a figure may be
SHARE, SECONDS, COUNT, MEAN = "share", "seconds", "count", "mean"  # how a figure is written


@dataclass(frozen=True)
class Subjects:
    """Whose figures are asked for, all of one kind: halls, teams or people by their ids; or everything in reach as one (`ALL`, no id).
    `hall` counts what happened in this hall alone."""

    kind: str = ALL
    ids: tuple = ()
    hall: int | None = None

    @property
    def keys(self):
        """The keys under which a measure gives its figures: the ids, or None for everything as one."""
        return (None,) if self.kind == ALL else self.ids


@dataclass(frozen=True)
class Days:
    """The days from the first to the last."""

    first: date
    last: date


def around(periods):
    """The Days from the beginning of the first of these periods to the end of the last: a measure asks for records of these alone, which an
    index gives, before it tells them apart."""
    return Days(min(one.first for one in periods), max(one.last for one in periods))


@dataclass(frozen=True)
class Figure:
    """One figure: `value` (None where nothing was measured), out of how many records (`whole`), of which `part` make it; for a figure
    that is no share `part` is None."""

    value: float | int | None = None
    whole: int = 0
    part: int | None = None


NOTHING = Figure()


@dataclass(frozen=True)
class Behind:
    """The records behind a figure, as querysets: those counted (`whole`), those that make the share (`part`), and those of the period that
    are left out (`excluded`), each with `why`, one of `reasons`."""

    whole: object
    part: object = None
    excluded: object = None
    reasons: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Indicator:
    """A figure of the regulation.

    `measure(periods, subjects, viewer)` is ONE set-based query for all subjects and for several periods that do not overlap: {(period,
    id): facts}; `read(facts)` makes the Figure of this indicator, so that indicators over the same rows share a query. `records(period,
    subjects, viewer)` gives the Behind of one subject. Without a viewer everything counts, else what `capability` reaches.

    `definition` is the sentence beside the figure, `unit` such as 'min' or '%', `form` how it is written, `direction` 'up' or 'down' is
    better, '' where neither is. `subject` says whose figure it is first of all, `subjects` of whom it can be told. `kind` is the kind of
    the records, `moment` their field that says when, `person` the one that says whose they are, `tells(record)` what one of them adds.
    `parameters` are what records are judged by, anew each time; `names` what clauses of the regulation call it.
    """

    key: str
    label: str
    unit: str
    direction: str
    definition: str
    subject: str
    measure: Callable
    read: Callable
    records: Callable
    capability: str
    kind: str
    moment: str
    form: str = SHARE
    subjects: tuple = KINDS
    parameters: tuple = ()
    names: tuple = ()
    whole: str = ""
    part: str = ""
    person: str = ""
    tells: Callable | None = None


def called(name):
    """The indicator that a clause calls by this name, or None."""
    return INDICATORS.get(name) or next((one for one in INDICATORS.all() if name in one.names), None)


@dataclass(frozen=True)
class Target:
    """`goal(hall, day)` is the figure aimed at in a hall (an id, None for the company) on a day, from the regulation's parameters."""

    key: str
    indicator: str
    goal: Callable


@dataclass(frozen=True)
class Control:
    """What shows that clauses are kept: of a population of records those that conform, and the exceptions.

    `clauses` are citations such as 'S0 §3.3.1.1'; `rows(period, viewer, capability)` gives the records of the period in reach of that
    capability on which the clause can be judged, `kept()` the condition that it was kept, `person` the field of who had to, `kind` and
    `moment` as of an indicator, `parameters` what it is judged by, `stored` those of them that set the record's limit when it arose: another
    value judges nothing anew. `tells(record)` says what was done.
    """

    key: str
    label: str
    definition: str
    clauses: tuple
    rows: Callable
    kept: Callable
    person: str
    kind: str
    moment: str
    parameters: tuple = ()
    stored: tuple = ()
    tells: Callable | None = None

    def population(self, period, viewer, capability, narrow=None):
        """Every record that can be judged; `narrow(rows)` chooses among them."""
        rows = self.rows(period, viewer, capability)
        rows = narrow(rows, self) if narrow else rows
        return rows.annotate(was_kept=Case(When(self.kept(), then=Value(True)), default=Value(False), output_field=BooleanField()))

    def conforming(self, *asked):
        """Those that conform."""
        return self.population(*asked).filter(was_kept=True)

    def exceptions(self, *asked):
        """Those that do not."""
        return self.population(*asked).filter(was_kept=False)

    def counts(self, *asked):
        """(population, conforming) as numbers, in one statement."""
        found = self.population(*asked).order_by().aggregate(n=Count("pk"), kept_n=Count("pk", filter=Q(was_kept=True)))
        return found["n"], found["kept_n"]


def judging_anew():
    """The keys of the parameters by which figures judge their records each time they are counted."""
    shares = [one.parameters for one in INDICATORS.all() if one.form == SHARE and one.person]
    return {key for keys in shares for key in keys} | {key for one in CONTROLS.all() for key in one.parameters if key not in one.stored}
