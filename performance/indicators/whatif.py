"""What if a parameter had another value: the same records judged once by the values of their own days and once by those supposed. Nothing is
stored; one statement a figure, however many records, halls and people."""
from collections import Counter
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, F, Q, Value, When

from config.accounts.access import may
from config.contributions.figures import CONTROLS, HALL, PERSON, SHARE, TARGETS, Figure, judging_anew
from config.contributions.records import KINDS
from performance.indicators import queries, scopes
from performance.indicators.permissions import Can
from staff.regulation import values
from staff.regulation.parameters import kinds

KEPT, BROKEN, OUT = "kept", "broken", "out"  # what a record is to a figure: it meets what is asked, it does not, it is not counted


@dataclass(frozen=True)
class Judged:
    """A figure whose records are kept or broken by parameters: an indicator that is a share, or a control."""

    sort: str  # "indicator" or "control"; the name of its page
    member: object
    capability: str

    @property
    def key(self):
        """How the address names it."""
        return self.member.key

    @property
    def read(self):
        """The parameters by which its records are judged anew."""
        return [key for key in self.member.parameters if key not in getattr(self.member, "stored", ())]

    def parts(self, user, bar, who):
        """(the records counted, those that meet what is asked) as querysets, exactly those that its own page counts."""
        if self.sort == "indicator":
            behind = self.member.records(bar.now, scopes.headline(user, self.member, bar.hall_id, who), user)
            return behind.whole, behind.part
        asked = (bar.now, user, self.capability, scopes.narrowed_by(bar, who, bar.now))
        return self.member.population(*asked), self.member.conforming(*asked)


def in_reach(user):
    """The figures judged by parameters that this person may see."""
    shares = [Judged("indicator", one, one.capability) for one in queries.in_reach(user) if one.form == SHARE and one.person and one.parameters]
    return shares + ([Judged("control", one, Can.CONTROLS) for one in CONTROLS.all() if one.parameters] if may(user, Can.CONTROLS) else [])


def parameters_for(user):
    """The keys of the parameters that may be supposed: each read by a figure in reach, judged anew, and entered by itself."""
    known = {key for one in in_reach(user) for key in one.read}
    return [key for key in values.definitions() if key in known and may_be_supposed(key)]


def may_be_supposed(key):
    """Whether figures judge by this parameter anew, and its value is a single one that changes alone."""
    return key in judging_anew() and kinds.of(key)["type"] in OTHERS and kinds.together(key) == [key]


def not_anew(user):
    """[(figure, keys)] of those in reach whose records keep the limit that was set when they arose."""
    return [(one.member, one.member.stored) for one in in_reach(user) if getattr(one.member, "stored", ())]


def supposed(asked, bar):
    """The context in which these values ({key: value}) hold in the hall of the bar, or the company, in its period."""
    return values.supposing(*((key, value, bar.hall_id, bar.now.first, bar.now.last) for key, value in asked.items()))


def verdicts(judged, user, bar, who, asked):
    """The records of the figure with `before` and `after`, each KEPT, BROKEN or OUT."""
    before = judged.parts(user, bar, who)
    with supposed(asked, bar):
        after = judged.parts(user, bar, who)
    rows = KINDS.get(judged.member.kind).model_class.objects.filter(among(before[0]) | among(after[0]))
    return rows.annotate(before=verdict(*before), after=verdict(*after))


def among(rows):
    """The condition that a record is one of these."""
    return Q(pk__in=rows.order_by().values("pk"))


def verdict(whole, part):
    """What a record is, as an expression."""
    return Case(When(among(part), then=Value(KEPT)), When(among(whole), then=Value(BROKEN)), default=Value(OUT), output_field=CharField())


def changed(rows):
    """Those whose verdict changes."""
    return rows.exclude(before=F("after"))


def counted(judged, user, bar, who, asked):
    """Counter of (hall id, person id, before, after) over the records of a figure; one statement."""
    rows = verdicts(judged, user, bar, who, asked).order_by().values_list("hall_id", f"{judged.member.person}_id", "before", "after")
    return Counter({tuple(facts): n for *facts, n in rows.annotate(n=Count("pk"))})


@dataclass(frozen=True)
class Compared:
    """A figure before and after: both Figures, and how many records change their verdict."""

    before: Figure
    after: Figure
    changed: int

    @property
    def difference(self):
        """In points of a hundred, None where one of them was not measured."""
        return None if None in (self.before.value, self.after.value) else round(self.after.value - self.before.value, 1)

    @property
    def differs(self):
        """Whether anything changes."""
        return bool(self.changed)


