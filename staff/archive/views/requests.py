"""Pages of requests for access: the queue, asking, deciding, reading with its log, handing out (REC-82, GEN-12)."""
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.errors import Refused
from config.privacy import log
from config.web.choices import word
from config.web.history import in_words
from config.web.lists import Column, ListPage
from config.web.pages import Page, VerbPage
from config.web.templatetags import hk
from staff.archive import cells, filters, forms, queries
from staff.archive.models import ArchiveFile, ArchiveItem
from staff.archive.permissions import Can
from staff.archive.services import requests as services
from staff.duties.decisions.queries import deciders

ON_SCREEN = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"  # a PDF shows in the browser's own viewer


class RequestList(ListPage):
    """The requests in reach; the department manager's queue is the second view."""

    capability, kind, title = Can.READ, services.KIND, gettext_lazy("Access requests")
    filters, default_sort = filters.RequestFilters, "-pk"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("To decide"), "state=submitted"), (gettext_lazy("Only mine"), "mine=on"),
                   (gettext_lazy("Handed out"), "state=handed_out"))
    empty = gettext_lazy("Nobody has asked for access yet. Open an item of the archive and ask there.")
    columns = (
        Column("number", gettext_lazy("Number"), lambda row: row.number, draw=cells.request_number, css="num bare"),
        Column("state", gettext_lazy("State"), lambda row: word(row, "state"), draw=cells.request_state, css="bare"),
        Column("by", gettext_lazy("Asked by"), lambda row: row.asked_by.name, css="name"),
        Column("what", gettext_lazy("What for"), lambda row: word(row, "what")),
        Column("reason", gettext_lazy("Work reason"), lambda row: row.reason),
        Column("wanted", gettext_lazy("Time"), lambda row: row.wanted_at, sort="wanted_at", draw=cells.wanted, css="num"),
        Column("until", gettext_lazy("Until"), lambda row: row.ends_at, draw=cells.until, css="num"),
        Column("decided", gettext_lazy("Decided by"), lambda row: str(row.decided_by or ""), css="name"),
        Column("hall", gettext_lazy("Hall"), lambda row: str(row.hall), several_halls=True),
    )

    def rows(self):
        """In reach."""
        return queries.requests_for_list(self.request.user)


class RequestPage(Page):
    """One request: what is read by it, what may be done now, and the log of reading."""

    capability = Can.READ

    def get(self, request, pk):
        """The page."""
        asked = get_object_or_404(queries.requests_for_list(request.user), pk=pk)
        log.note(request, "view", kind=services.KIND, record_id=asked.pk, hall_id=asked.hall_id)
        items = [(item, cells.ITEM_TONES[item.state]) for item in queries.items_of(asked, request.user)]
        now = timezone.now()
        acts = queries.acts(asked, request.user, now)
        return self.show("staff/archive/request.html", {
            "asked": asked, "tone": cells.REQUEST_TONES[asked.state], "items": items, "facts": facts_of(asked), "acts": acts,
            "actions": actions_of(asked, acts),
            "over": asked.ends_at is not None and asked.ends_at <= now, "openings": asked.openings.select_related("reader", "item", "noted_by"),
            "history": in_words(asked, limit=20)})


def actions_of(asked, acts):
    """What may be done now, as parts/actions.html takes it."""
    post, first = {"method": "post"}, {"primary": True}
    found = [("decide", "approve_access", "check", _("Approve"), post | first), ("decide", "decline_access", "x", _("Decline"), {}),
             ("hand_out", "hand_out", "archive", _("Hand out"), post | first), ("take_back", "take_back", "undo-2", _("It is back"), post | first),
             ("end", "end_access", "check", _("I need it no longer"), post)]
    return [{"label": label, "url": reverse(page, args=[asked.pk]), "icon": icon} | more for verb, page, icon, label, more in found if acts[verb]]


def facts_of(asked):
    """What was asked, and what was decided."""
    rows = [{"label": _("What for"), "value": word(asked, "what")}, {"label": _("Asked by"), "value": asked.asked_by, "kind": "name"},
            {"label": _("Place"), "value": asked.place}, {"label": _("Time"), "value": hk.moment(asked.wanted_at)},
            {"label": _("Decided by"), "value": deciders(services.KIND, asked.pk), "kind": "name"}, {"label": _("Until"), "value": hk.moment(asked.ends_at)}]
    if asked.handed_out_at:
        rows += [{"label": _("Handed out"), "value": hk.moment(asked.handed_out_at)}, {"label": _("Returned"), "value": hk.moment(asked.returned_at)}]
    return rows


