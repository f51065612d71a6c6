"""The charts of the figures of visits: what they count, what they say, and which visits each bar opens."""
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.web.charts import Bar, Chart, Series
from config.web.templatetags import hk, periods
from config.web.texts import Text
from reception.visits import figures


class Records:
    """Makes the addresses of the lists behind the figures; empty ones for people who see figures and no visits."""

    def __init__(self, hall, who=None, *, opens, narrower):
        self.hall, self.who, self.opens, self.narrower = hall, dict([who] if who else []), opens, narrower

    def of(self, span, count=1, **more):
        """The visits of a period that also pass `more`; '' where there are none to open."""
        if not (self.opens and count):
            return ""
        chosen = {"since": span.first.isoformat(), "until": span.last.isoformat(), **({"hall": self.hall.pk} if self.hall else {}), **self.who, **more}
        return f"{reverse('visits')}?{urlencode(chosen | ({'counted': 'on'} if self.narrower else {}))}"


def stacks(days, span):
    """[(part of the period, its Figures)]: one place a bar, whether anybody came or not."""
    return [(part, figures.summed(days[day] for day in part if day in days)) for part in span.parts()]


def traffic(places, now, before, records):
    """How many came, part by part."""
    bars = [Bar(periods.part(part), periods.period(part), (one.visits,), (records.of(part, one.visits),)) for part, one in places]
    return Chart("traffic", traffic_finding(places, now, before), _("Every arrival, whatever became of it; companions are counted as people."),
                 _("Period"), [Series("visits", _("Visits"))], bars)


def traffic_finding(places, now, before):
    """How many, and how that compares."""
    said = ngettext("%(n)s visit", "%(n)s visits", now.visits) % {"n": grouped(now.visits)}
    if before.visits:
        change = round(100 * (now.visits - before.visits) / before.visits)
        more, fewer = _("%(said)s, %(n)s %% more than before"), _("%(said)s, %(n)s %% fewer than before")
        said = (more if change > 0 else fewer) % {"said": said, "n": abs(change)} if change else _("%(said)s, as many as before") % {"said": said}
    part, most = max(places, key=lambda place: place[1].visits)
    if len(places) > 1 and most.visits and sum(one.visits == most.visits for _part, one in places) == 1:
        said = _("%(said)s; the most %(when)s") % {"said": said, "when": near(part)}
    return said


def near(part):
    """A part of the period inside a sentence."""
    return _("on %(day)s") % {"day": hk.day(part.first)} if len(part) == 1 else _("in %(period)s") % {"period": periods.period(part)}


def greeting(places, now, records):
    """Who was greeted in time and who was not."""
    bars = [Bar(periods.part(part), periods.period(part), (one.in_time, one.greeted_late),
                (records.of(part, one.in_time, greeting="in_time"), records.of(part, one.greeted_late, greeting="late"))) for part, one in places]
    said = _("Nobody was greeted")
    if now.greeted:
        said = _("%(share)s %% of %(n)s greetings were in time") % {"share": now.greeted_share, "n": grouped(now.greeted)}
        said += worst(places, lambda one: figures.share(one.in_time, one.greeted))
    return Chart("greeting", said, _("Visitors greeted within the target of their hall and day, and later. Visits closed as assumed and visits "
                                     "from registers are left out."), _("Period"),
                 [Series("in_time", _("In time")), Series("late", _("Late"), "bar-late", pattern=True)], bars, share_of="in_time",
                 share_label=_("In time, share"), total_label=_("Greeted"),
                 total_urls=[records.of(part, one.greeted, greeting="measured") for part, one in places])


def waiting(places, now, records):
    """Who waited no longer than the target and who did."""
    bars = [Bar(periods.part(part), periods.period(part), (one.within, one.over),
                (records.of(part, one.within, wait="within"), records.of(part, one.over, wait="over"))) for part, one in places]
    said = _("Nobody was served")
    if now.served:
        said = _("%(average)s average wait; %(n)s of %(all)s waited longer than the target") % {
            "average": hk.seconds(now.average_wait), "n": grouped(now.over), "all": grouped(now.served)}
        said += worst(places, lambda one: figures.share(one.within, one.served))
    return Chart("waiting", said, _("Visitors who were served, by whether service began within the target of their hall and day. The wait runs from "
                                    "arrival to the start of service."), _("Period"),
                 [Series("within", _("Within the target")), Series("over", _("Longer"), "bar-late", pattern=True)], bars, share_of="within",
                 share_label=_("Within, share"), total_label=_("Visits served"),
                 total_urls=[records.of(part, one.served, wait="measured") for part, one in places])


def worst(places, share):
    """The one part in which things went worst, in words; nothing when several share it."""
    told = sorted(((share(one), part) for part, one in places if share(one) is not None), key=lambda pair: (pair[0], pair[1].first))
    if len(told) < 2 or told[0][0] == told[1][0] or told[0][0] == 100:
        return ""
    return _("; the lowest %(when)s (%(share)s %%)") % {"when": near(told[0][1]), "share": told[0][0]}


def hours(counts, span, records):
    """When in the day they come."""
    first, last = (min(counts), max(counts)) if counts else (9, 17)
    bars = [Bar(str(hour), f"{hour:02d}:00–{hour + 1:02d}:00", (counts.get(hour, 0),), (records.of(span, counts.get(hour, 0), hour=hour),))
            for hour in range(first, last + 1)]
    busiest = max(bars, key=lambda bar: bar.total)
    said = _("Most come between %(hours)s") % {"hours": busiest.name} if busiest.total else _("Nobody came")
    return Chart("hours", said, _("Arrivals by the hour of the hall's own clock."), _("Hour of arrival"), [Series("visits", _("Visits"))], bars)


def purposes(rows, span, records):
    """Why they come."""
    bars = [Bar("", str(Text(name)), (n,), (records.of(span, n, purpose=pk),)) for pk, name, n in rows]
    total = sum(n for _pk, _name, n in rows)
    said = _("Why they come")
    if total:
        said = _("%(purpose)s: %(share)s %% of all visits") % {"purpose": bars[0].name, "share": figures.share(bars[0].total, total)}
    return Chart("purposes", said, _("Visits by what brought the visitor."), _("Purpose"), [Series("visits", _("Visits"))], bars)


def halls(counts, names, span, records):
    """Where they come, for who looks after several halls."""
    rows = sorted(((counts.get(pk, 0), pk, name) for pk, name in names), key=lambda row: (-row[0], row[1]))
    bars = [Bar("", name, (n,), (records.of(span, n, hall=pk),)) for n, pk, name in rows]
    said = _("%(hall)s has the most visitors") % {"hall": bars[0].name} if bars and bars[0].total else _("Visits by hall")
    return Chart("halls", said, _("Visits of every hall that you may look at."), _("Hall"), [Series("visits", _("Visits"))], bars)


def grouped(number):
    """A count as people read it: 12 345."""
    return f"{number:,}".replace(",", "\u202f")
