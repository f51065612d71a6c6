"""The figures of complaints: each is one condition, by which the list behind it is chosen, and one sum, by which it is counted (CMP-20).

Figures of a period come out of the sums by hall and day, or of the facts where not whole halls count; what is open is read live.
"""
from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import timedelta

from django.db import connection
from django.db.models import Case, CharField, Count, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.analysis import rollup
from complaints.analysis.models import CLOSED, DUE, MEASURES, RECEIVED
from complaints.handling import queries, states
from complaints.handling.models import Complaint, Kind

OPEN = "open"
AGES = (("d3", _("up to 3 days"), 0, 3), ("d7", _("4 to 7 days"), 3, 7), ("d15", _("8 to 15 days"), 7, 15), ("more", _("more than 15 days"), 15, None))
LEFT = (("over", _("past its promise"), None, 0), ("d1", _("within a day"), 0, 1), ("d3", _("1 to 3 days"), 1, 3), ("d7", _("3 to 7 days"), 3, 7),
        ("later", _("more than 7 days"), 7, None))  # until the moment that was promised for the solution (CMP-05)
PROPERTIES = ("channel", "severity", "product", "cause", "handler", "kind")


@dataclass(frozen=True)
class Told:
    """One figure: `phase` says by which day it counts, OPEN for what is open now."""

    key: str
    label: str
    phase: str
    condition: object  # of now


FIGURES = {one.key: one for one in (
    Told("open", pgettext_lazy("complaints", "Open"), OPEN, lambda now: Q()), Told("late", _("Overdue"), OPEN, queries.late),
    Told("today", _("Due today"), OPEN, lambda now: Q(next_due_at__gte=now, next_due_at__lte=queries.today())),
    Told("escalated", _("Escalated"), OPEN, lambda now: Q(escalated_to__isnull=False)),
    Told("unassigned", _("Nobody handles it"), OPEN, lambda now: Q(handler=None)),
    Told("received", _("Received"), RECEIVED, lambda now: Q()), Told("acked", _("Answered first"), RECEIVED, lambda now: Q(fact__acked=1)),
    Told("ack_in_time", _("Answered first in time"), RECEIVED, lambda now: Q(fact__ack_in_time=1)),
    Told("repeat", _("Repeated"), RECEIVED, lambda now: Q(fact__repeat=1)),
    Told("closed", _("Closed"), CLOSED, lambda now: Q()), Told("solved", _("Solved"), CLOSED, lambda now: Q(fact__solved=1)),
    Told("in_time", _("Solved in time"), CLOSED, lambda now: Q(fact__in_time=1)),
    Told("solved_late", _("Solved late"), CLOSED, lambda now: Q(fact__solved=1, fact__in_time=0)),
    Told("rated", _("Rated"), CLOSED, lambda now: Q(fact__rated=1)), Told("reopened", _("Handled again"), CLOSED, lambda now: Q(fact__reopened=1)),
    Told("due", _("Solution due"), DUE, lambda now: Q()), Told("handled", _("Solved of those due"), DUE, lambda now: Q(fact__solved=1)),
)}


def records(scope, key, span, now, **cut):
    """The complaints behind a figure; `cut` narrows by a state, an age, a hall, or a property of PROPERTIES."""
    told = FIGURES[key]
    rows = scope.rows().filter(told.condition(now))
    if told.phase == OPEN:
        rows = rows.filter(state__in=states.OPEN, kind=Kind.COMPLAINT)
        rows = rows.filter(state=cut["state"]) if cut.get("state") else rows
        rows = rows.filter(aged(cut["age"], now)) if cut.get("age") else rows
        rows = rows.filter(left(cut["left"], now)) if cut.get("left") else rows
        place = ""
    else:
        rows, place = rows.filter(**{f"fact__{told.phase}_on__range": (span.first, span.last)}), "fact__"
        rows = rows if "kind" in cut else rows.filter(fact__kind=Kind.COMPLAINT)
    for name in PROPERTIES:
        if name in cut:
            rows = rows.filter(**({"handler": cut[name] or None} if name == "handler" and not place else
                                  {f"{place}handler_id": cut[name]} if name == "handler" and cut[name] else
                                  {f"{place}handler__isnull": True} if name == "handler" else {f"{place}{name}": cut[name]}))
    return rows


