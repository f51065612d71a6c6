"""Pages of stocktakings: the list, one for the phone, what is wrong with an item, closing by two, the decision (REC-81)."""
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.access import may
from config.contributions.panels import panels_of
from config.errors import Refused
from config.web.choices import word
from config.web.history import in_words
from config.web.lists import Column, ListPage
from config.web.pages import Page, VerbPage
from config.web.templatetags.hk import day
from staff.archive import cells, filters, forms, queries, states
from staff.archive.models import ArchiveItem, Stocktaking, StocktakingLine
from staff.archive.permissions import Can
from staff.archive.services import stocktakes as services


class StocktakingList(ListPage):
    """The stocktakings of the halls in reach, the newest first."""

    capability, kind, title = Can.READ, services.KIND, gettext_lazy("Archive stocktakings")
    filters, default_sort = filters.StocktakingFilters, "-slot"
    empty = gettext_lazy("No stocktaking was made yet. The clock begins one for each hall that keeps archive items.")
    columns = (
        Column("slot", gettext_lazy("Begun"), lambda row: row.slot, sort="slot", draw=cells.slot, css="num bare"),
        Column("hall", gettext_lazy("Hall"), lambda row: str(row.hall)),
        Column("state", gettext_lazy("State"), lambda row: word(row, "state"), draw=cells.stock_state, css="bare"),
        Column("due", gettext_lazy("Due"), lambda row: row.due_on, sort="due_on", draw=lambda row: day(row.due_on), css="num"),
        Column("items", gettext_lazy("Items"), lambda row: row.all_lines, css="num r"),
        Column("left", gettext_lazy("Left"), lambda row: row.left, css="num r"),
        Column("missing", gettext_lazy("Missing"), lambda row: row.missing, draw=cells.missing, css="num r"),
        Column("damaged", gettext_lazy("Damaged"), lambda row: row.damaged, css="num r"),
        Column("by", gettext_lazy("Signed by"), lambda row: " · ".join(str(one) for one in (row.closed_by, row.witness) if one), css="name"),
        Column("decision", gettext_lazy("Decision"), lambda row: row.decision),
    )

    def rows(self):
        """In reach."""
        return queries.stocktakings_for_list(self.request.user)


class StocktakingPage(Page):
    """One stocktaking: cabinet by cabinet, with a thumb."""

    capability = Can.READ

    def get(self, request, pk):
        """The page, or the part with the lines for htmx."""
        taking = get_object_or_404(queries.stocktakings_for_list(request.user), pk=pk)
        facts = {"facts": facts_of(taking), "history": in_words(taking, limit=20), "panels": panels_of("stocktaking", taking, request.user)}
        return self.show("staff/archive/stocktaking.html", facts | lines_of(taking, request.user))


def lines_of(taking, user):
    """What the part with the lines shows. Titles of what this person may not find in the archive are left out."""
    cabinets, (files, checked, wrong) = queries.cabinets_of(taking), queries.files_of(taking)
    found = set(ArchiveItem.objects.visible_to(user).filter(hall_id=taking.hall_id).values_list("pk", flat=True))
    papers = [line for lines in cabinets.values() for line in lines]
    keeps = may(user, Can.EDIT) and Stocktaking.objects.visible_to(user, Can.EDIT).filter(pk=taking.pk).exists()
    decides = may(user, Can.DECIDE) and Stocktaking.objects.visible_to(user, Can.DECIDE).filter(pk=taking.pk).exists()
    left = sum(not line.result for line in papers)
    return {"taking": taking, "tone": cells.STOCK_TONES[taking.state], "papers": len(papers), "done": len(papers) - left, "left": left,
            "cabinets": [(cabinet, [(line, line.item_id in found) for line in lines], sum(bool(line.result) for line in lines))
                         for cabinet, lines in cabinets.items()],
            "files": files, "checked": checked, "wrong": wrong, "late": taking.state == states.TAKING and taking.due_on < timezone.localdate(),
            "may_take": keeps and taking.state == states.TAKING,
            "may_decide": decides and taking.state == states.CLOSED and not taking.decided_by_id and (taking.missing or not taking.storage_safe)}


