"""Reads over the written regulation for screens (GEN-03, STF-56)."""
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from config.accounts.access import may
from config.web.texts import Text
from staff.organisation.access import present
from staff.organisation.models import Hall, Position, Posting
from staff.organisation.queries import employee_of, people_within, posting_of
from staff.regulation.clauses import rules, states
from staff.regulation.clauses.models import Clause, HallRule, LegalChange, Question, ReadingConfirmation, RegulationVersion
from staff.regulation.permissions import Can

PROPOSER = "manager"  # the role that may propose a rule of its own hall (roles.md)


@dataclass(frozen=True)
class Node:
    """A clause in its tree: `depth` from 0, `part` where a new sign begins, `added` what halls add to it."""

    clause: Clause
    depth: int
    part: str
    added: list


def tree(version, user=None, day=None):
    """The clauses of a version in reading order with their depth, and what halls add to them on `day`; one statement, or two."""
    rows = list(version.clauses.order_by("order", "pk"))
    parents, several, added = defaultdict(dict), len({row.source for row in rows}) > 1, defaultdict(list)
    for rule in HallRule.objects.visible_to(user).in_force(day).select_related("hall") if day and version.holds_on(day) else ():
        added[rule.source, rule.number].append(rule)
    for row in rows:
        parents[row.source][row.number] = row.parent
    before, nodes = None, []
    for row in rows:
        nodes.append(Node(row, rules.depth_of(parents[row.source], row.number), row.source if several and row.source != before else "",
                          added[row.source, row.number]))
        before = row.source
    return nodes


def versions_shown(user):
    """The newest version of each regulation that this person sees: what is published, or where nothing is, what is in work."""
    found = {}
    for version in RegulationVersion.objects.visible_to(user).select_related("regulation", "reviewer").order_by(
            "regulation__order", "regulation_id", "-number"):
        known = found.get(version.regulation_id)
        if known is None or (known.state not in states.PUBLIC and version.state in states.PUBLIC):
            found[version.regulation_id] = version
    return list(found.values())


def in_work(user):
    """The versions that somebody writes or reviews, as far as this person sees them."""
    return RegulationVersion.objects.visible_to(user).filter(state__in=states.IN_WORK).select_related("regulation", "reviewer")


def clause_cited(source, number, user, day):
    """The clause of this citation: of the version in force, else of the newest version that has it and this person sees; None for none."""
    rows = list(Clause.objects.filter(source=source, number=number, edition__in=RegulationVersion.objects.visible_to(user))
                .select_related("edition__regulation").order_by("-edition__number"))
    held = [row for row in rows if row.edition.holds_on(day)]
    public = [row for row in rows if row.edition.state in states.PUBLIC]
    return next(iter([*held, *public, *rows]), None)


def clauses_cited(citations, day):
    """{(source, number): Clause} of the version in force, in one statement; what is not in force is left out."""
    wanted = Q(pk__in=[])
    for source, number in set(citations):
        wanted |= Q(source=source, number=number)
    rows = Clause.objects.filter(wanted, edition__in=RegulationVersion.objects.in_force(day))
    return {(row.source, row.number): row for row in rows}


def path_to(clause):
    """The chapters above a clause, from the top; one statement."""
    above = {row.number: row for row in Clause.objects.filter(edition=clause.edition_id, source=clause.source, kind=Clause.Kind.CHAPTER)}
    found, number = [], clause.parent
    while number in above:
        found.insert(0, above[number])
        number = above[number].parent
    return found


def neighbours(clause):
    """(the clause before, the clause after) in reading order, headings left out."""
    rows = Clause.objects.filter(edition=clause.edition_id, kind=Clause.Kind.CLAUSE)
    return rows.filter(order__lt=clause.order).order_by("-order").first(), rows.filter(order__gt=clause.order).order_by("order").first()


def wordings(clause, user):
    """The versions in which the clause of this citation stands, newest first, for its own history."""
    return (Clause.objects.filter(source=clause.source, number=clause.number, edition__in=RegulationVersion.objects.visible_to(user))
            .select_related("edition").order_by("-edition__number"))


def questions_about(clause):
    """What was asked about a clause, newest first."""
    return Question.objects.filter(source=clause.source, number=clause.number).select_related("asked_by", "answered_by")


def hall_rules_about(clause, user, day):
    """What halls add to a clause today."""
    return (HallRule.objects.visible_to(user).in_force(day).filter(source=clause.source, number=clause.number).select_related("hall"))


def halls_led(user, day):
    """The halls for which this person may propose rules: those of which they are the manager today."""
    _employee, roles = present(user)
    return [hall for role in roles if role.role == PROPOSER for hall in role.places if hall.is_open_on(day)]


# ------------------------------------------------------------------------------------------------------------- who reads

