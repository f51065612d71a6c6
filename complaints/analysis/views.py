"""The dashboard of complaints, and the list behind each of its figures (CMP-20, FIELD 2.3 row 37)."""
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.analysis import cells, figures, scopes, words
from complaints.analysis.models import CLOSED, RECEIVED
from complaints.analysis.permissions import Can
from complaints.handling.models import Cause, Channel, Complaint, Kind, Severity
from complaints.handling.permissions import Can as Handling
from complaints.handling.services.common import KIND
from config.accounts.access import may
from config.privacy import log
from config.web import period_bar
from config.web.analysis import AnalysisPage
from config.web.lists import Column, ListPage
from config.web.periods import MONTH, Period
from staff.organisation.models import Employee

MONTHS = 13  # of the trend
LONGEST = 18  # digits of an id
SHOWN = 8  # pressing complaints that the dashboard names
CUTS = {"state": dict(Complaint.State.choices), "age": {key: label for key, label, *_rest in figures.AGES},
        "left": {key: label for key, label, *_rest in figures.LEFT}, "channel": dict(Channel.choices),
        "severity": dict(Severity.choices), "cause": dict(Cause.choices), "kind": dict(Kind.choices)}


class OfComplaints(AnalysisPage, abstract=True):
    """What the dashboard and its lists share."""

    capability, record_kind = Can.ANALYSE, KIND

    def halls(self):
        """Those that this person may choose among."""
        return list(scopes.halls_of(self.request.user))

    def whose(self, period, halls):
        """Teams and people, for who sees them by name."""
        return scopes.whose(self.request.user, period)

    def scoped(self, halls):
        """(bar, who, Scope) of this request."""
        bar, who = self.asked(halls)
        return bar, who, scopes.scope_of(self.request.user, hall=bar.hall_id, who=who and who[:2])


class Dashboard(OfComplaints):
    """What is open now, and a period beside the one before and the same a year ago."""

    def get(self, request):
        """The page, or one of its charts as a file."""
        halls = self.halls()
        bar, who, scope = self.scoped(halls)
        context = context_of(request.user, bar, scope, halls) | {"who": who and who[2]}
        if asked := request.GET.get("csv"):
            chart = next((chart for chart in (context["causes"], context["course"], context["volume"], *context["tables"]) if chart.key == asked), None)
            if chart is None:
                raise Http404
            log.note(request, "export", kind="complaint_figures", fields=[chart.key], hall_id=bar.hall_id)
            return chart.csv("complaints")
        return self.show("complaints/analysis/dashboard.html", context)


def months_until(day):
    """The last months, the oldest first, the running one at the end."""
    found = [Period.of(MONTH, day)]
    while len(found) < MONTHS:
        found.append(found[-1].before())
    return found[::-1]


def context_of(user, bar, scope, halls):
    """Everything the dashboard shows; a handful of statements whatever the number of complaints."""
    now, months = timezone.now(), months_until(bar.today)
    span, before, ago = bar.comparison
    found = figures.Periods(scope, [span, before, ago], months)
    trend = [(found.of(3 + place, RECEIVED), found.of(3 + place, CLOSED)) for place in range(MONTHS)]
    totals, *by = figures.standing(scope, now)
    places = {period_bar.BEFORE: (1, _("before %(value)s")), period_bar.AGO: (2, _("a year ago %(value)s"))}
    others, links = bar.others, words.Links(bar)
    pressing = figures.pressing(scope, SHOWN)
    handlers = [value for value in found.by(0, CLOSED, "handler") if value] if scope.names else []
    names = {str(pk): name for pk, name in Employee.objects.filter(pk__in=handlers).values_list("pk", "name")} if handlers else {}
    open_ids = figures.readable(user, pressing)
    return {
        "bar": bar, "span": span, "others": others, "hall": next((hall for hall in halls if hall.pk == bar.hall_id), None), "names": scope.names,
        "tiles": words.tiles(totals, found, [places[key] for key, _name, _span in others], trend, links),
        "causes": words.causes(found, links), "course": words.course(trend, months, links), "volume": words.volume(trend, months, links),
        "tables": words.tables(by, found, names, halls, links, scope), "more_url": links.to("open", totals["open"]), "open": totals["open"],
        "late_url": links.to("late", totals["late"]), "late": totals["late"], "escalated": totals["escalated"],
        "escalated_url": links.to("escalated", totals["escalated"]), "today": totals["today"], "today_url": links.to("today", totals["today"]),
        "pressing": [(row, row.pk in open_ids, row.next_due_at < now) for row in pressing],
        "oldest": next(((row, row.pk in open_ids) for row in pressing if row.next_due_at < now), None),
        "lines": words.lines([(0, span), *((places[key][0], other) for key, _name, other in others)], found, links),
        "may_register": may(user, Handling.REGISTER),
    }


