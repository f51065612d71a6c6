"""Pages of archive items: the one search over all archives, one item, filing by hand, putting away, destroying by two (REC-79, GEN-11)."""
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from config.accounts.access import may
from config.contributions import records
from config.errors import Refused
from config.privacy import log
from config.web.choices import word
from config.web.context import current_hall
from config.web.history import in_words
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page, VerbPage
from config.web.templatetags.hk import day
from staff.archive import cells, filters, forms, kinds, queries, services, states
from staff.archive.models import ArchiveItem
from staff.archive.permissions import Can
from staff.archive.records import ITEM
from staff.archive.services.files import handed_in


class ItemList(ListPage):
    """Every archive in one list, by the rights of who looks."""

    capability, export_capability, kind, title = Can.READ, Can.DECIDE, ITEM, gettext_lazy("Archive")
    template = "staff/archive/list.html"
    filters, default_sort = filters.ItemFilters, "-pk"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("To be put away"), "state=received"), (gettext_lazy("Missing"), "state=missing"),
                   (gettext_lazy("Damaged"), "state=damaged"))
    empty = gettext_lazy("Nothing is filed yet. What a case leaves behind is filed here, by hand or when the case is closed.")
    columns = (
        Column("number", gettext_lazy("Number"), lambda row: row.number, draw=cells.number, css="num bare"),
        Column("state", gettext_lazy("State"), lambda row: word(row, "state"), draw=cells.item_state, css="bare"),
        Column("kind", pgettext_lazy("archive", "Archive"), lambda row: word(row, "kind")),
        Column("title", gettext_lazy("Title"), lambda row: row.title),
        Column("day", gettext_lazy("Date"), lambda row: row.day, sort="day", draw=lambda row: day(row.day), css="num"),
        Column("place", gettext_lazy("Place"), lambda row: str(row.where)),
        Column("keeper", gettext_lazy("Keeper"), lambda row: str(row.keeper or ""), css="name"),
        Column("class", gettext_lazy("Confidentiality"), lambda row: word(row, "confidentiality")),
        Column("until", gettext_lazy("Keep until"), lambda row: row.keep_until, sort="keep_until", draw=lambda row: row.keep_until.isoformat(), css="num"),
        Column("hall", gettext_lazy("Hall"), lambda row: str(row.hall or ""), several_halls=True),
    )

    def rows(self):
        """In reach."""
        return queries.items_for_list(self.request.user)

    def leaving(self, rows):
        """What is secret leaves the house in no list (GEN-10)."""
        return rows.exclude(confidentiality=kinds.SECRET)

    def context(self):
        """The ways to the other pages of the archive."""
        user = self.request.user
        ways = {"names_keepers": may(user, Can.DECIDE)}
        return ways | ({"add_url": reverse("file_in_archive"), "add_label": _("File something")} if may(user, Can.EDIT) else {})


class ItemPage(Page):
    """One item: facts, files with their checksums, who read it, and what may be done now. Looking at it is on record."""

    capability = Can.READ

    def get(self, request, pk):
        """The page."""
        item = get_object_or_404(queries.items_for_list(request.user).select_related("owner", "filed_by", "destruction_asked_by", "destroyed_by"), pk=pk)
        log.note(request, "view", kind=ITEM, record_id=item.pk, hall_id=item.hall_id)
        return self.show("staff/archive/item.html", {
            "item": item, "tone": cells.ITEM_TONES[item.state], "facts": facts_of(item, request.user), "files": item.files.all(),
            "openings": queries.openings_of(item, request.user)[:50], "actions": acts_of(item, request.user),
            "history": in_words(item, limit=20)})


def facts_of(item, user):
    """What is known of an item."""
    subject = queries.subject_of(item, user)
    rows = [
        {"label": pgettext("archive", "Archive"), "value": word(item, "kind")},
        {"label": _("Case"), "value": subject.title, "url": subject.address} if subject else {"label": _("Case"), "value": ""},
        {"label": _("Date"), "value": day(item.day)}, {"label": _("Hall"), "value": item.hall},
        {"label": _("Place"), "value": item.where}, {"label": _("Keeper"), "value": item.keeper, "kind": "name"},
        {"label": _("Confidentiality"), "value": word(item, "confidentiality")},
        {"label": _("Keep until"), "value": item.keep_until.isoformat(), "kind": "num"},
        {"label": _("Filed"), "value": day(item.filed_at)}, {"label": _("Filed by"), "value": item.filed_by, "kind": "name"}]
    if item.destroyed_on:
        both = f"{item.destruction_asked_by} · {item.destroyed_by}"
        rows += [{"label": _("Destroyed on"), "value": day(item.destroyed_on)}, {"label": _("Destroyed by"), "value": both, "kind": "name"}]
    return rows


def acts_of(item, user):
    """What this viewer may do now, as parts/actions.html takes it."""
    keeps = queries.keeps(user, item)
    over = keeps and item.keep_until < timezone.localdate() and item.state in states.ITEM["destroy"].sources
    asked = item.destruction_asked_by
    found = [
        (item.state in states.KEPT and item.hall_id, "ask_access", "key-round", _("Ask for access"), {"primary": True}),
        (keeps and item.place != ArchiveItem.Place.ELECTRONIC and item.state != states.DESTROYED, "put_away_item", "archive",
         _("Change the place") if item.cabinet else _("Put away"), {}),
        (over and asked is None, "ask_destruction", "trash-2", _("Ask for the destruction"), {}),
        (over and asked and asked.user_id != user.pk, "destroy_item", "trash-2", _("Destroy as the second person"), {"method": "post"})]
    return [{"label": label, "url": reverse(page, args=[item.pk]), "icon": icon} | more for may_do, page, icon, label, more in found if may_do]


