"""The words of the figures: tiles, charts, comparison; each number with the address of its list."""
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from complaints.analysis import drawings
from complaints.analysis.figures import AGES, FIGURES, LEFT
from complaints.analysis.models import CLOSED, DUE, RECEIVED
from complaints.handling import states
from complaints.handling.models import Cause, Channel, Complaint, Kind, Severity
from config.web.charts import Bar, Chart, Series
from config.web.templatetags import hk, periods

FEW_CAUSES = 3  # named in the finding of the Pareto chart
MOST = 12  # bars of names; what is rarer stands together


class Links:
    """Makes the addresses of the lists behind the figures."""

    def __init__(self, bar):
        self.kept = {"hall": bar.hall_id or "", "who": bar.who, "against": bar.against}
        self.span, self.usual = bar.now, bar.period.key

    def to(self, figure, number=1, span=None, **cut):
        """The address of a figure's list; '' for nothing."""
        if not number:
            return ""
        chosen = {"figure": figure, **self.kept, "period": key_of(span) if span else self.usual, **cut}
        return f"{reverse('complaint_figure_records')}?{urlencode({name: value for name, value in chosen.items() if value != '' or name in ('hall', *cut)})}"


def key_of(span):
    """A span of days as a period in an address: of a beginning of one, its days."""
    return span.key if span.is_whole else f"{span.first.isoformat()}..{span.last.isoformat()}"


def grouped(number):
    """A count as people read it: 12 345."""
    return f"{number:,}".replace(",", "\u202f")


def per_cent(value):
    """A share in words."""
    return "—" if value is None else f"{value} %"


def minutes(value):
    """Working time in words."""
    return "—" if value is None else hk.minutes(value)


def stars(sums):
    """The mean with how many rated of how many closed."""
    return "—" if sums.satisfaction is None else f"{sums.satisfaction:.1f}"


def spark(values):
    """The points of a small line, 200 by 36; '' for fewer than two."""
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return ""
    top, step = max(value for _place, value in known) or 1, 200 / max(1, len(values) - 1)
    return " ".join(f"{place * step:.0f},{34 - 32 * value / top:.0f}" for place, value in known)


def tiles(totals, found, others, trend, links):
    """What decides: open, overdue, first answer in time, solved in time, satisfaction."""
    received, closed = found.of(0, RECEIVED), found.of(0, CLOSED)
    before = [(words, found.of(place, RECEIVED), found.of(place, CLOSED)) for place, words in others]

    def compared(read):
        return [words % {"value": read(then, ended)} for words, then, ended in before] + ["", ""]

    def tile(label, value, unit, url, read, **more):
        left, right, *_rest = compared(read) if read else more.pop("sides")
        return {"label": label, "value": value, "unit": unit, "url": url, "left": left, "right": right, **more}

    late, escalated = totals["late"], totals["escalated"]
    return [
        tile(pgettext("complaints", "Open"), grouped(totals["open"]), "", links.to("open", totals["open"]), None, sides=(
            _("due today %(n)s") % {"n": totals["today"]}, _("unassigned %(n)s") % {"n": totals["unassigned"]}),
            points=spark([one[0].number for one in trend]), note=_("received %(n)s") % {"n": received.number}, tone="none"),
        tile(_("Overdue"), grouped(late), "", links.to("late", late), None, sides=("", ""),
             note=_("%(n)s escalated") % {"n": escalated} if escalated else _("none escalated"), tone="late" if escalated else "ok"),
        tile(_("First answer in time"), "—" if received.ack_share is None else received.ack_share, "" if received.ack_share is None else "%",
             links.to("acked", received.acked), lambda then, _ended: per_cent(then.ack_share), points=spark([one[0].ack_share for one in trend]),
             note=_("on average after %(time)s") % {"time": minutes(received.ack_average)}, tone="none"),
        tile(_("Solved in time"), "—" if closed.in_time_share is None else closed.in_time_share, "" if closed.in_time_share is None else "%",
             links.to("solved", closed.solved), lambda _then, ended: per_cent(ended.in_time_share), points=spark([one[1].in_time_share for one in trend]),
             note=_("on average after %(time)s") % {"time": minutes(closed.solve_average)}, tone="none"),
        tile(_("Satisfaction after handling"), stars(closed), "/ 5" if closed.rated else "", links.to("rated", closed.rated),
             lambda _then, ended: stars(ended), points=spark([one[1].satisfaction for one in trend]),
             note=_("%(rated)s rated of %(closed)s closed") % {"rated": closed.rated, "closed": closed.number}, tone="none"),
    ]


def causes(found, links):
    """The root causes of what was closed, the most first, with their sum."""
    told = {value: sums for value, sums in found.by(0, CLOSED, "cause").items() if value}
    rows = sorted(told.items(), key=lambda row: (-row[1].number, row[0]))
    bars = [Bar(label, label, (sums.number,), (links.to("closed", sums.number, cause=value),))
            for value, sums in rows for label in [str(dict(Cause.choices).get(value, value))]]
    total, first = sum(bar.total for bar in bars), sum(bar.total for bar in bars[:FEW_CAUSES])
    said = _("Root causes")
    if total:
        said = (_("Three causes make %(share)s %% of the complaints") % {"share": round(100 * first / total)} if len(bars) > FEW_CAUSES else
                _("%(cause)s: %(share)s %% of the complaints") % {"cause": bars[0].name, "share": round(100 * bars[0].total / total)})
    return drawings.Pareto("causes", said, _("Closed complaints by root cause; the line is their sum."), _("Root cause"),
                           [Series("closed", _("Closed"))], bars)


