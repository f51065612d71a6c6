"""Conformity for screens: the report of a hall and month, the results of its clauses, evidence (PRF-44, PRF-45, FIELD 2.7 rows 3, 4)."""
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from config.accounts.access import may, reach
from config.contributions import records
from performance.conformity import computing
from performance.conformity.models import ClauseEvidence, ClauseJudgement, MissedObligation, Result
from performance.conformity.permissions import Can
from staff.improvement.models import Action
from staff.organisation.models import Hall
from staff.regulation.clauses.models import Clause

MISSED = "missed_obligation"  # the kind of record that an improvement item names
TREND = 4  # months that the report shows beside each other, this one included


@dataclass(frozen=True)
class Line:
    """One obligation in a hall and month: how it was kept, out of how many records, and where they are."""

    obligation: object
    state: str
    tally: object
    address: str


@dataclass(frozen=True)
class ClauseLine:
    """One clause in a hall and month: computed, judged by a person or not, with how much evidence stands."""

    clause: object
    computed: object
    judged: object
    evidence: int

    @property
    def result(self):
        """What counts: the judgement, else what was computed."""
        return self.judged.result if self.judged else self.computed.result

    @property
    def score(self):
        """The score that counts, or None."""
        return self.judged.score if self.judged else self.computed.score


def halls_of(user, capability=Can.READ):
    """The halls whose conformity this person may see, in their order."""
    far = reach(user, capability)
    rows = Hall.objects.order_by("pk")
    return list(rows if far.everything else rows.filter(pk__in=far.halls | far.own_halls))


def report(hall, month, user, now, only=None):
    """The Lines of a hall and month, those that went wrong first, of all obligations or `only` these; the same number of statements however much
    there is."""
    counted = computing.tallies(month, user, now, [hall.pk], only)
    target, _partly = computing.limits(computing.day_of(hall, month, now), hall)
    lines = []
    for one in computing.obligations() if only is None else only:
        tally = counted.get((one.name, hall.pk), computing.NOTHING)
        lines.append(Line(one, computing.state_of(one, tally, target), tally, address_of(one, hall, month, user)))
    order = {computing.MISSED: 0, computing.LATE: 1, computing.KEPT: 2, computing.NOT_DUE: 3}
    return sorted(lines, key=lambda line: (order[line.state], line.obligation.clauses, line.obligation.key))


def address_of(obligation, hall, month, user):
    """Where the records behind a line are: its duties of the month, or the records of the control."""
    if obligation.sort == computing.CONTROL:
        return f"{reverse('control', args=[obligation.key])}?hall={hall.pk}&period={month.key}&part=all"
    return reverse("conformity_records", args=[hall.pk, month.key, obligation.key])


def kept_share(lines):
    """(kept, due, per cent or None) of these lines: what was kept of all that fell due."""
    due = [line for line in lines if line.state != computing.NOT_DUE]
    kept = sum(line.state == computing.KEPT for line in due)
    return kept, len(due), round(100 * kept / len(due)) if due else None


def trend(hall, month, user, now, lines):
    """[(month, kept, due, per cent)] of the months before and this one, whose Lines are known, the oldest first."""
    found, one = [(month, *kept_share(lines))], month
    for _step in range(TREND - 1):
        one = one.before()
        found.append((one, *kept_share(report(hall, one, user, now))))
    return found[::-1]


def improvements(hall, month, user):
    """{name of the obligation: (Action, whether this person may open it)} of the lines of a hall and month that became improvement items, the
    newest of each; three statements at most."""
    lines = dict(MissedObligation.objects.filter(hall=hall, month=month.first).values_list("pk", "obligation"))
    found = {lines[row.record_id]: row for row in Action.objects.filter(kind=MISSED, record_id__in=lines).order_by("pk")} if lines else {}
    seen = set(Action.objects.visible_to(user).filter(pk__in=[row.pk for row in found.values()]).values_list("pk", flat=True)) if found else set()
    return {name: (row, row.pk in seen) for name, row in found.items()}


def shows_names(user):
    """Whether this person reads who did or judged something; auditors read the records behind an obligation without personal data (roles.md)."""
    far = reach(user, Can.LOOK)
    return bool(far.full) or "masked" not in far.limits


def duties_of(hall, month, schedule, user, now):
    """The duties behind a line of the report."""
    return computing.due_in(month, user, now, [hall.pk]).filter(schedule=schedule).select_related("employee", "hall")


def expired_on(hall, day):
    """{(source, number)} of the clauses of a hall whose evidence has run out on a day and stands without another that holds."""
    rows = ClauseEvidence.objects.standing(day).filter(hall=hall)
    counted = rows.order_by().values("source", "number").annotate(holds=Count("pk", filter=Q(expires_on=None) | Q(expires_on__gte=day)))
    return {(row["source"], row["number"]) for row in counted if not row["holds"]}


def clause_lines(hall, month, user, now):
    """The ClauseLines of a hall and month in the order of the regulation."""
    day = computing.day_of(hall, month, now)
    judged = {(row.source, row.number): row for row in ClauseJudgement.objects.filter(hall=hall, month=month.first).select_related("judged_by")}
    evidence = Counter(ClauseEvidence.objects.standing(day).in_force(day).filter(hall=hall).values_list("source", "number"))
    return [ClauseLine(clause, found, judged.get((clause.source, clause.number)), evidence[clause.source, clause.number])
            for clause, found in computing.verdicts(hall, month, user, now, expired_on(hall, day))]


def judgement_of(hall, month, clause):
    """What a person said of a clause in a hall and month, or None."""
    return ClauseJudgement.objects.filter(hall=hall, month=month.first, source=clause.source, number=clause.number).select_related("judged_by").first()


def totals(lines):
    """[(result, number of clauses)] in the order of results."""
    counted = Counter(line.result for line in lines)
    return [(result, counted[result]) for result in Result]


def clause_in_force(source, number, day):
    """The clause of this citation that holds on a day, or None."""
    return computing.in_force(day).filter(source=source, number=number, kind=Clause.Kind.CLAUSE).select_related("edition__regulation").first()


def evidence_of(hall, source, number, user):
    """All evidence of a clause in a hall that this person sees, the newest revision first, the replaced ones too."""
    return with_revisions(ClauseEvidence.objects.visible_to(user).filter(hall=hall, source=source, number=number))


def record_of(row, user):
    """The record of the house that evidence names, for a viewer who may open it; else None."""
    return records.resolve([(row.kind, row.record_id)], user).get((row.kind, row.record_id)) if row.kind else None


def with_revisions(rows):
    """Evidence with its names, and whether a later revision replaced it."""
    return rows.select_related("hall", "owner", "added_by", "attachment").annotate(is_replaced=Exists(ClauseEvidence.objects.filter(replaces=OuterRef("pk"))))


def may_judge(user, hall):
    """Whether this person may judge the clauses of a hall."""
    far = reach(user, Can.JUDGE)
    return may(user, Can.JUDGE) and (far.everything or hall.pk in far.halls) and hall.manager_id != user.employee.pk

