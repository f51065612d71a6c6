"""How clauses were kept, computed anew each time from duties and controls (PRF-44, PRF-45, FIELD 2.7 row 3). Nothing is stored.

An obligation is what the clock makes due (a plan) or what a control counts. In a month each was kept, late, missed or not due in a hall; a
clause's score is the share of the records of its obligations that were kept on time, in per cent, what was done late counting half.
"""
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone

from config.accounts.access import among, reach
from config.contributions.figures import CONTROLS
from performance.conformity.models import Result
from performance.conformity.permissions import Can
from staff.duties import states
from staff.duties.models import Duty
from staff.duties.plans import PLANS
from staff.organisation.models import Posting
from staff.regulation import values
from staff.regulation.clauses.models import Clause, RegulationVersion

KEPT, LATE, MISSED, NOT_DUE = "kept", "late", "missed", "not_due"
TARGET, PARTLY = "conformity_target", "conformity_partial_from"
PLAN, CONTROL = "plan", "control"
RESPONSIBLE = Path(__file__).with_name("data") / "obligations.yaml"


@dataclass(frozen=True)
class Obligation:
    """What has to be done: `key` in its registry, `sort` PLAN or CONTROL, the citations that ask for it; of plans also how often the clock looks
    and which roles answer for it ("own": whose record it is)."""

    sort: str
    key: str
    label: str
    clauses: tuple
    cadence: object = field(default=None, compare=False)
    whose: tuple = ()

    @property
    def name(self):
        """The key that tells it from all others."""
        return f"{self.sort}:{self.key}"


@dataclass(frozen=True)
class Tally:
    """Records of one obligation in a hall and month: kept on time, done late, missed or still undone past their moment."""

    kept: int = 0
    late: int = 0
    missed: int = 0

    @property
    def whole(self):
        """All that were due."""
        return self.kept + self.late + self.missed

    @property
    def points(self):
        """What counts as kept: late ones half."""
        return self.kept + self.late / 2

    def __add__(self, other):
        return Tally(self.kept + other.kept, self.late + other.late, self.missed + other.missed)


NOTHING = Tally()


@dataclass(frozen=True)
class Verdict:
    """What is computed of a clause: the result, the score of 0 to 100 or None, and out of which obligations."""

    result: str
    score: int | None
    tally: Tally
    obligations: tuple = ()
    expired: bool = False


@cache
def responsible():
    """{key of a schedule: roles that answer for it}, as schedules.md says."""
    return {key: tuple(roles) for key, roles in yaml.safe_load(RESPONSIBLE.read_text(encoding="utf-8")).items()}


def obligations():
    """Everything that clauses ask for and the house makes or counts, plans first (PRF-44)."""
    plans = [Obligation(PLAN, plan.key, plan.label, tuple(plan.clauses), plan.cadence, responsible().get(plan.key, ())) for plan in PLANS.all() if plan.clauses]
    controls = [Obligation(CONTROL, one.key, one.label, tuple(one.clauses)) for one in CONTROLS.all() if one.clauses]
    return [*plans, *controls]


def obligation(sort, key):
    """One obligation, or None."""
    return next((one for one in obligations() if (one.sort, one.key) == (sort, key)), None)


def tallies(month, user, now, halls, only=None):
    """{(obligation name, hall id): Tally} of a month (a Period): one statement for all plans, one for each control. `only` are the Obligations
    that are asked for; all of them without it."""
    wanted = None if only is None else {one.name for one in only}
    found = of_plans(month, user, now, halls) if wanted is None or any(one.sort == PLAN for one in only) else {}
    for control in CONTROLS.all():
        if control.clauses and (wanted is None or f"{CONTROL}:{control.key}" in wanted):
            rows = control.population(month, user, Can.READ, lambda rows, _control: rows.filter(hall__in=halls)).order_by()
            counted = rows.values("hall").annotate(n=Count("pk"), kept_n=Count("pk", filter=Q(was_kept=True)))
            found |= {(f"{CONTROL}:{control.key}", row["hall"]): Tally(row["kept_n"], 0, row["n"] - row["kept_n"]) for row in counted}
    return found


def due_in(month, user, now, halls):
    """The duties of these halls that fell due in the month and by now, as far as this person's reach goes: of the whole hall, else of the people
    of the team or one's own, with what is due to a role there. What was excused is asked no more."""
    begins, ends = month.bounds(settings.TIME_ZONE)
    rows = Duty.objects.filter(hall__in=halls, due_at__gte=begins, due_at__lt=min(ends, now)).exclude(state=states.EXCUSED)
    far = reach(user, Can.READ)
    if far.everything or set(halls) <= far.halls:
        return rows
    team = among(Posting.objects.on(timezone.localdate()).filter(team_id__in=far.teams).values("employee_id"), "employee_id")
    return rows.filter(Q(hall_id__in=far.halls) | Q(employee=None) | Q(employee_id=far.employee_id) | team)