class FigureRecords(OfComplaints, ListPage):
    """The complaints behind one figure: exactly those that it counts."""

    template, default_sort, title = "complaints/analysis/records.html", "-received_at", gettext_lazy("Complaints of a figure")
    kept = ("figure", *figures.PROPERTIES, "state", "age", "left")
    empty = gettext_lazy("No complaint is behind this figure.")

    def get(self, request):
        """The list, under the bar."""
        self.told = figures.FIGURES.get(request.GET.get("figure", "open"))
        if self.told is None:
            raise Http404
        self.chosen = {name: request.GET[name] for name in self.kept[1:] if name in request.GET}
        self.check()
        self.bar, self.who, self.scope = self.scoped(self.halls())
        return super().get(request)

    def check(self):
        """Refuse values that are none."""
        if any(name in CUTS and value not in CUTS[name] for name, value in self.chosen.items() if (name, value) != ("cause", "")):
            raise Http404
        handler = self.chosen.get("handler")
        if handler and not (handler.isascii() and handler.isdigit() and len(handler) < LONGEST):
            raise Http404
        if any("\0" in value for value in self.chosen.values()):
            raise Http404

    @property
    def columns(self):
        """What a row shows: without people for who sees no names."""
        named = (Column("who", _("Customer"), cells.customer, css="name"), Column("handler", _("Handler"), lambda row: str(row.handler or "—"), css="name"))
        return (
            Column("what", _("Complaint"), lambda row: row.number, draw=cells.what if self.scope.names else cells.number),
            Column("state", _("State"), lambda row: row.get_state_display(), draw=cells.state, css="bare"),
            Column("severity", _("Severity"), lambda row: row.get_severity_display(), draw=cells.severity),
            *(named if self.scope.names else ()),
            Column("cause", _("Root cause"), lambda row: row.get_cause_display() or "—"),
            Column("channel", _("Channel"), lambda row: row.get_channel_display()),
            Column("hall", _("Hall"), lambda row: str(row.hall)),
            Column("due", _("Solution due"), lambda row: row.solve_due_at, draw=cells.due, css="num"),
            Column("received", _("Received"), lambda row: row.received_at, sort="received_at", draw=cells.received, css="num"),
        )

    def rows(self):
        """Exactly those that the figure counts."""
        found = figures.records(self.scope, self.told.key, self.bar.now, timezone.now(), **self.chosen)
        return found.select_related("hall", "handler", "customer")

    def read(self, rows):
        """These rows, each with whether this person may open it."""
        found = list(rows)
        ids = figures.readable(self.request.user, found)
        for row in found:
            row.may_open = row.pk in ids
        return found

    def context(self):
        """The bar, and of which figure."""
        said = [str(self.told.label)]
        for name, value in self.chosen.items():
            said.append(str(CUTS.get(name, {}).get(value) or self.name_of(name, value)))
        return {"bar": self.bar, "who": self.who and self.who[2], "hall": next((hall for hall in self.halls() if hall.pk == self.bar.hall_id), None),
                "said": " · ".join(said), "now": self.told.phase == figures.OPEN}

    def name_of(self, name, value):
        """A value in words: of a handler the name, for who sees names."""
        if name == "handler":
            return Employee.objects.filter(pk=value).values_list("name", flat=True).first() or _("nobody") if value and self.scope.names else _("nobody")
        return value or _("not named")
