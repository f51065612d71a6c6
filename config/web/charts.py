"""Charts drawn on the server as SVG, each with its table and its CSV (UX 36).

A chart says its finding as its title, begins at zero, keeps the place of empty periods, names its series beside the drawing and in the
table, and every bar opens its records. What tells two series apart is a pattern, not only a colour.
"""
import csv
from dataclasses import dataclass, field
from functools import cached_property

from django.http import HttpResponse

from config.web.exports import safe

WIDTH, HEIGHT, HEAD, SCALE = 540, 150, 20, 36  # of the drawing: all of it, a full bar, room above for a value, room at the right for the scale
WIDEST, GAP = 52, 0.26  # a bar is never wider than this; share of its place that stays empty
ALL_VALUED = 13  # up to so many bars each bears its value; beyond, only the highest
LABELS = 10  # about so many names fit under the bars
ROUND = (10, 12, 16, 20, 24, 30, 40, 50, 60, 80, 100)


@dataclass(frozen=True)
class Series:
    """One kind of what is counted. `pattern` hatches it, so that it differs without colour too."""

    key: str
    label: str
    css: str = "bar-b"
    pattern: bool = False


@dataclass(frozen=True)
class Bar:
    """One place of the chart: `label` under the bar, `name` in full, a value and an address for each series ('' opens nothing)."""

    label: str
    name: str
    values: tuple
    urls: tuple

    @property
    def total(self):
        """All series together."""
        return sum(self.values)


@dataclass(frozen=True)
class Part:
    """A drawn piece of a bar; lengths are texts, since they stand in the drawing and follow no language."""

    series: Series
    value: int
    url: str
    name: str
    x: str
    y: str
    width: str
    height: str


@dataclass
class Chart:
    """`finding` is the title in words, `note` says what is counted, `head` names the first column; `share_of` adds a column with the
    per cent that the series of that key has of all."""

    key: str
    finding: str
    note: str
    head: str
    series: list
    bars: list
    share_of: str = ""
    share_label: str = ""
    total_label: str = ""
    total_urls: list = field(default_factory=list)

    @property
    def is_empty(self):
        """Whether there is nothing to draw."""
        return not any(bar.total for bar in self.bars)

    @cached_property
    def highest(self):
        """The largest total."""
        return max((bar.total for bar in self.bars), default=0)

    @cached_property
    def top(self):
        """The end of the scale: a round even number not below the largest total."""
        if self.highest <= 10:
            return max(2, self.highest + self.highest % 2)
        size = 1
        while size * 100 < self.highest:
            size *= 10
        return next(step * size for step in ROUND if step * size >= self.highest)

    @property
    def width(self):
        """Of the whole drawing."""
        return WIDTH

    @property
    def height(self):
        """Of the whole drawing, with the names below."""
        return HEAD + HEIGHT + 24

    @property
    def base(self):
        """Where zero lies."""
        return HEAD + HEIGHT

    @property
    def end(self):
        """Where the last bar may end."""
        return WIDTH - SCALE

    @property
    def lines(self):
        """The scale: half and full."""
        return [{"value": step, "y": figure(self.base - HEIGHT * step / self.top), "text_y": figure(self.base - HEIGHT * step / self.top + 4)}
                for step in (self.top, self.top // 2)]

    @cached_property
    def drawn(self):
        """[{bar, parts, label, value …}] with every place in the drawing."""
        slot = self.end / max(1, len(self.bars))
        wide = min(WIDEST, slot * (1 - GAP))
        every = -(-len(self.bars) // LABELS)
        marked = next((bar for bar in self.bars if bar.total == self.highest), None) if self.highest else None
        found = []
        for index, bar in enumerate(self.bars):
            left, below, parts = index * slot + (slot - wide) / 2, self.base, []
            for series, value, url in zip(self.series, bar.values, bar.urls, strict=True):
                tall = HEIGHT * value / self.top
                below -= tall
                if value:
                    parts.append(Part(series, value, url, bar.name, figure(left), figure(below), figure(wide), figure(tall)))
            middle = figure(index * slot + slot / 2)
            label = ("start", figure(left)) if index == 0 and len(self.bars) > LABELS else ("middle", middle)  # a long name stays on the page
            found.append({"bar": bar, "parts": parts, "middle": middle, "anchor": label[0], "label_x": label[1], "label_y": self.base + 17,
                          "value_y": figure(below - 6), "labelled": index % every == 0, "sparse": index % (every * 2) == 0,
                          "valued": bool(bar.total) and (len(self.bars) <= ALL_VALUED or bar is marked), "marked": bar is marked})
        return found

    @property
    def header(self):
        """The heads of the table."""
        more = [self.total_label] if len(self.series) > 1 else []
        return [self.head, *more, *(series.label for series in self.series), *([self.share_label] if self.share_of else [])]

    @property
    def rows(self):
        """The table: [(name, [(text, url)])], equal to what is drawn and to the CSV."""
        found = []
        for index, bar in enumerate(self.bars):
            cells = [(bar.total, self.total_urls[index] if self.total_urls else "")] if len(self.series) > 1 else []
            cells += zip(bar.values, bar.urls, strict=True)
            if self.share_of:
                part = bar.values[[series.key for series in self.series].index(self.share_of)]
                cells.append((f"{round(100 * part / bar.total)} %" if bar.total else "—", ""))
            found.append((bar.name, cells))
        return found

    def csv(self, name):
        """The table as a file."""
        response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}-{self.key}.csv"'
        writer = csv.writer(response)
        writer.writerow([safe(str(text)) for text in self.header])
        writer.writerows([safe(str(name)), *(safe(text) for text, _url in cells)] for name, cells in self.rows)
        return response


def figure(number):
    """A length in the drawing: at most one digit behind the point, whatever the language."""
    return f"{number:.1f}".removesuffix(".0")