def of_plans(month, user, now, halls):
    """The same of what the clock made due."""
    counted = due_in(month, user, now, halls).order_by().values("schedule", "hall").annotate(
        kept=Count("pk", filter=Q(state=states.DONE)), late=Count("pk", filter=Q(state=states.LATE)),
        missed=Count("pk", filter=Q(state__in=[states.MISSED, states.OPEN])))
    return {(f"{PLAN}:{row['schedule']}", row["hall"]): Tally(row["kept"], row["late"], row["missed"]) for row in counted}


def state_of(obligation, tally, target):
    """Kept, late, missed or not due. One record that the clock made and nobody did makes a plan missed; a control, which judges many records,
    is missed below the target."""
    if not tally.whole:
        return NOT_DUE
    if obligation.sort == CONTROL:
        return KEPT if 100 * tally.kept >= target * tally.whole else MISSED
    return MISSED if tally.missed else LATE if tally.late else KEPT


def limits(day, hall):
    """(target, from which score a clause is partly kept) of a hall on a day, in per cent."""
    found = values.several([TARGET, PARTLY], day, hall)
    return float(found[TARGET]), float(found[PARTLY])


def clauses_of(hall, day):
    """The clauses in force on a day, in their order; one statement. Each has `applies`: whether its regulation covers this kind of hall."""
    rows = list(in_force(day).select_related("edition__regulation").order_by("edition__regulation__order", "edition_id", "order"))
    for row in rows:
        row.applies = covers(row, hall)
    return rows


def in_force(day):
    """The clauses by which a day is judged: those in force then; where the house wrote its regulations down only later, those of its first days."""
    rows = Clause.objects.filter(edition__in=RegulationVersion.objects.in_force(day))
    return rows if rows.exists() else Clause.objects.filter(edition__in=RegulationVersion.objects.in_force(timezone.localdate()))


def covers(clause, hall):
    """Whether the regulation of a clause holds in halls of this kind."""
    return not clause.edition.hall_kinds or hall.kind in clause.edition.hall_kinds


def asked_by():
    """{citation: [Obligation]}, and {schedule key: Obligation}: which obligations a clause has."""
    by_citation, by_schedule = defaultdict(list), {}
    for one in obligations():
        for citation in one.clauses:
            by_citation[citation].append(one)
        if one.sort == PLAN:
            by_schedule[one.key] = one
    return by_citation, by_schedule


def obligations_of(clause, by_citation, by_schedule):
    """The obligations of a clause: those that cite it, and the schedules that it names."""
    named = [by_schedule[key] for key in clause.schedules if key in by_schedule]
    return tuple(dict.fromkeys([*by_citation.get(clause.citation, ()), *named]))


def verdict(clause, found, tally_of, target, partly, expired=False):
    """What the records say of a clause. Evidence that has run out lets it be partly kept at most."""
    if not clause.applies:
        return Verdict(Result.NOT_APPLICABLE, None, NOTHING)
    tally = sum((tally_of(one) for one in found), NOTHING)
    if not tally.whole:
        return Verdict(Result.NOT_ASSESSED, None, tally, found, expired)
    score = int(100 * tally.points / tally.whole)
    result = Result.COMPLIANT if score >= target else Result.PARTIAL if score >= partly else Result.NOT
    if expired and result == Result.COMPLIANT:
        result = Result.PARTIAL
    return Verdict(result, score, tally, found, expired)


def day_of(hall, month, now):
    """The day by whose values and wording a month is judged: its last, or today in a month that runs."""
    return min(month.last, hall.day_of(now))


def verdicts(hall, month, user, now, expired=frozenset()):
    """[(clause, Verdict)] of a hall and month, chapters left out. `expired` are (source, number) whose evidence has run out."""
    day = day_of(hall, month, now)
    counted, (by_citation, by_schedule), (target, partly) = tallies(month, user, now, [hall.pk]), asked_by(), limits(day, hall)

    def tally_of(one):
        return counted.get((one.name, hall.pk), NOTHING)

    return [(row, verdict(row, obligations_of(row, by_citation, by_schedule), tally_of, target, partly, (row.source, row.number) in expired))
            for row in clauses_of(hall, day) if row.kind == Clause.Kind.CLAUSE]


def verdict_of(clause, hall, month, user, now, expired=frozenset()):
    """The same of one clause (with its edition) alone: what its own obligations need and no more."""
    clause.applies = covers(clause, hall)
    found = obligations_of(clause, *asked_by())
    counted = tallies(month, user, now, [hall.pk], found) if found else {}
    target, partly = limits(day_of(hall, month, now), hall)
    return verdict(clause, found, lambda one: counted.get((one.name, hall.pk), NOTHING), target, partly, (clause.source, clause.number) in expired)

