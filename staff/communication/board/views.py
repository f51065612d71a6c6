"""Pages of the board: the list, one entry with its readers, writing, following topics, taking down (GEN-20)."""
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from config.accounts.access import may
from config.contributions.records import KINDS
from config.errors import Refused
from config.web.history import in_words
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page, VerbPage
from staff.communication.board import cells, forms, queries, services, states
from staff.communication.board.models import BoardEntry, Topic
from staff.communication.permissions import Board


class BoardList(ListPage):
    """What is posted, the newest first."""

    capability, kind, title = Board.READ, services.KIND, gettext_lazy("Information board")
    filters, default_sort, template = forms.BoardFilters, "-posted_at", "staff/communication/board/list.html"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("Unread"), "unread=on"), *((label, f"topic={code}") for code, label in Topic.choices))
    empty = gettext_lazy("Nothing is posted yet. Tell other departments what customers need, how business goes and how the market moves.")

    columns = (
        Column("title", pgettext_lazy("of a text", "Title"), lambda e: e.title, draw=cells.title),
        Column("reading", gettext_lazy("Reading"), lambda e: e.is_read, draw=cells.reading, css="bare"),
        Column("topic", gettext_lazy("Topic"), cells.topic),
        Column("by", gettext_lazy("Written by"), cells.origin),
        Column("posted", gettext_lazy("Posted"), lambda e: e.posted_at, sort="posted_at", draw=cells.posted, css="num"),
        Column("readers", gettext_lazy("Have read"), lambda e: e.readers or 0, css="num r"),
    )

    def rows(self):
        """In reach."""
        return queries.for_list(self.request.user)

    def context(self):
        """The ways on."""
        return {"add_url": reverse("new_board_entry") if may(self.request.user, Board.EDIT) else "", "add_label": _("Post an entry")}


class EntryPage(Page):
    """One entry: its text, the record behind it for who may see that, who has read it."""

    capability = Board.READ

    def get(self, request, pk):
        """The page."""
        entry = get_object_or_404(BoardEntry.objects.visible_to(request.user).select_related("author", "department", "hall"), pk=pk)
        mine, marks = entry.author.user_id == request.user.pk, queries.readers_of(entry)
        posted = entry.state == states.POSTED
        return self.show("staff/communication/board/entry.html", {
            "entry": entry, "origin": cells.origin(entry), "record": queries.record_of(entry, request.user), "marks": marks,
            "is_read": any(mark.employee.user_id == request.user.pk for mark in marks), "mine": mine, "posted": posted,
            "may_change": mine and posted and may(request.user, Board.EDIT), "may_take_down": posted and may(request.user, Board.APPROVE),
            "history": in_words(entry, limit=20) if mine or may(request.user, Board.APPROVE) else ()})


class WriteEntry(FormPage):
    """Post an entry, or change one of one's own."""

    capability, form, done = Board.EDIT, forms.EntryForm, gettext_lazy("It stands on the board.")

    @property
    def once(self):
        """Made once by its key; changed by its row."""
        return "pk" not in self.kwargs

    def target(self, pk=None):
        """One's own entry, or None for a new one."""
        mine = BoardEntry.objects.visible_to(self.request.user, Board.EDIT).filter(author__user=self.request.user)
        return None if pk is None else get_object_or_404(mine, pk=pk)

    def form_kwargs(self, target):
        """Which records there are follows who asks."""
        return {"viewer": self.request.user}

    def initial(self, target):
        """As it is."""
        if target is None:
            return {"topic": self.request.GET.get("topic", "")}
        found = queries.record_of(target, self.request.user)
        return {"topic": target.topic, "title": target.title, "text": target.text, "version": target.version,
                "number": found.record.number if found and KINDS.get(target.kind).number else ""}

    def act(self, target, answers):
        """Post it."""
        return services.post(self.actor, target, about=answers.pop("number"), now=timezone.now(), **answers)

    def next_address(self, target, result):
        """Its page."""
        return reverse("board_entry", args=[result.pk])

    def context(self, target, form):
        """Heading and way back."""
        back = reverse("board_entry", args=[target.pk]) if target else reverse("info_board")
        return {"heading": _("Change the entry") if target else _("Post an entry"), "cancel_url": back, "submit_label": _("Post the entry"),
                "back_label": target.title if target else _("Information board")}


class FollowTopics(FormPage):
    """The topics whose new entries stand on My day."""

    capability, form, done, keeps = Board.READ, forms.TopicsForm, gettext_lazy("Saved. New entries of these topics stand on My day."), False

    def initial(self, target):
        """What one follows now."""
        return {"topics": queries.topics_of(self.request.user)}

    def act(self, target, answers):
        """Follow them."""
        services.follow(self.actor, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The board."""
        return reverse("info_board")

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Topics I follow"), "sub_text": _("New entries of these topics stand on My day until you have read them."),
                "cancel_url": reverse("info_board"), "back_label": _("Information board"), "submit_label": _("Save")}


class Mark(Page):
    """The reader has read it."""

    capability = Board.READ
    http_method_names = ["post"]

    def post(self, request, pk):
        """Mark it."""
        entry = get_object_or_404(BoardEntry.objects.visible_to(request.user), pk=pk)
        try:
            services.mark(self.actor, entry, now=timezone.now())
            messages.success(request, _("Noted that you have read it."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("board_entry", args=[pk]))


class MarkAll(Page):
    """The reader has read everything."""

    capability = Board.READ
    http_method_names = ["post"]

    def post(self, request):
        """Mark all that is posted."""
        count = services.mark_all(self.actor, now=timezone.now())
        messages.success(request, ngettext("%(n)d entry is marked as read.", "%(n)d entries are marked as read.", count) % {"n": count})
        return HttpResponseRedirect(reverse("info_board"))


class TakeDown(VerbPage):
    """An entry that should not stand there."""

    capability, form, done = Board.APPROVE, forms.TakeDownForm, gettext_lazy("The entry is taken down.")

    def target(self, pk):
        """The entry."""
        return get_object_or_404(BoardEntry.objects.visible_to(self.request.user, Board.APPROVE), pk=pk)

    def act(self, target, answers):
        """Take it down."""
        return services.take_down(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """Its page."""
        return reverse("board_entry", args=[target.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Take the entry down"), "back_label": target.title, "submit_label": _("Take down"), "danger": True,
                "sub_text": _("Its author sees the reason."), "cancel_url": self.next_address(target, None)}