def aged(key, now):
    """The condition that an open complaint was received so many days ago."""
    _key, _label, least, most = next(one for one in AGES if one[0] == key)
    found = Q(received_at__lte=now - timedelta(days=least)) if least else Q()
    return found & (Q(received_at__gt=now - timedelta(days=most)) if most else Q())


def left(key, now):
    """The condition that the moment promised for the solution is so far away."""
    _key, _label, least, most = next(one for one in LEFT if one[0] == key)
    found = Q(solve_due_at__gte=now + timedelta(days=least)) if least is not None else Q()
    return found & (Q(solve_due_at__lt=now + timedelta(days=most)) if most is not None else Q())


@dataclass(frozen=True)
class Sums:
    """The sums of one group of complaints; of a phase, `number` is how many."""

    number: int = 0
    acked: int = 0
    ack_in_time: int = 0
    ack_minutes: int = 0
    repeat: int = 0
    solved: int = 0
    in_time: int = 0
    solve_minutes: int = 0
    rated: int = 0
    stars: int = 0
    reopened: int = 0

    def __add__(self, other):
        return Sums(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Sums)))

    def __sub__(self, other):
        return Sums(*(getattr(self, one.name) - getattr(other, one.name) for one in fields(Sums)))

    @property
    def ack_share(self):
        """Per cent answered first in time, of those answered."""
        return share(self.ack_in_time, self.acked)

    @property
    def in_time_share(self):
        """Per cent solved in time, of those solved."""
        return share(self.in_time, self.solved)

    @property
    def handled_share(self):
        """Per cent solved, of these."""
        return share(self.solved, self.number)

    @property
    def repeat_share(self):
        """Per cent repeated, of these."""
        return share(self.repeat, self.number)

    @property
    def ack_average(self):
        """Minutes of working time to the first answer, or None."""
        return round(self.ack_minutes / self.acked) if self.acked else None

    @property
    def solve_average(self):
        """Minutes of working time to the solution, or None."""
        return round(self.solve_minutes / self.solved) if self.solved else None

    @property
    def satisfaction(self):
        """Mean of the stars with one digit, or None."""
        return round(self.stars / self.rated, 1) if self.rated else None


def share(part, whole):
    """Whole per cent, or None where there is no whole."""
    return round(100 * part / whole) if whole else None


class Periods:
    """The sums of several spans of days, read at once: `of(place, phase)`, `by(place, phase, dim)`. `whole` spans are told by every property, `trend`
    spans as a whole only; spans may overlap."""

    def __init__(self, scope, whole, trend=()):
        self.found = defaultdict(lambda: defaultdict(Sums))  # by place, phase and property: by value and hall
        spans = [(place, span.first, span.last, True) for place, span in enumerate(whole)]
        spans += [(len(whole) + place, span.first, span.last, False) for place, span in enumerate(trend)]
        for row in read(scope, spans):
            self.found[row[:3]][row[3:5]] += Sums(*row[5:])
        if scope.by_halls and scope.out:
            for row in left_out(scope, spans):
                self.found[row[:3]][row[3:5]] -= Sums(*row[5:])

    def of(self, place, phase):
        """All of a phase in a span."""
        return sum(self.found.get((place, phase, "all"), {}).values(), Sums())

    def by(self, place, phase, dim):
        """{value: Sums} of a property; of 'hall' by its id."""
        found = defaultdict(Sums)
        for (value, hall), sums in self.found.get((place, phase, "all" if dim == "hall" else dim), {}).items():
            found[hall if dim == "hall" else value] += sums
        return {value: sums for value, sums in found.items() if sums.number}


SPANS = "(SELECT * FROM unnest(%s::int[], %s::date[], %s::date[], %s::bool[]) s (place, first, last, every)) s"
SUMMED = ", ".join(f"sum({{0}}.{name})::bigint" for name in ("number", *MEASURES))


def listed(spans):
    """The spans as values of a statement."""
    return [list(column) for column in zip(*spans, strict=True)]