class OfRecord(Page):
    """The archive items of one record, as a part for the record's own page."""

    capability = Can.READ

    def get(self, request, kind, pk):
        """The part; only for who may open the record."""
        known = records.KINDS.get(kind)
        if known is None or not known.visible_to(request.user).filter(pk=pk).exists():
            raise Http404
        items = queries.of_record(request.user, kind, pk)
        return self.show("staff/archive/_of_record.html", {"items": [(item, cells.ITEM_TONES[item.state]) for item in items]})


class FileItem(FormPage):
    """Files something by hand."""

    capability = Can.EDIT
    template = "staff/archive/form.html"
    form, once, keeps, done = forms.FileForm, True, False, gettext_lazy("Filed in the archive.")

    def form_kwargs(self, target):
        """Whose halls and records."""
        return {"viewer": self.request.user}

    def initial(self, target):
        """The hall chosen in the switcher, and what the page one comes from says: a record's number, a file beside it."""
        mine, asked = current_hall(self.request), self.request.GET
        attachment = asked.get("attachment", "")
        return {"hall": mine["id"] if mine else None, "of": asked.get("of", "")[:20], "day": timezone.localdate(),
                "attachment": attachment if attachment.isdecimal() else None}

    def act(self, target, answers):
        """File it; papers without a case are the case of who files them."""
        if answers["file"]:
            kept = [handed_in(answers["file"])]
        else:
            kept = [services.copied(self.sent.beside)] if self.sent.beside else []
        names = ("kind", "title", "day", "hall", "cabinet", "shelf", "subject", "confidentiality")
        return services.file(self.actor, files=kept, owner=self.request.user.employee, now=timezone.now(), **{name: answers[name] for name in names})

    def next_address(self, target, result):
        """The item."""
        return reverse("archive_item", args=[result.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("File something in the archive"), "back_label": _("Archive"), "submit_label": _("File it"), "cancel_url": reverse("archive")}


class ItemVerb(VerbPage, abstract=True):
    """What the verbs on an item share."""

    heading, submit = "", ""
    capability = Can.EDIT
    template = "staff/archive/form.html"

    def target(self, pk):
        """The item, in the archive that this person keeps."""
        return get_object_or_404(ArchiveItem.objects.visible_to(self.request.user, self.capability).select_related("hall"), pk=pk)

    def next_address(self, target, result):
        """Its page."""
        return reverse("archive_item", args=[target.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": self.heading, "back_label": target.number, "sub_text": target.title, "submit_label": self.submit,
                "cancel_url": self.next_address(target, None)}


class PutAway(ItemVerb):
    """Says where papers lie."""

    form, done = forms.PutAwayForm, gettext_lazy("The place is kept.")
    heading, submit = gettext_lazy("Put away"), gettext_lazy("Save the place")

    def initial(self, target):
        """Where they lie."""
        return {"cabinet": target.cabinet, "shelf": target.shelf}

    def act(self, target, answers):
        """Put it away."""
        return services.put_away(self.actor, target, now=timezone.now(), **answers)


class AskDestruction(ItemVerb):
    """The first of two people says that the time of keeping is over."""

    form, done = forms.ReasonForm, gettext_lazy("Asked. Another person destroys it.")
    heading, submit = gettext_lazy("Ask for the destruction"), gettext_lazy("Ask")

    def act(self, target, answers):
        """Ask."""
        return services.ask_destruction(self.actor, target, now=timezone.now(), **answers)


class Destroy(Page):
    """The second person destroys it."""

    capability = Can.EDIT
    http_method_names = ["post"]

    def post(self, request, pk):
        """Destroy it, or say why not."""
        item = get_object_or_404(ArchiveItem.objects.visible_to(request.user, Can.EDIT), pk=pk)
        try:
            services.destroy(self.actor, item, now=timezone.now())
            messages.success(request, _("Destroyed. What it was, and who destroyed it, stays."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("archive_item", args=[pk]))


class Keepers(Page):
    """Who keeps the archive of each hall."""

    capability = Can.DECIDE

    def get(self, request):
        """The halls."""
        return self.show("staff/archive/keepers.html", {"halls": queries.halls_to_name_keepers(request.user)})


class NameKeeper(FormPage):
    """Names who keeps the archive of a hall."""

    capability = Can.DECIDE
    template = "staff/archive/form.html"
    form, done = forms.KeeperForm, gettext_lazy("The keeper is named.")

    def target(self, pk):
        """The hall, of the own department."""
        return get_object_or_404(queries.halls_to_name_keepers(self.request.user), pk=pk)

    def initial(self, target):
        """Who it is."""
        return {"keeper": queries.keeper_named(target)}

    def act(self, target, answers):
        """Name them."""
        return services.name_keeper(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The halls."""
        return reverse("archive_keepers")

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Keeper of the archive"), "back_label": _("Keepers"), "sub_text": str(target), "submit_label": _("Name"),
                "cancel_url": reverse("archive_keepers")}
