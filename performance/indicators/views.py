"""Pages of indicators: all of them, one with what made it, and the records behind a figure."""
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.contributions.figures import NOTHING, SHARE
from config.privacy import log
from config.web.analysis import AnalysisPage
from config.web.charts import Bar, Chart, Series
from config.web.lists import ListPage
from config.web.templatetags import periods
from performance.indicators import cells, queries, scopes
from performance.indicators.permissions import Can

WHOLE, PART, REST, LEFT_OUT = PARTS = ("whole", "part", "rest", "left-out")


class Figures(AnalysisPage, abstract=True):
    """What pages of indicators share: whose figures may be asked for."""

    capability = Can.READ

    @cached_property
    def indicators(self):
        """Those the page is about, as far as this person may see them."""
        return queries.in_reach(self.request.user)

    @property
    def capabilities(self):
        """What their figures ask for."""
        return {one.capability for one in self.indicators}

    def halls(self):
        """The halls in which one of the figures is theirs to see."""
        return scopes.halls_of(self.request.user, self.capabilities)

    def whose(self, period, halls):
        """The teams and people whose figures this person may see."""
        return scopes.whose(self.request.user, self.capabilities, period)


class OfIndicator(Figures, abstract=True):
    """A page about one indicator; one that is not the person's to see does not exist."""

    @cached_property
    def indicator(self):
        """The indicator of the address."""
        return next((one for one in queries.in_reach(self.request.user) if one.key == self.kwargs["key"]), None) or _nothing()

    @cached_property
    def indicators(self):
        """That one."""
        return [self.indicator]

    def behind(self, bar, who):
        """The records of the period and the subject chosen."""
        subjects = scopes.headline(self.request.user, self.indicator, bar.hall_id, who)
        return self.indicator.records(bar.now, subjects, self.request.user)


def _nothing():
    raise Http404


class IndicatorList(Figures):
    """Every indicator in reach: value, target, trend, comparison; below, each hall, team and person."""

    def get(self, request):
        """The page."""
        user, halls, indicators = request.user, self.halls(), self.indicators
        bar, who = self.asked(halls)
        now, others = bar.now, [span for _key, _name, span in bar.others]
        goals, lines = queries.goals(indicators, bar.hall_id, now.last), []
        for subjects, group in scopes.by_subjects(user, indicators, bar, who):
            found, [key] = queries.measured(user, group, subjects, [now, *others]), subjects.keys or (None,)
            trend = queries.trend(user, group, subjects, bar) if subjects.keys else []
            for one in group:
                goal = goals.get(one.key)
                lines.append({"indicator": one, "shown": queries.shown(one, found.get((one.key, now, key)), goal), "goal": goal and queries.written(one, goal),
                              "others": [(name, queries.shown(one, found.get((one.key, span, key)))) for _key, name, span in bar.others],
                              "points": queries.spark(one, [figures[one.key] for _part, figures in trend])})
        lines.sort(key=lambda line: indicators.index(line["indicator"]))
        return self.show("performance/indicators/list.html", {
            "bar": bar, "who": who, "hall": hall_of(halls, bar), "lines": lines, "indicators": indicators, "query": query_of(bar),
            "rows": self.rows(halls, bar, who), "few": queries.FEW})

    def rows(self, halls, bar, who):
        """[{row, cells, query}] of everybody who has a figure."""
        user, indicators = self.request.user, self.indicators
        rows = scopes.rows(user, indicators, halls, bar.now, bar, who)
        found, lines = queries.of_rows(user, indicators, rows, [bar.now], bar.hall_id), []
        for row in rows:
            figures = [(one, found.get((one.key, bar.now, row.kind, row.pk))) for one in indicators]
            if any(figure for _one, figure in figures):
                lines.append({"row": row, "query": query_of(bar, row), "cells": [(one, queries.shown(one, figure)) for one, figure in figures]})
        return lines


def query_of(bar, row=None, **more):
    """The bar as it stands in an address; with a row, that hall, team or person chosen."""
    chosen = {"period": bar.period.key, "hall": bar.hall_id or "", "who": bar.who, "against": bar.against}
    if row is not None:
        chosen |= {"hall": row.pk} if row.kind == "hall" else {"who": f"{row.kind}-{row.pk}"}
    return urlencode({name: value for name, value in (chosen | more).items() if value != "" or name == "hall"})


def hall_of(halls, bar):
    """The hall chosen, or None."""
    return next((hall for hall in halls if hall.pk == bar.hall_id), None)