def facts_of(taking):
    """Who signed, and what was decided."""
    if taking.state == states.TAKING:
        return []
    safe = _("yes") if taking.storage_safe else taking.storage_note
    return [{"label": _("Closed"), "value": day(taking.closed_at)},
            {"label": _("Signed by"), "value": f"{taking.closed_by} · {taking.witness}", "kind": "name"},
            {"label": _("Stored safely"), "value": safe}, {"label": _("Decision on what is missing"), "value": taking.decision},
            {"label": _("Decided by"), "value": taking.decided_by, "kind": "name"}]


class Found(Page):
    """An item is in its place."""

    capability = Can.EDIT
    http_method_names = ["post"]

    def post(self, request, pk, line):
        """Note it; htmx gets the lines anew, a plain form is led back."""
        taking = get_object_or_404(Stocktaking.objects.visible_to(request.user, Can.EDIT), pk=pk)
        row, problem = get_object_or_404(StocktakingLine, pk=line, stocktaking=taking), ""
        try:
            services.look(self.actor, taking, row, result=states.FOUND, now=timezone.now())
        except (Refused, StocktakingLine.DoesNotExist) as refusal:
            problem = str(refusal) if isinstance(refusal, Refused) else _("The house looks at files itself.")
        if "HX-Request" in request.headers:
            anew = queries.stocktakings_for_list(request.user).get(pk=pk)
            return self.show("staff/archive/_lines.html", lines_of(anew, request.user) | {"problem": problem})
        if problem:
            messages.error(request, problem)
        return HttpResponseRedirect(f"{reverse('stocktaking', args=[pk])}#l{line}")


class TakingVerb(VerbPage, abstract=True):
    """What the verbs with a form share."""

    heading, submit = "", ""
    capability = Can.EDIT
    template = "staff/archive/form.html"

    def target(self, pk):
        """The stocktaking, in reach."""
        return get_object_or_404(Stocktaking.objects.visible_to(self.request.user, self.capability).select_related("hall"), pk=pk)

    def next_address(self, target, result):
        """Its page."""
        return reverse("stocktaking", args=[target.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": self.heading, "back_label": day(target.slot), "sub_text": str(target.hall), "submit_label": self.submit,
                "cancel_url": self.next_address(target, None)}


class Wrong(TakingVerb):
    """An item is missing or damaged; what is done about it."""

    form, done = forms.LineForm, gettext_lazy("Noted.")
    submit = gettext_lazy("Note it")

    def target(self, pk, line):
        """The line, of a stocktaking in reach."""
        takings = Stocktaking.objects.visible_to(self.request.user, Can.EDIT)
        return get_object_or_404(StocktakingLine.objects.filter(stocktaking__in=takings, item__place=ArchiveItem.Place.CABINET)
                                 .select_related("item", "stocktaking__hall"), pk=line, stocktaking=pk)

    def initial(self, target):
        """What was noted."""
        return {"result": target.result, "action": target.action}

    def act(self, target, answers):
        """Note it."""
        return services.look(self.actor, target.stocktaking, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """Back to the line."""
        return f"{reverse('stocktaking', args=[target.stocktaking_id])}#l{target.pk}"

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Missing or damaged"), "back_label": day(target.stocktaking.slot), "sub_text": f"{target.item.number} · {target.item.where}",
                "submit_label": self.submit, "cancel_url": self.next_address(target, None)}


class Close(TakingVerb):
    """Two people sign."""

    form, done = forms.CloseForm, gettext_lazy("The stocktaking is closed.")
    heading, submit = gettext_lazy("Close the stocktaking"), gettext_lazy("Sign and close")

    def act(self, target, answers):
        """Close it."""
        return services.close(self.actor, target, now=timezone.now(), **answers)


class Decide(TakingVerb):
    """The department manager says what becomes of what is missing."""

    capability, form, done = Can.DECIDE, forms.MeasureForm, gettext_lazy("Decided.")
    heading, submit = gettext_lazy("What is missing"), gettext_lazy("Decide")

    def act(self, target, answers):
        """Decide."""
        return services.decide(self.actor, target, now=timezone.now(), **answers)

