"""Pages of snippets: the list, writing one, taking one away, and what a text field asks for (UX 19)."""
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from config.accounts.access import may
from config.web import limits
from config.web.context import current_hall
from config.web.errors import too_many
from config.web.forms import HallkeeperForm
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page, VerbPage
from staff.communication import forms, queries, services
from staff.communication.models import Snippet
from staff.communication.permissions import Can

LONGEST_NAME = 80


class SnippetList(ListPage):
    """The sentences of one's halls."""

    capability, kind, title = Can.READ, "snippet", gettext_lazy("Snippets")
    filters, default_sort = forms.SnippetFilters, "code"
    empty = gettext_lazy("No snippet yet. Write the sentences that your hall says again and again.")
    columns = (
        Column("code", gettext_lazy("Initials"), lambda row: row.code, sort="code", cell="staff/communication/_cell_code.html"),
        Column("name", pgettext_lazy("thing", "Name"), lambda row: str(row.name)),
        Column("text", gettext_lazy("Text"), lambda row: str(row.text), css="wide"),
        Column("hall", gettext_lazy("Hall"), lambda row: str(row.hall), several_halls=True),
    )

    def rows(self):
        """Those one may use."""
        return Snippet.objects.visible_to(self.request.user).select_related("hall")

    def context(self):
        """The way to a new one, and how they are used."""
        edits = may(self.request.user, Can.EDIT)
        return {"add_url": reverse("new_snippet") if edits else "", "add_label": _("New snippet"), "may_edit": edits,
                "sub_text": _("In any text, type a semicolon and the initials, then Enter.")}


class SnippetPage(FormPage):
    """Write a snippet, or change one."""

    capability, form, done = Can.EDIT, forms.SnippetForm, gettext_lazy("The snippet is saved.")

    @property
    def once(self):
        """Made once by its key; changed by its row."""
        return "pk" not in self.kwargs

    def target(self, pk=None):
        """The snippet of a hall whose snippets one keeps, or None for a new one."""
        return None if pk is None else get_object_or_404(Snippet.objects.visible_to(self.request.user, Can.EDIT), pk=pk)

    def form_kwargs(self, target):
        """The halls follow who asks."""
        return {"viewer": self.request.user}

    def initial(self, target):
        """As it is, or the hall one works in."""
        if target is None:
            hall = current_hall(self.request)
            return {"hall": hall and hall["id"]}
        return {"hall": target.hall_id, "code": target.code, "name": target.name, "text": target.text, "version": target.version}

    def act(self, target, answers):
        """Save it."""
        return services.save_snippet(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The list."""
        return reverse("snippets")

    template = "staff/communication/form.html"

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Change the snippet ;%(code)s") % {"code": target.code} if target else _("New snippet"),
                "cancel_url": reverse("snippets"), "back_label": _("Snippets")}


class RemoveSnippet(VerbPage):
    """Take a snippet away."""

    capability, form, done = Can.EDIT, HallkeeperForm, gettext_lazy("The snippet is gone.")

    def target(self, pk):
        """A snippet that one keeps."""
        return get_object_or_404(Snippet.objects.visible_to(self.request.user, Can.EDIT).select_related("hall"), pk=pk)

    def act(self, target, answers):
        """Remove it."""
        services.remove_snippet(self.actor, target, now=timezone.now())

    def next_address(self, target, result):
        """The list."""
        return reverse("snippets")

    def context(self, target, form):
        """What goes."""
        return {"heading": _("Remove the snippet ;%(code)s") % {"code": target.code}, "sub_text": f"{target.hall} · {target.text}",
                "submit_label": _("Remove"), "danger": True, "cancel_url": reverse("snippets"), "back_label": _("Snippets")}


class FindSnippets(Page):
    """What fits the letters after a semicolon. A POST, since the visitor's name goes along; it changes nothing."""

    capability = Can.READ
    http_method_names = ["post"]

    def post(self, request):
        """The options, each with its text filled in."""
        if limits.used_up("snippets", request.user.pk, limit=240, seconds=60):
            return too_many(request)
        typed, hall = request.POST.get("q", "")[:20].replace("\0", ""), current_hall(request)
        name = request.POST.get("name", "")[:LONGEST_NAME].replace("\0", "")
        found = queries.snippets_for(request.user, hall["id"], typed, name=name) if hall else []
        return self.show("staff/communication/_found.html", {"found": found})
