"""Pages of decisions: what waits for me, what I asked, all that I may see; one with both names (GEN-02)."""
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from config.accounts.access import SIGNED_IN
from config.contributions import records
from config.web.choices import word
from config.web.history import for_whom, in_words
from config.web.lists import Column, ListPage
from config.web.pages import Page
from config.web.templatetags import hk
from staff.duties.decisions import approving, cells, filters, queries, states
from staff.duties.decisions.models import Decision


class DecisionList(ListPage):
    """Every approval in reach, of all rooms."""

    capability, kind, title = SIGNED_IN, "decision", gettext_lazy("Decisions")
    filters, default_sort = filters.DecisionFilters, "-asked_at"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("Waits for me"), "mine=waits"), (gettext_lazy("Asked by me"), "mine=asked"),
                   (gettext_lazy("Decided by me"), "mine=decided"))
    empty = gettext_lazy("Nothing was asked yet that you would decide, and you have asked for nothing.")
    columns = (
        Column("what", gettext_lazy("What"), cells.label, draw=cells.what),
        Column("record", gettext_lazy("About"), lambda d: d.resolved.title if d.resolved else "", draw=cells.record),
        Column("state", gettext_lazy("State"), lambda d: word(d, "outcome"), draw=cells.state, css="bare"),
        Column("asked", gettext_lazy("Asked by"), lambda d: str(d.asked_by), sort="asked_at", draw=cells.asked),
        Column("decided", gettext_lazy("Decided by"), cells.who, draw=cells.decided),
        Column("reason", gettext_lazy("Reason"), lambda d: d.reason),
        Column("hall", gettext_lazy("Hall"), lambda d: str(d.hall or ""), several_halls=True),
    )

    def rows(self):
        """In reach."""
        return queries.for_list(self.request.user)

    def cut(self, rows, field, descending):
        """The page, each decision with the record it is about, for who may see it."""
        page = super().cut(rows, field, descending)
        found = records.resolve([(one.kind, one.record_id) for one in page.rows], self.request.user)
        for one in page.rows:
            one.resolved = found.get((one.kind, one.record_id))
        return page


class DecisionPage(Page):
    """One decision: what, who asked and why, who decided for whom and what they said; the record has the buttons."""

    capability = SIGNED_IN

    def get(self, request, pk):
        """The page."""
        row = get_object_or_404(queries.for_list(request.user), pk=pk)
        reference, approval = (row.kind, row.record_id), approving.APPROVALS.get(row.kind)
        return self.show("staff/duties/decisions/decision.html", {
            "decision": row, "label": cells.label(row), "tone": cells.TONES[row.outcome], "facts": facts_of(row),
            "told": records.resolve([reference], request.user).get(reference), "clauses": ", ".join(approval.clauses) if approval else "",
            "mine": row.outcome == states.WAITING and Decision.objects.waiting_for(request.user).filter(pk=pk).exists(), "history": in_words(row, limit=20)})


def facts_of(row):
    """Who and when, as parts/facts.html takes it."""
    found = [{"label": _("Asked by"), "value": row.asked_by, "kind": "name"}, {"label": pgettext("change", "Asked"), "value": hk.moment(row.asked_at)},
             {"label": _("Hall"), "value": row.hall or _("Whole company")}]
    if row.amount is not None:
        found.append({"label": _("Amount"), "value": f"¥ {row.amount}", "kind": "num"})
    if row.decided_by_id:
        return [*found, {"label": _("Decided by"), "value": for_whom(row.decided_by, row.on_behalf_of), "kind": "name"},
                {"label": _("Decided"), "value": hk.moment(row.decided_at)}]
    return [*found, {"label": _("Waits for"), "value": cells.who(row)}] if row.outcome == states.WAITING else found