def read(scope, spans):
    """[(place, phase, dim, value, hall, sums …)] of the sums by hall and day, or of the facts; one statement. Each span of each property is a walk of
    its own along the index: joined as a whole, every sum of thirteen months would be held against every span."""
    if not scope.by_halls:
        return of_facts(scope, spans)
    where, values = scope.sql("d")
    statement = f"""SELECT s.place, p.phase, k.dim, x.* FROM {SPANS} CROSS JOIN unnest(%s::text[]) k (dim) CROSS JOIN unnest(%s::text[]) p (phase)
        CROSS JOIN LATERAL (SELECT d.value, CASE WHEN k.dim = 'all' THEN d.hall_id END AS hall, {SUMMED.format("d")} FROM complaints_complaintday d
            WHERE d.dim = k.dim AND d.phase = p.phase AND d.day BETWEEN s.first AND s.last AND {where} GROUP BY 1, 2) x
        WHERE s.every OR k.dim = 'all'"""  # noqa: S608 - only names of this file
    return run(statement, [*listed(spans), ["all", *PROPERTIES], [RECEIVED, CLOSED, DUE], *values])


def ends(spans):
    """The first and the last day of all."""
    return [min(span[1] for span in spans), max(span[2] for span in spans)]


def of_facts(scope, spans, only=None):
    """The same out of the facts; `only` the complaints of these ids."""
    where, values = scope.sql("f")
    if only is not None:
        where, values = f"{where} AND f.complaint_id = ANY(%s)", [*values, list(only)]
    elif scope.out:
        where, values = f"{where} AND NOT f.complaint_id = ANY(%s)", [*values, list(scope.out)]
    first, last = ends(spans)
    near = "(f.received_on BETWEEN %s AND %s OR f.closed_on BETWEEN %s AND %s OR f.due_on BETWEEN %s AND %s)"
    statement = f"""SELECT s.place, d.phase, d.dim, d.value, CASE WHEN d.dim = 'all' THEN d.hall_id END, {SUMMED.format("d")}
        FROM {SPANS} JOIN ({rollup.SHARES} AND {where} AND {near}) d ON d.day BETWEEN s.first AND s.last AND (s.every OR d.dim = 'all')
        GROUP BY 1, 2, 3, 4, 5"""  # noqa: S608 - only names of this file
    return run(statement, [*listed(spans), *values, *(first, last) * 3])


def left_out(scope, spans):
    """The sums of what the viewer is complained about in, to be taken away."""
    return of_facts(scope, spans, only=scope.out)


def run(statement, values):
    """The rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def standing(scope, now):
    """What is open now, read live: {"open" … : n}, {state: n}, {age: n}, {time left: n}; one statement over the open ones."""
    asked = {key: Count("pk", filter=told.condition(now)) if key != "open" else Count("pk") for key, told in FIGURES.items() if told.phase == OPEN}
    age = Case(*(When(aged(key, now), then=Value(key)) for key, *_rest in AGES), output_field=CharField())
    until = Case(*(When(left(key, now), then=Value(key)) for key, *_rest in LEFT), output_field=CharField())
    rows = scope.rows().filter(state__in=states.OPEN, kind=Kind.COMPLAINT).order_by().annotate(age=age, left=until).values("state", "age", "left")
    totals, by_state, by_age, by_left = dict.fromkeys(asked, 0), defaultdict(int), defaultdict(int), defaultdict(int)
    for row in rows.annotate(**{f"n_{key}": what for key, what in asked.items()}):
        for key in asked:
            totals[key] += row[f"n_{key}"]
        by_state[row["state"]] += row["n_open"]
        by_age[row["age"]] += row["n_open"]
        by_left[row["left"]] += row["n_open"]
    return totals, dict(by_state), dict(by_age), dict(by_left)


def oldest_late(rows, now):
    """The one of these complaints that is overdue longest, or None: with its owner, its customer and its cause as told; one statement."""
    return next(iter(first_due(rows.filter(next_due_at__lt=now), 1)), None)


def pressing(scope, most):
    """The open complaints that are overdue or due today, the longest overdue first."""
    return list(first_due(scope.rows().filter(next_due_at__lte=queries.today()), most))


def first_due(rows, most):
    """Those of them that are open, what is due first first."""
    rows = rows.filter(state__in=states.OPEN, kind=Kind.COMPLAINT).select_related("hall", "handler", "customer", "escalated_to")
    return rows.order_by("next_due_at", "pk")[:most]


def readable(user, rows):
    """The ids of those that this person may open."""
    return set(Complaint.objects.visible_to(user).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)) if rows else set()