class Ask(VerbPage):
    """Asks for access to an item, and to others of the same archive."""

    capability = Can.READ
    template = "staff/archive/form.html"
    form, once, done = forms.AskForm, True, gettext_lazy("Asked. The department manager decides.")

    def target(self, pk):
        """The item, in reach."""
        return get_object_or_404(ArchiveItem.objects.visible_to(self.request.user).select_related("hall__department__head"), pk=pk)

    def form_kwargs(self, target):
        """Whose items."""
        return {"viewer": self.request.user}

    def act(self, target, answers):
        """Ask."""
        more = [item for item in answers.pop("more") if item.pk != target.pk]
        return services.ask(self.actor, [target, *more], now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The request."""
        return reverse("archive_request", args=[result.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Ask for access"), "back_label": target.number, "sub_text": target.title, "submit_label": _("Ask"),
                "cancel_url": reverse("archive_item", args=[target.pk])}


class Decline(VerbPage):
    """The department manager declines, with a reason."""

    capability = Can.DECIDE
    template = "staff/archive/form.html"
    form, done = forms.DecisionForm, gettext_lazy("Declined.")

    def target(self, pk):
        """The request, of the own department."""
        return get_object_or_404(queries.requests_for_list(self.request.user, Can.DECIDE), pk=pk)

    def act(self, target, answers):
        """Decline."""
        return services.reject(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The request."""
        return reverse("archive_request", args=[target.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Decline the request"), "back_label": target.number, "sub_text": target.reason, "submit_label": _("Decline"),
                "cancel_url": self.next_address(target, None)}


class Press(Page, abstract=True):
    """A verb without a form on a request that `capability` reaches: one press, then back to it."""

    http_method_names = ["post"]
    done = ""

    def asked(self, pk):
        """The request, in reach."""
        return get_object_or_404(queries.requests_for_list(self.request.user, self.capability), pk=pk)

    def post(self, request, pk, **more):
        """Do it, or say why not."""
        asked = self.asked(pk)
        try:
            self.act(asked, **more)
            messages.success(request, self.done)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("archive_request", args=[pk]))


class Approve(Press):
    """The department manager lets it be."""

    capability, done = Can.DECIDE, gettext_lazy("Approved.")

    def act(self, asked):
        """Approve."""
        services.approve(self.actor, asked, now=timezone.now())


class End(Press):
    """Whoever asked needs it no longer."""

    capability, done = Can.READ, gettext_lazy("The access is ended.")

    def act(self, asked):
        """End it."""
        if not queries.acts(asked, self.request.user, timezone.now())["end"]:
            raise Refused(_("Only who asked ends an access that runs."))
        services.end(self.actor, asked, now=timezone.now())


class NoteReading(Press):
    """The keeper notes that papers were read."""

    capability, done = Can.EDIT, gettext_lazy("The reading is noted.")

    def act(self, asked, item):
        """Note it."""
        services.note_reading(self.actor, asked, get_object_or_404(ArchiveItem, pk=item, requests=asked), now=timezone.now())


class HandOut(Press):
    """The keeper gives out what was approved."""

    capability, done = Can.EDIT, gettext_lazy("Handed out.")

    def act(self, asked):
        """Hand it out."""
        services.hand_out(self.actor, asked, now=timezone.now())


class TakeBack(Press):
    """The keeper has it back."""

    capability, done = Can.EDIT, gettext_lazy("Returned.")

    def act(self, asked):
        """Take it back."""
        services.take_back(self.actor, asked, now=timezone.now())


class OpenFile(Press):
    """A file of the archive on the screen, for who has the approved request; each opening is in the log, and a changed file stays shut."""

    capability = Can.READ

    def post(self, request, pk, file):
        """The bytes, not to be kept by the browser; or back to the request with the reason."""
        asked = self.asked(pk)
        row = get_object_or_404(ArchiveFile.objects.filter(item__requests=asked).select_related("item"), pk=file)
        try:
            opened = services.open_file(self.actor, asked, row, now=timezone.now())
        except Refused as refusal:
            log.note(request, "refused", kind="archive_item", record_id=row.item_id, hall_id=asked.hall_id, outcome="not opened")
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("archive_request", args=[pk]))
        log.note(request, "view", kind="archive_item", record_id=row.item_id, hall_id=asked.hall_id, outcome="opened")
        shown = HttpResponse(opened.data, content_type=row.content_type)
        shown.headers["Content-Disposition"] = content_disposition_header(False, row.name)
        shown.headers["Cache-Control"] = "no-store"
        shown.headers["Content-Security-Policy"] = ON_SCREEN
        return shown

