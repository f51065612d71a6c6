"""The two charts of the dashboard that are lines: the causes with their sum (Pareto), and the share solved in time over 13 months."""
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from config.web.charts import HEAD, HEIGHT, SCALE, WIDTH, Chart, figure

PLACE = WIDTH - SCALE


@dataclass
class Pareto(Chart):
    """Bars, the highest first, with a line of what they make together, in per cent of all."""

    @cached_property
    def running(self):
        """[(x, y, per cent)] of the line; the scale at the right is per cent."""
        total, before, found = sum(bar.total for bar in self.bars), 0, []
        for place in self.drawn:
            before += place["bar"].total
            found.append({"x": place["middle"], "y": figure(self.base - HEIGHT * before / total), "share": round(100 * before / total)})
        return found

    @property
    def top(self):
        """All together: bars and line share one scale, so that they begin and end alike."""
        return max(2, sum(bar.total for bar in self.bars))

    @property
    def points(self):
        """The line."""
        return " ".join(f"{one['x']},{one['y']}" for one in self.running)


@dataclass
class Course(Chart):
    """A share by month as a line; `bars` hold per cent, or -1 where nothing was measured, and the addresses; the table says "—" there."""

    @property
    def is_empty(self):
        """Whether nothing was measured."""
        return not any(bar.values[0] >= 0 for bar in self.bars)

    @cached_property
    def places(self):
        """[{x, y, value, url, name, label, last}] of the months."""
        step, found = PLACE / max(1, len(self.bars) - 1), []
        for place, bar in enumerate(self.bars):
            value = bar.values[0]
            found.append({"x": figure(place * step), "y": figure(HEAD + HEIGHT * (1 - value / 100)) if value >= 0 else "", "value": value, "url": bar.urls[0],
                          "name": bar.name, "label": bar.label if place % 2 == 0 else "", "measured": value >= 0, "last": place == len(self.bars) - 1,
                          "anchor": "start" if place == 0 else "middle"})
        return found

    @property
    def points(self):
        """The line through what was measured."""
        return " ".join(f"{one['x']},{one['y']}" for one in self.places if one["measured"])

    @property
    def scale(self):
        """Lines at 0, 50 and 100 per cent."""
        return [{"value": value, "y": figure(HEAD + HEIGHT * (1 - value / 100)), "text_y": figure(HEAD + HEIGHT * (1 - value / 100) + 4)}
                for value in (100, 50, 0)]

    @property
    def rows(self):
        """The table: equal to what is drawn."""
        return [(bar.name, [("—" if bar.values[0] < 0 else f"{bar.values[0]} %", bar.urls[0])]) for bar in self.bars]


def falling(values):
    """How many of the last months fell one after another."""
    known = [value for value in values if value >= 0]
    count = 0
    while count + 1 < len(known) and known[-1 - count] < known[-2 - count]:
        count += 1
    return count


def course_finding(values):
    """The course in words."""
    known = [value for value in values if value >= 0]
    if not known:
        return _("Nothing was solved yet")
    fell = falling(values)
    if fell > 1:
        return _("Solved in time fell for %(n)s months, to %(share)s %%") % {"n": fell, "share": known[-1]}
    return _("Solved in time: %(share)s %% this month") % {"share": known[-1]} if values[-1] >= 0 else _("Solved in time: %(share)s %% at last") % {
        "share": known[-1]}