def course(trend, spans, links):
    """The share solved in time, month by month."""
    values = [-1 if closed.in_time_share is None else closed.in_time_share for _received, closed in trend]
    bars = [Bar(f"{span.first:%m}".lstrip("0"), periods.period(span), (value,), (links.to("solved", closed.solved, span=span),))
            for span, value, (_received, closed) in zip(spans, values, trend, strict=True)]
    return drawings.Course("course", drawings.course_finding(values), _("Solved within the promise ÷ solved, 13 months."), _("Month"),
                           [Series("in_time", _("Solved in time"))], bars)


def volume(trend, spans, links):
    """How many came and how many were closed, month by month."""
    bars = [Bar(f"{span.first:%m}".lstrip("0"), periods.period(span), (received.number,), (links.to("received", received.number, span=span),))
            for span, (received, _closed) in zip(spans, trend, strict=True)]
    return Chart("volume", _("Complaints received"), _("Complaints received, 13 months; merged ones count once."), _("Month"),
                 [Series("received", _("Received"))], bars)


def tables(totals_by, found, names, halls, links, scope):
    """What is told by names: state, age, channel, hall, product, severity, kind, handler."""
    by_state, by_age, by_left = totals_by
    words = dict(Complaint.State.choices)
    shown = [
        table("states", _("Open by state"), _("What is open now."), _("State"), "open", "state",
              [(state, str(words[state]), by_state.get(state, 0)) for state in states.OPEN if by_state.get(state)], links),
        table("ages", _("Open by age"), _("What is open now, by days since it was received."), _("Age"), "open", "age",
              [(key, str(label), by_age.get(key, 0)) for key, label, *_rest in AGES if by_age.get(key)], links),
        table("left", _("Open by time left"), _("What is open now, by the time left until the promised solution."), _("Time left"), "open", "left",
              [(key, str(label), by_left.get(key, 0)) for key, label, *_rest in LEFT if by_left.get(key)], links),
        of_property("channels", _("By channel"), _("Channel"), RECEIVED, "channel", found, dict(Channel.choices), links),
        of_property("severities", _("By severity"), _("Severity"), RECEIVED, "severity", found, dict(Severity.choices), links),
        of_property("products", _("By product"), _("Product or case"), RECEIVED, "product", found, {"": _("not named")}, links),
        of_property("kinds", _("By kind"), _("Kind"), RECEIVED, "kind", found, dict(Kind.choices), links)]
    if len(halls) > 1 and not scope.hall:
        shown.insert(2, of_property("halls", _("By hall"), _("Hall"), RECEIVED, "hall", found, {hall.pk: str(hall) for hall in halls}, links))
    if scope.names:
        shown.insert(2, of_property("handlers", _("By handler"), _("Handler"), CLOSED, "handler", found, {"": _("nobody"), **names}, links))
    return shown


def of_property(key, finding, head, phase, dim, found, words, links):
    """What was received or closed in the period, by a property: the most first."""
    rows = sorted(found.by(0, phase, dim).items(), key=lambda row: (-row[1].number, str(row[0])))
    told = [(value, str(words.get(value, value)), sums.number) for value, sums in rows[:MOST]]
    note = _("Received in the period.") if phase == RECEIVED else _("Closed in the period.")
    return table(key, finding, note, head, phase, dim, told, links)


def table(key, finding, note, head, figure, cut, rows, links):
    """Rows of (value, words, number)."""
    bars = [Bar("", words, (n,), (links.to(figure, n, **{cut: value}),)) for value, words, n in rows]
    return Chart(key, finding, note, head, [Series(figure, str(FIGURES[figure].label))], bars)


def lines(columns, found, links):
    """The comparison: [{label, cells: [{text, url}]}], a column for each (place, span)."""
    def counted(label, figure, phase, name="number"):
        return line(label, [(grouped(getattr(found.of(place, phase), name)), links.to(figure, getattr(found.of(place, phase), name), span))
                            for place, span in columns])

    def told(label, say, figure, phase, whole):
        return line(label, [(say(found.of(place, phase)), links.to(figure, getattr(found.of(place, phase), whole), span)) for place, span in columns])

    def line(label, cells):
        return {"label": label, "cells": [{"text": text, "url": url} for text, url in cells]}

    return [
        counted(_("Received"), "received", RECEIVED), counted(_("Answered first"), "acked", RECEIVED, "acked"),
        counted(_("Answered first in time"), "ack_in_time", RECEIVED, "ack_in_time"),
        told(_("Working time to the first answer, average"), lambda one: minutes(one.ack_average), "acked", RECEIVED, "acked"),
        counted(_("Repeated"), "repeat", RECEIVED, "repeat"),
        told(pgettext("share", "Repeated"), lambda one: per_cent(one.repeat_share), "received", RECEIVED, "number"),
        counted(_("Closed"), "closed", CLOSED), counted(_("Solved"), "solved", CLOSED, "solved"), counted(_("Solved in time"), "in_time", CLOSED, "in_time"),
        told(_("Solved in time, share"), lambda one: per_cent(one.in_time_share), "solved", CLOSED, "solved"),
        told(_("Working time to the solution, average"), lambda one: minutes(one.solve_average), "solved", CLOSED, "solved"),
        counted(_("Handled again"), "reopened", CLOSED, "reopened"), counted(_("Rated"), "rated", CLOSED, "rated"),
        told(_("Satisfaction after handling"), stars, "rated", CLOSED, "rated"),
        counted(_("Solution due"), "due", DUE), counted(_("Solved of those due"), "handled", DUE, "solved"),
        told(_("Handling rate"), lambda one: per_cent(one.handled_share), "due", DUE, "number"),
    ]
