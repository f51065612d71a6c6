"""Appraisals for screens: the list, one sheet with its groups, and what this viewer may do now."""
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts.access import may, reach
from config.web.templatetags.hk import day
from performance.appraisals import chain, scoring, states
from performance.appraisals.models import Appraisal
from performance.appraisals.months import last_day
from performance.appraisals.permissions import Can
from performance.appraisals.schemes import indicators, schemes
from performance.appraisals.services import objection_days
from staff.organisation.queries import people_named
from staff.regulation import values

BOUNDS = ("grade_excellent", "grade_good", "grade_qualified")


@dataclass(frozen=True)
class Line:
    """One indicator of a sheet: its row, name and anchors."""

    score: object
    name: str
    levels: list
    weighted: Decimal | None


@dataclass(frozen=True)
class Group:
    """A group of a sheet with its weight and what it brings so far."""

    name: str
    weight: Decimal
    lines: list
    brought: Decimal


def for_list(user):
    """The sheets in reach with the names that a row shows."""
    return Appraisal.objects.visible_to(user).select_related("employee", "supervisor", "hall", "department", "position")


def narrowed(rows, words):
    """The sheets of the people whom the words may mean, or of a month."""
    return rows.filter(Q(employee__in=people_named(words)) | Q(period__startswith=words))


def groups_of(sheet):
    """The groups of a sheet with their lines, in the order of the scheme; one statement."""
    known, found = indicators(), {}
    for row in sheet.scores.all():
        weighted = None if row.points is None else scoring.weighted(row.points, row.weight)
        found.setdefault(row.group, []).append(Line(row, known[row.indicator]["name"], known[row.indicator]["levels"], weighted))
    names = {group["key"]: group["name"] for group in schemes()[sheet.scheme]["groups"]}
    return [Group(names[key], sum(line.score.weight for line in lines), lines, sum((line.weighted or Decimal() for line in lines), Decimal()))
            for key, lines in found.items()]


def scored_share(sheet):
    """How many percent of the weight are scored."""
    return int(sum(row.weight for row in sheet.scores.all() if row.points is not None))


def left_to_score(sheet):
    """How many indicators have no score yet."""
    return sum(row.points is None for row in sheet.scores.all())


def bounds_of(sheet):
    """The lowest totals of the grades, best first, as they hold on the last day of the month; one statement."""
    found = values.several(BOUNDS, last_day(sheet.period), sheet.hall, sheet.position)
    return [found[key] for key in BOUNDS]


def acts(sheet, user):
    """{verb: whether this viewer may do it on the sheet now}. Who scores is the supervisor whom the sheet names, or who leads the people;
    HR files, and scores where nobody stands above; nobody does anything but their own part of their own sheet."""
    mine, far = sheet.employee.user_id == user.pk, reach(user, Can.SCORE)
    works = not mine and Appraisal.objects.visible_to(user, Can.SCORE).filter(pk=sheet.pk).exists()
    files = works and "file" in far.limits
    scores = works and (sheet.supervisor_id == far.employee_id if far.limits and sheet.supervisor_id else not far.limits or files)
    reviews = not mine and may(user, Can.REVIEW) and Appraisal.objects.visible_to(user, Can.REVIEW).filter(pk=sheet.pk).exists()
    another = sheet.supervisor_id != reach(user, Can.REVIEW).employee_id
    found = {
        "submit": mine and sheet.state == states.SELF_REVIEW, "score": scores and sheet.state == states.SCORING,
        "interview": scores and sheet.state == states.INTERVIEW and not sheet.interviewed_at,
        "sign": mine and sheet.state == states.INTERVIEW and bool(sheet.interviewed_at),
        "review": reviews and another and sheet.state == states.DEPT_REVIEW, "file": files and sheet.state == states.HR_FILING,
        "object": mine and sheet.state == states.FILED and may_object(sheet),
        "decide": reviews and sheet.state == states.OBJECTION and (another or chain.reviewer_of(sheet) is None)}
    return found | {"any": any(found.values())}


def may_object(sheet):
    """Whether the days for an objection run."""
    return (timezone.now() - sheet.filed_at).days < objection_days(sheet)


def way(sheet):
    """Where the sheet stands, as stages."""
    names, at = dict(Appraisal.State.choices), sheet.state if sheet.state in states.WAY else states.FILED
    notes = {states.SELF_REVIEW: sheet.submitted_at, states.INTERVIEW: sheet.interviewed_at, states.DEPT_REVIEW: sheet.signed_at, states.FILED: sheet.filed_at}
    place = states.WAY.index(at)
    stages = []
    for index, state in enumerate(states.WAY):
        over = index < place or sheet.state == states.FILED
        note = day(notes[state]) if notes.get(state) and index <= place else _("not submitted") if state == states.SELF_REVIEW and over else ""
        stages.append({"label": names[state], "note": note, "state": "done" if over else "now" if index == place else "todo"})
    return stages