def covered(version, day):
    """The postings of the people whom a version is for on `day` (S1a §2: whatever their kind of employment)."""
    rows = Posting.objects.on(day).filter(position__code__in=version.positions).exclude(employee__state="left")
    return rows.filter(Q(hall=None) | Q(hall__kind__in=version.hall_kinds)) if version.hall_kinds else rows


def is_for(version, posting):
    """Whether a version is for the person of this posting."""
    return posting is not None and rules.covers(version.hall_kinds, version.positions, posting.hall and posting.hall.kind, posting.position.code)


def to_read(user):
    """The versions that this person is asked to read and has not confirmed; nothing for who has no posting today."""
    employee = employee_of(user)
    posting = posting_of(employee) if employee and may(user, Can.READ) else None
    if posting is None:
        return []
    rows = RegulationVersion.objects.newest().exclude(readings__employee=employee).select_related("regulation").order_by("regulation__order", "pk")
    return [row for row in rows if is_for(row, posting)]


@dataclass(frozen=True)
class Asked:
    """What My day shows of the regulation: versions `to_read` and `to_review` as {pk, title, number, read_until}, and the announced `changes`
    of laws, the next first, as {law, title, text, holds_from}."""

    to_read: list
    to_review: list
    changes: list


def asked_of(user, day):
    """What this person is asked to read and to review on `day`, and which laws change from then on; one statement for all of it."""
    postings = Posting.objects.on(day).filter(employee__user_id=user.pk).order_by()
    mine = Q(state=states.DRAFT, reviewer__user_id=user.pk)
    unread = Q(state=states.PUBLISHED) & ~Exists(ReadingConfirmation.objects.filter(edition=OuterRef("pk"), employee__user_id=user.pk))
    versions = RegulationVersion.objects.filter(mine | unread).order_by("regulation__order", "pk").values(told=JSONObject(
        **{name: name for name in ("pk", "title", "number", "read_until", "published_at", "state", "hall_kinds", "positions")}))
    ahead = LegalChange.objects.filter(holds_from__gte=day).order_by("holds_from", "pk").values(told=JSONObject(
        law="note_id", title="note__title", text="text", holds_from="holds_from"))
    code, kind, began, rows, changes = user.__class__.objects.filter(pk=user.pk).values_list(
        Subquery(postings.values("position__code")), Subquery(postings.values("hall__kind")), Subquery(postings.values("starts_on")),
        ArraySubquery(versions), ArraySubquery(ahead)).get()
    rows, changes = [in_python(row) for row in rows], [in_python(row) for row in changes]
    for row in rows:
        published = row["published_at"] and timezone.localtime(datetime.fromisoformat(row["published_at"])).date()
        row["read_until"] = rules.due_day(row["read_until"], published, began or day)
    return Asked([row for row in rows if row["state"] == states.PUBLISHED and rules.covers(row["hall_kinds"], row["positions"], kind, code)],
                 [row for row in rows if row["state"] == states.DRAFT], changes)


def in_python(row):
    """A row that the database gave as JSON, with its texts and days as they are."""
    days = {name: row[name] and date.fromisoformat(row[name]) for name in ("read_until", "holds_from") if name in row}
    return row | days | {name: Text(row[name]) for name in ("title", "text") if name in row}


def other_version(version, user, asked):
    """The version with which this one is compared: the one of the id `asked` if this person sees it, else the one that it replaces."""
    if not asked.isdecimal() or len(asked) > 15:
        return version.replaces
    return RegulationVersion.objects.visible_to(user).filter(regulation=version.regulation_id, pk=int(asked)).first() or version.replaces


def reading_of(version, user):
    """The confirmation of this person for a version, or None."""
    return ReadingConfirmation.objects.filter(edition=version, employee__user=user).first()


@dataclass(frozen=True)
class Rate:
    """How many of those whom a version is for have confirmed that they read it, and how many should have by now but did not."""

    asked: int
    read: int
    late: int = 0

    @property
    def percent(self):
        """The share in whole per cent; None where nobody is asked."""
        return None if self.asked == 0 else self.read * 100 // self.asked


def rates(versions, day):
    """{version id: Rate}; two statements for all of them, which count by kind of hall and position, however many people there are. Late are
    those of `is_late`: who came later has as many days as the others had."""
    here = Posting.objects.on(day).exclude(employee__state="left").order_by()
    spans = {version.pk: rules.days_to_read(version.read_until, version.published_on) for version in versions}
    places = {span: place for place, span in enumerate(sorted(set(spans.values())))}
    counted = {"n": Count("pk")} | {f"before_{span}": Count("pk", filter=Q(starts_on__lt=day - timedelta(days=span))) for span in places}
    asked = [((kind, code), n, before) for kind, code, n, *before in here.values_list("hall__kind", "position__code").annotate(**counted)]
    read = {(version, kind, code): (n, before) for version, kind, code, n, *before in here.filter(
        employee__readings__edition__in=[row.pk for row in versions]).values_list(
            "employee__readings__edition", "hall__kind", "position__code").annotate(**counted)}
    nobody = (0, [0] * len(places))
    found = {}
    for version in versions:
        place = places[spans[version.pk]]
        rows = [(n, before[place], done, done_before[place]) for group, n, before in asked for done, done_before in [read.get((version.pk, *group), nobody)]
                if rules.covers(version.hall_kinds, version.positions, *group)]
        passed = version.read_until is not None and day > version.read_until
        found[version.pk] = Rate(sum(row[0] for row in rows), sum(row[2] for row in rows), sum(row[1] - row[3] for row in rows) if passed else 0)
    return found


