"""Pages of notices: the list, one notice with its readers, writing, publishing, confirming, ending (STF-50)."""
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from config.accounts.access import may
from config.errors import Refused
from config.web.choices import word
from config.web.history import in_words
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page, VerbPage
from staff.communication.notices import cells, forms, queries, services, states
from staff.communication.notices.models import Notice
from staff.communication.permissions import Can


class NoticeList(ListPage):
    """The notices in reach, the newest first."""

    capability, export_capability, kind, title = Can.READ, Can.EDIT, services.KIND, gettext_lazy("Notices")
    filters, default_sort = forms.NoticeFilters, "-pk"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("To read"), "reading=to_read"), (gettext_lazy("Somebody is late"), "reading=unread"))
    empty = gettext_lazy("No notice yet. What superiors publish for you stands here and on My day.")
    columns = (
        Column("title", pgettext_lazy("of a text", "Title"), lambda n: n.title, draw=cells.title),
        Column("state", gettext_lazy("State"), lambda n: word(n, "state"), draw=cells.state, css="bare"),
        Column("mine", gettext_lazy("My reading"), lambda n: n.my_reading, draw=cells.my_reading, css="bare"),
        Column("by", gettext_lazy("To be read by"), lambda n: n.read_by, sort="read_by", draw=cells.read_by, css="num"),
        Column("read", gettext_lazy("Have read"), cells.counted, css="num r"),
        Column("for", gettext_lazy("Addressed to"), cells.audience),
        Column("author", gettext_lazy("Written by"), lambda n: str(n.author), css="name"),
    )

    def rows(self):
        """In reach."""
        return queries.for_list(self.request.user)

    def context(self):
        """The way to a new one."""
        return {"add_url": reverse("new_notice") if may(self.request.user, Can.EDIT) else "", "add_label": _("New notice")}


class NoticePage(Page):
    """One notice: its text, the reader's confirmation, and for superiors who has not read it."""

    capability = Can.READ

    def get(self, request, pk):
        """The page."""
        rows = Notice.objects.visible_to(request.user).select_related("author", "hall", "team__hall", "position")
        notice = get_object_or_404(rows, pk=pk)
        reading, edits = queries.reading_of(notice, request.user), Notice.objects.visible_to(request.user, Can.EDIT).filter(pk=pk).exists()
        readers = queries.readers(notice, request.user) if notice.state != states.DRAFT else None
        waiting, done = readers or ((), ())
        return self.show("staff/communication/notices/notice.html", {
            "notice": notice, "tone": cells.TONES[notice.state], "audience": cells.audience(notice), "reading": reading,
            "now": timezone.now(), "waiting": waiting[:queries.MOST], "done": done[:queries.MOST], "waiting_count": len(waiting), "done_count": len(done),
            "lists_readers": readers is not None, "may_confirm": bool(reading and not reading.confirmed_at and notice.state == states.PUBLISHED),
            "may_change": edits and notice.state == states.DRAFT,
            "may_drop": edits and notice.state == states.DRAFT and notice.author.user_id == request.user.pk,
            "may_end": edits and notice.state == states.PUBLISHED,
            "history": in_words(notice, limit=20) if edits else ()})


class WriteNotice(FormPage):
    """Write a draft, or change one."""

    capability, form, done = Can.EDIT, forms.NoticeForm, gettext_lazy("The draft is saved. Publish it when it is right.")

    @property
    def once(self):
        """Made once by its key; changed by its row."""
        return "pk" not in self.kwargs

    def target(self, pk=None):
        """A notice in one's hands, or None for a new one."""
        return None if pk is None else get_object_or_404(Notice.objects.visible_to(self.request.user, Can.EDIT), pk=pk)

    def form_kwargs(self, target):
        """Whom one may address follows who asks."""
        return {"viewer": self.request.user}

    def initial(self, target):
        """As it is."""
        return {} if target is None else {"title": target.title, "text": target.text, "place": queries.place_of(target), "position": target.position_id,
                                          "read_by": target.read_by, "version": target.version}

    def act(self, target, answers):
        """Save it."""
        return services.save_notice(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """Its page, where it is published."""
        return reverse("notice", args=[result.pk])

    def context(self, target, form):
        """Heading and way back."""
        back = reverse("notice", args=[target.pk]) if target else reverse("notices")
        return {"heading": _("Change the notice") if target else _("New notice"), "cancel_url": back, "submit_label": _("Save the draft"),
                "back_label": target.title if target else _("Notices")}


class NoticeAct(Page, abstract=True):
    """What is done by one button on the page of a notice."""

    http_method_names = ["post"]
    done = ""

    def act(self, notice):
        """Call the service."""
        raise NotImplementedError

    def post(self, request, pk):
        """Do it, or say why not."""
        notice = get_object_or_404(Notice.objects.visible_to(request.user, self.capability), pk=pk)
        try:
            self.act(notice)
            messages.success(request, self.done)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("notice", args=[pk]))


class Publish(NoticeAct):
    """Ask everybody to read it."""

    capability, done = Can.EDIT, gettext_lazy("The notice is published. Everybody whom it is for has it on My day.")

    def act(self, notice):
        """Publish it."""
        services.publish(self.actor, notice, now=timezone.now())


class Confirm(NoticeAct):
    """The reader has read it."""

    capability, done = Can.READ, gettext_lazy("Noted that you have read it.")

    def act(self, notice):
        """Confirm it."""
        services.confirm(self.actor, notice, now=timezone.now())


class EndNotice(VerbPage):
    """It holds no longer."""

    capability, form, done = Can.EDIT, forms.EndForm, gettext_lazy("The notice has ended.")

    def target(self, pk):
        """A notice in one's hands."""
        return get_object_or_404(Notice.objects.visible_to(self.request.user, Can.EDIT), pk=pk)

    def act(self, target, answers):
        """End it."""
        return services.end(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """Its page."""
        return reverse("notice", args=[target.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("End the notice"), "back_label": target.title, "submit_label": _("End the notice"),
                "sub_text": _("Who has not read it is not asked any more."), "cancel_url": self.next_address(target, None)}


class DropNotice(VerbPage):
    """A draft that nobody needs."""

    capability, form, done = Can.EDIT, forms.DropForm, gettext_lazy("The draft is thrown away.")

    def target(self, pk):
        """A draft of one's own."""
        return get_object_or_404(Notice.objects.visible_to(self.request.user, Can.EDIT).filter(author__user=self.request.user, state=states.DRAFT), pk=pk)

    def act(self, target, answers):
        """Throw it away."""
        services.drop(self.actor, target, now=timezone.now())

    def next_address(self, target, result):
        """The list."""
        return reverse("notices")

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Throw the draft away"), "back_label": target.title, "submit_label": _("Throw the draft away"), "danger": True,
                "sub_text": _("Nobody but you has seen it."), "cancel_url": reverse("notice", args=[target.pk])}
