"""Keeping, changing and choosing saved views (UX 18)."""
from crispy_forms.layout import Layout
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.access import SIGNED_IN, may
from config.contributions.navigation import ENTRIES
from config.web import saved_views, sessions
from config.web.forms import HallkeeperForm
from config.web.models import SavedView
from config.web.pages import FormPage, Page
from config.web.redirects import safe_next


def shareable(user, listing):
    """The groups to which this person may show a view of a list, as choices: those they lead."""
    if not listing.share_capability or not may(user, listing.share_capability):
        return []
    words = {"hall": _("everybody in %(name)s"), "team": _("my team %(name)s")}
    return [(f"{kind}:{pk}", words[kind] % {"name": name}) for kind, pk, name in import_string(settings.GROUPS_OF)(user, listing.share_capability)]


def may_open(user, listing):
    """Whether this person may open a list."""
    return listing.capability == SIGNED_IN or may(user, listing.capability)


class ViewForm(HallkeeperForm):
    """What a view is called, for whom it is, and whether one's list opens with it."""

    name = forms.CharField(label=gettext_lazy("Name of the view"), max_length=60, widget=forms.TextInput({"class": "w-l", "autocomplete": "off"}),
                           error_messages={"required": gettext_lazy("Write what the view shows, such as: waiting today.")})
    group = forms.ChoiceField(label=gettext_lazy("Shown to"), required=False, widget=forms.Select({"class": "w-l"}),
                              error_messages={"invalid_choice": gettext_lazy("Choose one of the halls and teams you lead.")})
    at_start = forms.BooleanField(label=gettext_lazy("Open the list with this view"), required=False)
    page = forms.CharField(required=False, widget=forms.HiddenInput)
    query = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        if groups:
            self.fields["group"].choices = [("", gettext_lazy("me alone")), *groups]
        else:
            del self.fields["group"]
            self.helper.layout = Layout(*self.fields)

    def clean_group(self):
        """The group as (kind, id), or None."""
        kind, _colon, pk = self.cleaned_data["group"].partition(":")
        return (kind, int(pk)) if pk else None


class SaveView(FormPage):
    """Give the list as it is a name."""

    capability, form, once, template = SIGNED_IN, ViewForm, True, "personal/save_view.html"
    done = gettext_lazy("View saved. It stands above the list.")

    def target(self, pk=None):
        """The list that the address or the form names, if this person may open it; without a name, their first one."""
        asked = self.request.POST.get("page") or self.request.GET.get("page")
        pages = [asked] if asked else [entry.page for entry in sorted(ENTRIES.all(), key=lambda entry: entry.order)]
        for page in pages:
            listing = saved_views.list_of(page)
            if listing and may_open(self.request.user, listing):
                self.page = page
                return listing
        raise Http404

    def form_kwargs(self, target):
        """The groups that this person leads."""
        return {"groups": shareable(self.request.user, self.listing(target))}

    def listing(self, target):
        """The list that the view is of."""
        return target

    def initial(self, target):
        """What the address says."""
        query = self.request.GET.copy()
        query.pop("page", None)
        return {"page": self.page, "query": query.urlencode()}

    def act(self, target, answers):
        """Keep it, and open the list with it where that was asked for."""
        view = saved_views.save(self.actor, page=self.page, name=answers["name"], query=answers["query"], group=answers.get("group"),
                                now=timezone.now())
        start_with(self.request, view, answers["at_start"])
        return view

    def next_address(self, target, view):
        """The list, with the view."""
        return f"{reverse(view.page)}?{view.query}"

    def context(self, target, form):
        """Heading, and what is left out."""
        return {"heading": _("Save this view"), "sub_text": str(target.title), "back_label": str(target.title),
                "cancel_url": f"{reverse(self.page)}?{form['query'].value() or ''}",
                "searched": "q=" in (form["query"].value() or "")}


class ChangeView(SaveView):
    """Another name, other people, or the beginning of the list; of one's own view."""

    once, done = False, gettext_lazy("View saved.")

    def target(self, pk):
        """One's own view; another's is not there."""
        return get_object_or_404(SavedView, pk=pk, owner=self.request.user)

    def listing(self, target):
        """The list that the view is of."""
        return saved_views.list_of(target.page)

    def initial(self, target):
        """As it is."""
        group = f"hall:{target.hall_id}" if target.hall_id else f"team:{target.team_id}" if target.team_id else ""
        return {"name": target.name, "group": group, "at_start": starts(self.request).get(target.page) == target.pk}

    def act(self, target, answers):
        """Keep it."""
        saved_views.save(self.actor, page=target.page, name=answers["name"], query=target.query, group=answers.get("group"), view=target,
                         now=timezone.now())
        start_with(self.request, target, answers["at_start"])

    def next_address(self, target, result):
        """All views."""
        return reverse("saved_views")

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Change the view “%(name)s”") % {"name": target.name}, "cancel_url": reverse("saved_views"), "back_label": _("Views")}


class SavedViews(Page):
    """One's own views and those one is shown, by list."""

    capability = SIGNED_IN

    def get(self, request):
        """The page; one statement for the views."""
        first, rows = starts(request), []
        for view in saved_views.shown_to(request.user).order_by("page", "name", "pk"):
            listing = saved_views.list_of(view.page)
            if listing and may_open(request.user, listing):
                rows.append({"view": view, "list": str(listing.title), "url": f"{reverse(view.page)}?{view.query}",
                             "mine": view.owner_id == request.user.pk, "at_start": first.get(view.page) == view.pk,
                             "shared": bool(view.hall_id or view.team_id)})
        return self.show("personal/saved_views.html", {"rows": rows})


class StartWith(Page):
    """Open the list with this view from now on, or no longer."""

    capability = SIGNED_IN
    http_method_names = ["post"]

    def post(self, request, pk):
        """Turn it, and go back."""
        view = get_object_or_404(saved_views.shown_to(request.user), pk=pk)
        on = starts(request).get(view.page) != view.pk
        start_with(request, view, on)
        messages.success(request, _("The list opens with this view now.") if on else _("The list opens with everything now."))
        return HttpResponseRedirect(safe_next(request, reverse("saved_views")))


class RemoveView(Page):
    """Take one's own view away."""

    capability = SIGNED_IN
    http_method_names = ["post"]

    def post(self, request, pk):
        """Remove it, and go back."""
        view = get_object_or_404(SavedView, pk=pk, owner=request.user)
        start_with(request, view, False)
        saved_views.remove(self.actor, view)
        messages.success(request, _("The view “%(name)s” is gone.") % {"name": view.name})
        return HttpResponseRedirect(safe_next(request, reverse("saved_views")))


def starts(request):
    """{list: id of the view that it opens with} of this person."""
    return request.session.get("views") or {}


def start_with(request, view, on):
    """Let the list open with this view; off only takes away this very view."""
    chosen = dict(starts(request))
    if on:
        chosen[view.page] = view.pk
    elif chosen.get(view.page) == view.pk:
        del chosen[view.page]
    if chosen != starts(request):
        sessions.remember(request, views=chosen)
