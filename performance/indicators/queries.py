"""The figures of indicators, as pages show them. One statement a family of indicators, kind of subject and set of periods, however many
subjects there are."""
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from config.accounts.access import may
from config.contributions.figures import COUNT, HALL, INDICATORS, MEAN, NOTHING, PERSON, SECONDS, SHARE, TARGETS, TEAM, Subjects
from config.web.templatetags import hk
from staff.regulation import values
from staff.regulation.clauses.models import Clause, RegulationVersion
from staff.regulation.parameters import words

FEW = 5  # fewer records than this make a figure that chance decides: it is shown pale
SPARK = (200, 36)  # the size of the drawing of a trend


@dataclass(frozen=True)
class Shown:
    """A figure as a page shows it: `text`, whether it rests on few records, whether it meets its target (None without one)."""

    text: str
    few: bool
    met: bool | None
    figure: object


def in_reach(user):
    """The indicators whose figures this person may see."""
    return [one for one in INDICATORS.all() if may(user, one.capability)]


def apart(periods):
    """The periods in groups within which none overlaps another."""
    groups = []
    for period in periods:
        fits = next((group for group in groups if all(period.last < one.first or one.last < period.first for one in group)), None)
        if fits is None:
            groups.append([period])
        else:
            fits.append(period)
    return groups


def measured(user, indicators, subjects, periods):
    """{(indicator key, period, id): Figure} of these subjects, all of one kind; what was not measured is left out."""
    found, facts = {}, {}
    for one in indicators:
        if subjects.kind not in one.subjects:
            continue
        if one.measure not in facts:
            facts[one.measure] = {}
            for group in apart(periods):
                facts[one.measure] |= one.measure(group, subjects, user)
        found |= {(one.key, *key): one.read(row) for key, row in facts[one.measure].items()}
    return found


def of_rows(user, indicators, rows, periods, hall_id):
    """{(indicator key, period, kind, id): Figure} of halls, teams and people."""
    found = {}
    for kind in (HALL, TEAM, PERSON):
        ids = tuple(row.pk for row in rows if row.kind == kind)
        if ids:
            asked = Subjects(kind, ids, hall_id)
            found |= {(key, period, kind, pk): figure for (key, period, pk), figure in measured(user, indicators, asked, periods).items()}
    return found


def goals(indicators, hall_id, day):
    """{indicator key: the figure aimed at} of those that have one."""
    wanted = {one.key for one in indicators}
    return {one.indicator: one.goal(hall_id, day) for one in TARGETS.all() if one.indicator in wanted}


def written(indicator, value):
    """A figure with its unit; a dash for none."""
    if value is None:
        return "—"
    if indicator.form == SECONDS:
        return hk.seconds(value)
    if indicator.form == COUNT:
        return f"{value:,}".replace(",", "\u202f")
    return f"{value:g} %" if indicator.unit == "%" else f"{value:.1f}"


def shown(indicator, figure, goal=None):
    """A Figure as a page shows it."""
    figure = figure or NOTHING
    met = None
    if goal is not None and figure.value is not None:
        met = figure.value <= goal if indicator.direction == "down" else figure.value >= goal
    return Shown(written(indicator, figure.value), 0 < figure.whole < FEW and indicator.form != COUNT, met, figure)


def spark(indicator, figures):
    """The points of a trend drawn from these Figures, from zero up; '' for fewer than two."""
    told = [(place, one.value) for place, one in enumerate(figures) if one is not None and one.value is not None]
    if len(told) < 2:
        return ""
    top, step = max(value for _place, value in told) or 1, SPARK[0] / max(1, len(figures) - 1)
    return " ".join(f"{place * step:.0f},{SPARK[1] - 2 - (SPARK[1] - 4) * value / top:.0f}" for place, value in told)


def trend(user, indicators, subjects, bar):
    """[(part of the period, {indicator key: Figure})] of the parts that have begun."""
    parts = [part for part in bar.period.parts() if part.first <= bar.today]
    found = measured(user, indicators, subjects, parts) if parts else {}
    [key] = subjects.keys
    return [(part, {one.key: found.get((one.key, part, key)) for one in indicators}) for part in parts]


def left_out(behind):
    """[(why, its words, how many)] of the records that a figure leaves out, the most first; one statement."""
    if behind.excluded is None:
        return []
    found = behind.excluded.order_by().values("why").annotate(n=Count("pk")).values_list("why", "n")
    return sorted(((why, behind.reasons[why], n) for why, n in found), key=lambda row: (-row[2], row[0]))


def judged_by(keys, period, hall):
    """[(key, its meaning, [(first day, value in words)])] of the parameters in force in the period, each change of them; one statement a key."""
    found = []
    for key in keys:
        steps, known = [], values.values_on(key, list(period), hall)
        for day, value in known.items():
            if not steps or steps[-1][1] != value:
                steps.append((day, value))
        found.append((key, words.meaning(key), [(day, words.shown(key, value)) for day, value in steps]))
    return found


def citations(indicator, day):
    """The clauses in force that call this figure by name, as the tag `why` takes them."""
    rows = Clause.objects.none()
    for name in indicator.names:
        rows = rows | Clause.objects.filter(edition__in=RegulationVersion.objects.in_force(day), indicators__contains=name)
    return ", ".join(row.citation for row in rows)


UNIT_WORDS = {SHARE: lambda: _("share in per cent"), SECONDS: lambda: _("time"), COUNT: lambda: _("number"), MEAN: lambda: _("mean of points")}
DIRECTION_WORDS = {"up": lambda: _("more is better"), "down": lambda: _("less is better"), "": lambda: _("for information")}