class IndicatorPage(OfIndicator):
    """One indicator with its birth certificate: what it counts, by which parameters, out of which records, and what it leaves out."""

    def get(self, request, key):
        """The page."""
        one, user, halls = self.indicator, request.user, self.halls()
        bar, who = self.asked(halls)
        now, spans = bar.now, [bar.now, *(span for _key, _name, span in bar.others)]
        subjects = scopes.headline(user, one, bar.hall_id, who)
        [me] = subjects.keys or (None,)
        found = queries.measured(user, [one], subjects, spans)
        goal = queries.goals([one], bar.hall_id, now.last).get(one.key)
        records = reverse("indicator_records", args=[one.key])
        trend = [(part, figures[one.key]) for part, figures in queries.trend(user, [one], subjects, bar)] if subjects.keys else []
        hall = hall_of(halls, bar)
        drawn = chart(one, trend, lambda span, part: f"{records}?{query_of(bar, period=span.key, part=part)}")
        if "csv" in request.GET:
            log.note(request, "export", kind="indicator", fields=[one.key], hall_id=bar.hall_id)
            return drawn.csv(one.key)
        return self.show("performance/indicators/indicator.html", {
            "indicator": one, "bar": bar, "who": who, "hall": hall, "query": query_of(bar), "records": records,
            "shown": queries.shown(one, found.get((one.key, now, me)), goal), "goal": goal and queries.written(one, goal),
            "others": [{"name": name, "span": span, "shown": queries.shown(one, found.get((one.key, span, me)))} for _key, name, span in bar.others],
            "left_out": queries.left_out(one.records(now, subjects, user)) if subjects.keys else [], "few": queries.FEW,
            "chart": drawn,
            "rows": self.rows(halls, bar, who, spans), "spans": bar.others, "judged_by": queries.judged_by(one.parameters, now, hall),
            "citations": queries.citations(one, now.last), "unit": queries.UNIT_WORDS[one.form](), "direction": queries.DIRECTION_WORDS[one.direction]()})

    def rows(self, halls, bar, who, spans):
        """[{row, shown: of each period, query}] of everybody who has a figure."""
        user, one = self.request.user, self.indicator
        rows = scopes.rows(user, [one], halls, bar.now, bar, who)
        found, lines = queries.of_rows(user, [one], rows, spans, bar.hall_id), []
        for row in rows:
            figures = [found.get((one.key, span, row.kind, row.pk)) for span in spans]
            if any(figures):
                lines.append({"row": row, "query": query_of(bar, row), "shown": [queries.shown(one, figure) for figure in figures]})
        return lines


def chart(indicator, trend, address):
    """The trend as a chart of which each bar opens its records: shares as what met them and what did not, else the figure itself."""
    bars, urls = [], []
    for span, figure in trend:
        label, name, figure = periods.part(span), periods.period(span), figure or NOTHING
        whole = address(span, WHOLE) if figure.whole else ""
        if indicator.form == SHARE:
            met, rest = figure.part or 0, figure.whole - (figure.part or 0)
            bars.append(Bar(label, name, (met, rest), (address(span, PART) if met else "", address(span, REST) if rest else "")))
            urls.append(whole)
        else:
            bars.append(Bar(label, name, (round(figure.value or 0),), (whole,)))
    series = [Series("figure", _("seconds") if indicator.form == "seconds" else str(indicator.label))]
    if indicator.form == SHARE:
        series = [Series("part", str(indicator.part)), Series("rest", _("the rest"), "bar-late", pattern=True)]
        return Chart("trend", str(indicator.label), str(indicator.definition), _("Period"), series, bars, share_of="part", share_label=_("Share"),
                     total_label=str(indicator.whole).capitalize(), total_urls=urls)
    return Chart("trend", str(indicator.label), str(indicator.definition), _("Period"), series, bars)


class IndicatorRecords(OfIndicator, ListPage):
    """The records behind a figure: those counted, those that make the share, the rest of it, or those left out with their reason."""

    default_sort, template = "pk", "performance/indicators/records.html"
    kept = ("part", "why")
    empty = gettext_lazy("No record is behind this figure.")

    def get(self, request, key):
        """The list, under the bar."""
        self.bar, self.who = self.asked(self.halls())
        self.title = str(self.indicator.label)
        return super().get(request)

    @property
    def columns(self):
        """The record, when it was, what it adds, and why it is left out."""
        one = self.indicator
        return cells.columns(one, left_out=self.behind(self.bar, self.who).reasons if self.part == LEFT_OUT else None)

    @property
    def part(self):
        """Which of the records."""
        return self.request.GET.get("part") if self.request.GET.get("part") in PARTS else WHOLE

    def chosen_sort(self):
        """By their moment, the newest first."""
        asked = self.request.GET.get("sort", "")
        return self.indicator.moment, asked != self.indicator.moment

    def rows(self):
        """Exactly those that the figure counts."""
        behind = self.behind(self.bar, self.who)
        rows = {WHOLE: behind.whole, PART: behind.part, LEFT_OUT: behind.excluded}.get(self.part)
        if self.part == REST and behind.part is not None:
            rows = behind.whole.exclude(pk__in=behind.part.values("pk"))
        if rows is None:
            raise Http404
        why = self.request.GET.get("why", "")
        return rows.filter(why=why) if self.part == LEFT_OUT and why in behind.reasons else rows

    def read(self, rows):
        """These rows, each with whether this person may open it."""
        return cells.with_rights(self.indicator.kind, rows, self.request.user)

    def context(self):
        """The bar and what the list is of."""
        words = {WHOLE: self.indicator.whole, PART: self.indicator.part, REST: _("not %(part)s") % {"part": self.indicator.part}, LEFT_OUT: _("left out")}
        why = self.behind(self.bar, self.who).reasons.get(self.request.GET.get("why", "")) if self.part == LEFT_OUT else ""
        return {"bar": self.bar, "indicator": self.indicator, "who": self.who, "hall": hall_of(self.halls(), self.bar),
                "of_what": why or words[self.part], "query": query_of(self.bar)}