def compared(counts, hall=None, person=None):
    """The Compared out of what was `counted`, of everything, of one hall or of one person."""
    rows = [(before, after, n) for (of_hall, of_person, before, after), n in counts.items()
            if (hall is None or of_hall == hall) and (person is None or of_person == person)]
    return Compared(*(share_of([(row[place], row[2]) for row in rows]) for place in (0, 1)), sum(n for before, after, n in rows if before != after))


def share_of(said):
    """The Figure of [(verdict, how many)]."""
    kept, broken = (sum(n for verdict, n in said if verdict == one) for one in (KEPT, BROKEN))
    whole = kept + broken
    return Figure(round(100 * kept / whole, 1) if whole else None, whole, kept)


def of_rows(counts, user, judged, halls, bar, who):
    """[(Row, {figure key: Compared})] of the halls and people in reach for whom a verdict changes, and how many there are for whom none does.

    `counts` are by (sort, key). A person sees there whom the page of that figure shows them.
    """
    found, same = {}, set()
    for capability in {one.capability for one in judged}:
        mine = [one for one in judged if one.capability == capability]
        for row in scopes.rows(user, mine, halls, bar.now, bar, who):
            if row.kind not in (HALL, PERSON):
                continue
            cells = {(one.sort, one.key): compared(counts[one.sort, one.key], **{row.kind: row.pk}) for one in mine}
            if any(cell.changed for cell in cells.values()):
                found.setdefault(row, {}).update(cells)
            elif any(cell.before.whole for cell in cells.values()):
                same.add(row)
    order = {HALL: 0, PERSON: 1}
    return sorted(found.items(), key=lambda line: order[line[0].kind]), len(same - found.keys())


@dataclass(frozen=True)
class Limit:
    """An indicator whose target is one of the parameters: the figure stays, what it is measured against changes."""

    indicator: object
    shown: str
    before: str
    after: str
    met_before: bool | None
    met_after: bool | None


def limits(user, bar, who, asked):
    """The Limits that change; a statement a family of indicators, and one a target and side."""
    aimed = {one.indicator for one in TARGETS.all()}
    mine = [one for one in queries.in_reach(user) if one.key in aimed and set(one.parameters) & asked.keys()]
    if not mine:
        return []
    before = queries.goals(mine, bar.hall_id, bar.now.last)
    with supposed(asked, bar):
        after = queries.goals(mine, bar.hall_id, bar.now.last)
    found = []
    for subjects, group in scopes.by_subjects(user, mine, bar, who):
        figures, [key] = queries.measured(user, group, subjects, [bar.now]), subjects.keys or (None,)
        for one in group:
            if before[one.key] != after[one.key]:
                was, then = (queries.shown(one, figures.get((one.key, bar.now, key)), goal[one.key]) for goal in (before, after))
                found.append(Limit(one, was.text, *(queries.written(one, goal[one.key]) for goal in (before, after)), was.met, then.met))
    return found


def examples(held):
    """Up to three [(key, value)] to begin with, by the values that hold: stricter ones first."""
    found = [(key, other) for way in (0, 1) for key, value in held.items() if (other := OTHERS[kinds.of(key)["type"]](kinds.of(key), value)[way]) != value]
    return found[:EXAMPLES]


def half_and_double(row, number):
    """Half of it and twice as much, within the range of the parameter."""
    low, high = row["range"]
    return max(low, number // 2), min(high, number * 2)


def earlier_and_later(_row, clock):
    """Half an hour earlier and later, on the same day."""
    hour, minute = map(int, clock.split(":"))
    shifted = (max(0, min(hour * 60 + minute + by, 24 * 60 - 1)) for by in (-30, 30))
    return tuple(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in shifted)


OTHERS = {"integer": half_and_double, "time": earlier_and_later}  # the types that may be supposed: each entered in one field
EXAMPLES = 3


def told_of(judged, user, bar, who, asked, ids):
    """({id: what the figure tells of the record} before, the same after); two statements."""
    tells, sides = judged.member.tells or (lambda row: ""), []
    before = judged.parts(user, bar, who)[0]
    with supposed(asked, bar):
        after = judged.parts(user, bar, who)[0]
    for whole in (before, after):
        sides.append({row.pk: tells(row) for row in whole.filter(pk__in=ids).select_related(*KINDS.get(judged.member.kind).joins)})
    return sides
