"""Pages of controls: what shows that clauses are kept, and the records that do and do not."""
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.contributions.figures import CONTROLS
from config.web.analysis import AnalysisPage
from config.web.lists import ListPage
from performance.indicators import cells, queries, scopes
from performance.indicators.permissions import Can
from performance.indicators.views import hall_of, query_of

ALL, KEPT, BROKEN = PARTS = ("all", "kept", "exceptions")


class Controls(AnalysisPage, abstract=True):
    """What pages of controls share."""

    capability = Can.CONTROLS

    def halls(self):
        """The halls whose conformity this person may see."""
        return scopes.halls_of(self.request.user, [Can.CONTROLS])

    def whose(self, period, halls):
        """Their teams and people."""
        return scopes.whose(self.request.user, [Can.CONTROLS], period)


class ControlList(Controls):
    """Every control: how many records, how many conform, which do not; two or three statements each, however many records."""

    def get(self, request):
        """The page."""
        halls = self.halls()
        bar, who = self.asked(halls)
        lines = []
        for control in CONTROLS.all():
            counted = [(span, control.counts(span, request.user, Can.CONTROLS, scopes.narrowed_by(bar, who, span)))
                       for span in (bar.now, *(span for _key, _name, span in bar.others))]
            (all_, kept) = counted[0][1]
            lines.append({"control": control, "all": all_, "kept": kept, "exceptions": all_ - kept, "share": share(all_, kept),
                          "others": [(name, share(*found)) for (_key, name, _days), (_span, found) in zip(bar.others, counted[1:], strict=True)],
                          "few": 0 < all_ < queries.FEW})
        return self.show("performance/indicators/controls.html", {
            "bar": bar, "who": who, "hall": hall_of(halls, bar), "lines": lines, "query": query_of(bar), "few": queries.FEW})


def share(whole, part):
    """Per cent in words, never rounded up to all of them; a dash for nothing."""
    if not whole:
        return "—"
    return "100 %" if part == whole else f"{min(99.9, round(100 * part / whole, 1)):g} %"


class ControlRecords(Controls, ListPage):
    """The records of a control: all of them, those that conform, or the exceptions."""

    template, kept = "performance/indicators/control.html", ("part",)
    empty = gettext_lazy("No record of this control in this period.")

    @cached_property
    def control(self):
        """The control of the address."""
        found = CONTROLS.get(self.kwargs["key"])
        if found is None:
            raise Http404
        return found

    @property
    def part(self):
        """Which of the records: the exceptions unless something else is asked for."""
        asked = self.request.GET.get("part")
        return asked if asked in PARTS else BROKEN

    def get(self, request, key):
        """The list, under the bar."""
        self.title = str(self.control.label)
        self.bar, self.who = self.asked(self.halls())
        return super().get(request)

    @property
    def columns(self):
        """The record, when it was due or happened, what was done."""
        return cells.columns(self.control)

    def chosen_sort(self):
        """By their moment, the newest first."""
        return self.control.moment, self.request.GET.get("sort", "") != self.control.moment

    def rows(self):
        """Exactly those that the control counts."""
        asked = (self.bar.now, self.request.user, Can.CONTROLS, scopes.narrowed_by(self.bar, self.who, self.bar.now))
        return {ALL: self.control.population, KEPT: self.control.conforming, BROKEN: self.control.exceptions}[self.part](*asked)

    def read(self, rows):
        """These rows, each with whether this person may open it."""
        return cells.with_rights(self.control.kind, rows, self.request.user)

    def context(self):
        """The bar, the numbers, and what the list is of."""
        narrow = scopes.narrowed_by(self.bar, self.who, self.bar.now)
        counted, kept = self.control.counts(self.bar.now, self.request.user, Can.CONTROLS, narrow)
        hall = hall_of(self.halls(), self.bar)
        parts = [{"label": name, "url": f"?{query_of(self.bar, part=part)}", "count": n, "active": part == self.part, "late": part == BROKEN and n > 0}
                 for part, name, n in ((ALL, _("All"), counted), (KEPT, _("Kept"), kept), (BROKEN, _("Exceptions"), counted - kept))]
        return {"bar": self.bar, "control": self.control, "who": self.who, "hall": hall, "query": query_of(self.bar), "parts": parts,
                "citations": ", ".join(self.control.clauses), "judged_by": queries.judged_by(self.control.parameters, self.bar.now, hall)}
