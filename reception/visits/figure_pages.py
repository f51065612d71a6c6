"""The figures of visits: traffic, greeting, waiting, by period and hall, each opening its visits (REC-03, GEN-17)."""
from django.http import Http404
from django.utils.translation import gettext as _

from config.accounts.access import may
from config.privacy import log
from config.web import period_bar
from config.web.analysis import AnalysisPage
from config.web.templatetags import hk
from reception.visits import figure_charts, figures
from reception.visits.permissions import Can


class VisitFigures(AnalysisPage):
    """A period of one hall or of all in reach, beside the period before and the same a year ago."""

    capability = Can.ANALYSE

    def halls(self):
        """Those that this person may analyse."""
        return list(figures.halls_to_analyse(self.request.user))

    def whose(self, period, halls):
        """Those who served visits."""
        return figures.whose(self.request.user, period.first, period.last)

    def get(self, request):
        """The page, or one of its charts as a file."""
        halls = self.halls()
        if not halls:
            return self.show("reception/visits/figures.html", {"halls": halls})
        bar, who = self.asked(halls)
        hall = next((hall for hall in halls if hall.pk == bar.hall_id), None)
        context = context_of(request.user, bar, hall, halls, who)
        if asked := request.GET.get("csv"):
            chart = next((chart for chart in context["charts"] + context["tables"] if chart.key == asked), None)
            if chart is None:
                raise Http404
            log.note(request, "export", kind="visit_figures", fields=[chart.key], hall_id=hall and hall.pk)
            return chart.csv("visits")
        return self.show("reception/visits/figures.html", context)


def context_of(user, bar, hall, halls, chosen):
    """Everything the page shows; `chosen` is (kind, id, name) of a team or person, or None."""
    span, before, ago = bar.comparison
    others = bar.others
    who = chosen and chosen[:2]
    days = figures.by_day(user, hall, span, before, ago, who=who)
    now, then, year_ago = (figures.of_span(days, one) for one in (span, before, ago))
    told = {period_bar.BEFORE: (_("before %(value)s"), then), period_bar.AGO: (_("a year ago %(value)s"), year_ago)}
    records = figure_charts.Records(hall, who, opens=may(user, Can.READ), narrower=figures.list_is_wider(user))
    places = figure_charts.stacks(days, bar.period)
    counted = figures.counts(user, hall, span.first, span.last, who)
    charts = [figure_charts.hours(figures.by(counted, 0), span, records)]
    if len(places) > 1:  # a single bar tells nothing that the tiles do not say
        charts = [figure_charts.traffic(places, now, then, records), figure_charts.greeting(places, now, records),
                  figure_charts.waiting(places, now, records), *charts]
    tables = [figure_charts.purposes(figures.by_purpose(counted), span, records)]
    if hall is None and len(halls) > 1:
        tables.append(figure_charts.halls(figures.by(counted, 2), [(one.pk, str(one)) for one in halls], span, records))
    return {"halls": halls, "hall": hall, "who": chosen and chosen[2], "of_team": bool(chosen and chosen[0] == "team"),
            "bar": bar, "span": span, "others": others, "now": now, "charts": charts, "tables": tables,
            "tiles": tiles(now, [told[key] for key, _name, _span in others], span, records),
            "lines": lines([(span, now), *((other, told[key][1]) for key, _name, other in others)], records),
            "links": records.opens}


def tiles(now, others, span, records):
    """The figures that decide, each with what it is compared with below: [(words, figures)]."""
    def tile(label, value, unit, url, shown):
        left, right, *_none = [*(words % {"value": shown(one)} for words, one in others), "", ""]
        return {"label": label, "value": value, "unit": unit, "url": url, "left": left, "right": right}

    def per_cent(value):
        return "—" if value is None else f"{value} %"

    return [
        tile(_("Visits"), figure_charts.grouped(now.visits), "", records.of(span, now.visits), lambda one: figure_charts.grouped(one.visits)),
        tile(_("Greeted in time"), "—" if now.greeted_share is None else now.greeted_share, "" if now.greeted_share is None else "%",
             records.of(span, now.in_time, greeting="in_time"),
             lambda one: per_cent(one.greeted_share)),
        tile(_("Average wait"), hk.seconds(now.average_wait), "", records.of(span, now.served, wait="measured"), lambda one: hk.seconds(one.average_wait)),
        tile(_("Waited too long"), figure_charts.grouped(now.over), "", records.of(span, now.over, wait="over"),
             lambda one: figure_charts.grouped(one.over)),
        tile(_("Left unserved"), figure_charts.grouped(now.unserved), "", records.of(span, now.unserved, state="left"),
             lambda one: figure_charts.grouped(one.unserved)),
    ]


def lines(columns, records):
    """The comparison as a table: [{label, cells: [{text, url, count}]}], a column for each (period, figures)."""
    def counted(label, key, **more):
        return {"label": label, "cells": [{"text": figure_charts.grouped(getattr(one, key)), "count": getattr(one, key),
                                           "url": records.of(span, getattr(one, key), **more)} for span, one in columns]}

    def told(label, say, population, **more):
        return {"label": label, "cells": [{"text": say(one), "count": None, "url": records.of(span, getattr(one, population), **more)}
                                          for span, one in columns]}

    def per_cent(key):
        return lambda one: "—" if getattr(one, key) is None else f"{getattr(one, key)} %"

    return [
        counted(_("Visits"), "visits"), told(_("Visitors"), lambda one: figure_charts.grouped(one.people), "visits"),
        counted(_("Greeted"), "greeted", greeting="measured"), counted(_("Greeted in time"), "in_time", greeting="in_time"),
        counted(_("Greeted late"), "greeted_late", greeting="late"),
        told(_("Greeted in time, share"), per_cent("greeted_share"), "greeted", greeting="measured"),
        counted(_("Visits served"), "served", wait="measured"), counted(_("Waited within the target"), "within", wait="within"),
        counted(_("Waited too long"), "over", wait="over"), told(_("Within the target, share"), per_cent("within_share"), "served", wait="measured"),
        told(_("Average wait"), lambda one: hk.seconds(one.average_wait), "served", wait="measured"),
        told(_("Longest wait"), lambda one: hk.seconds(one.longest_wait), "served", wait="measured"),
        counted(_("Left unserved"), "unserved", state="left"),
    ]