@dataclass(frozen=True)
class Reader:
    """A person whom a version is for: the posting, when they confirmed it (None: not yet), whether that is overdue."""

    posting: Posting
    confirmed_at: object
    late: bool


def readers(version, user, day):
    """Everybody within this person's reach whom a version is for (STF-56), who is overdue first. A person who came later has as many days as
    the others had."""
    rows = covered(version, day).select_related("employee", "position", "hall")
    if not may(user, Can.EDIT):
        rows = rows.filter(employee__in=people_within(user, Can.READERS))
    confirmed = dict(ReadingConfirmation.objects.filter(edition=version).values_list("employee_id", "confirmed_at"))
    found = [Reader(row, confirmed.get(row.employee_id), is_late(version, row, confirmed, day)) for row in rows]
    return sorted(found, key=lambda one: (not one.late, one.confirmed_at is not None, one.posting.employee.sort_key, one.posting.employee_id))


def is_late(version, posting, confirmed, day):
    """Whether the confirmation of this person is overdue."""
    due = rules.due_day(version.read_until, version.published_on, posting.starts_on)
    return posting.employee_id not in confirmed and due is not None and day > due


def by_hall(found):
    """[(hall or None, Rate, how many are overdue)] of readers, the hall with the lowest share first."""
    asked, read, late, halls = Counter(), Counter(), Counter(), {}
    for one in found:
        key = one.posting.hall_id
        halls[key] = one.posting.hall
        asked[key] += 1
        read[key] += one.confirmed_at is not None
        late[key] += one.late
    rows = [(halls[key], Rate(asked[key], read[key]), late[key]) for key in asked]
    return sorted(rows, key=lambda row: (row[1].percent, str(row[0] or "")))


# ------------------------------------------------------------------------------------------------------- what is different

@dataclass(frozen=True)
class Change:
    """A clause that differs between two versions: `kind` is 'new', 'gone' or 'changed'; the parts are those of rules.difference."""

    kind: str
    clause: Clause
    title: list
    text: list
    facts: list


FACTS = ("parameters", "schedules", "checklists", "indicators")


def changes(older, newer, language):
    """What differs from one version to the next in the given language, in the order of the newer; what is gone stands at the end."""
    before = {(row.source, row.number): row for row in older.clauses.all()}
    after = {(row.source, row.number): row for row in newer.clauses.order_by("order")}
    told = [change for key, row in after.items() if (change := compared(before.get(key), row, language))]
    return told + [compared(row, None, language) for key, row in sorted(before.items(), key=lambda pair: pair[1].order) if key not in after]


def compared(old, new, language):
    """The Change from one clause to another, None where nothing differs in any language."""
    if old and new and same(old, new):
        return None
    kind = "changed" if old and new else "new" if new else "gone"
    words = [(row.title.in_language(language), row.text.in_language(language)) if row else ("", "") for row in (old, new)]
    facts = [(name, sorted(set(getattr(old, name, [])) - set(getattr(new, name, []))), sorted(set(getattr(new, name, [])) - set(getattr(old, name, []))))
             for name in FACTS] if old and new else []
    return Change(kind, new or old, rules.difference(words[0][0], words[1][0]), rules.difference(words[0][1], words[1][1]),
                  [fact for fact in facts if fact[1] or fact[2]])


def same(old, new):
    """Whether two clauses say and name the same, in every language."""
    return all(getattr(old, name) == getattr(new, name) for name in ("title", "text", "kind", "parent", "evidence", *FACTS))


# ------------------------------------------------------------------------------------------------------------------ words

def covered_in_words(version):
    """(the kinds of hall, the positions) whom a version covers, as words; no kind means every hall."""
    kinds = dict(Hall.Kind.choices)
    names = {row.code: str(row) for row in Position.objects.filter(code__in=version.positions)}
    return [str(kinds[kind]) for kind in version.hall_kinds if kind in kinds], [names.get(code, code) for code in version.positions]


def figures(version):
    """How many chapters and clauses a version has."""
    counted = dict(version.clauses.order_by().values_list("kind").annotate(n=Count("pk")))
    return {"chapters": counted.get("chapter", 0), "clauses": counted.get("clause", 0)}
