"""Pages of the parameters: all of them, one over time, asking for another value, the word of the second person (GEN-05)."""
from datetime import timedelta

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from config.accounts.access import may
from config.contributions.figures import CAPABILITY as FIGURES
from config.contributions.figures import WHAT_IF, judging_anew
from config.web import history
from config.web.choices import word
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page, VerbPage
from staff.regulation import values
from staff.regulation.parameters import cells, forms, kinds, queries, services, words
from staff.regulation.parameters.fields import fields_of
from staff.regulation.parameters.filters import WAITS_FOR_ME, ChangeFilters, ParameterFilters
from staff.regulation.parameters.proposing import halls_to_propose, may_ask
from staff.regulation.parameters.sentences import sentence
from staff.regulation.permissions import Can

FOLDER = "staff/regulation/parameters/"


class Parameters(Page):
    """Every parameter of the regulation with what holds today, by chapter."""

    capability = Can.READ

    def get(self, request):
        """The list as the filters narrow it."""
        form = ParameterFilters(request.GET, viewer=request.user)
        asked = form.cleaned_data if form.is_valid() else {}
        found = queries.lines(request.user, timezone.localdate(), asked.get("hall"))
        shown = form.narrow(found) if asked else found
        chapters = [(label, [line for line in shown if line.row["chapter"] == key]) for key, label in words.CHAPTERS.items()]
        return self.show(FOLDER + "list.html", {
            "filters": form, "chapters": [(label, rows) for label, rows in chapters if rows], "count": len(shown), "all": len(found),
            "unused": sum(not line.used_by for line in found), "hall": asked.get("hall"), "waits": queries.to_decide(request.user).count()})


class Parameter(Page):
    """One parameter: what it is, its values over time at every place, and what was asked of it."""

    capability = Can.READ

    def get(self, request, key):
        """The page."""
        row, today, user = described(key), timezone.localdate(), request.user
        places = queries.places(key, today)
        for place in places:
            place.today, place.may_change = place.now(today), may_ask(user, place.hall and place.hall.pk)
        changes = queries.for_list(user).filter(values__has_key=key)[:20]
        bound = [one for one in kinds.together(key) if one != key]
        return self.show(FOLDER + "parameter.html", {
            "key": key, "row": row, "meaning": words.meaning(key), "css": words.css(key), "places": places, "today": today, "limits": words.limits(key),
            "origin": words.ORIGINS[row["origin"]], "chapter": words.CHAPTERS[row["chapter"]], "used_by": words.used_by(queries.readers().get(key, ())),
            "bound": [(one, words.meaning(one)) for one in bound], "may_change": may(user, Can.EDIT) or bool(halls_to_propose(user)),
            "changes": [(change, cells.state(change), cells.place(change)) for change in changes], "delivered": words.shown(key, row["default"]),
            "back": queries.BACK, "span": queries.BACK + queries.AHEAD,
            "what_if": reverse(WHAT_IF) if key in judging_anew() and may(user, FIGURES) else ""})


def described(key):
    """The description of a parameter, or a 404."""
    try:
        return kinds.of(key)
    except values.UnknownParameter:
        raise Http404 from None


class ChangeParameter(FormPage):
    """Asks for other values at a place from a day on; a sentence says while one types what will hold."""

    capability = Can.READ
    form, once, template = forms.ChangeForm, True, FOLDER + "change_form.html"
    done = gettext_lazy("Asked. It holds when somebody else of human resources has confirmed it.")

    def target(self, key):
        """None: a change is made. The page is there for who may ask for another value of this parameter somewhere."""
        described(key)
        if not (self.may_edit or halls_to_propose(self.request.user)):
            raise Http404

    @property
    def key(self):
        """The parameter."""
        return self.kwargs["key"]

    @cached_property
    def may_edit(self):
        """Whether this person asks for the whole company too."""
        return may(self.request.user, Can.EDIT)

    def form_kwargs(self, target):
        """The parameter and the halls."""
        return forms.form_facts(self.key, self.request.user, self.may_edit)

    def initial(self, target):
        """The place that the address names, the next day, and what holds there, or the values that the address proposes."""
        facts = forms.form_facts(self.key, self.request.user, self.may_edit)
        hall = facts["halls"].filter(pk=number_in(self.request.GET.get("hall"))).first() or (None if self.may_edit else facts["halls"].first())
        position = number_in(self.request.GET.get("position"))
        day = timezone.localdate() + timedelta(days=1)
        return {"hall": hall and hall.pk, "position": position, "valid_from": day} | forms.initial_values(self.key, day, hall, position) | {
            name: self.request.GET[name] for key in kinds.together(self.key) for name in fields_of(key) if name in self.request.GET}

    def get(self, request, **key):
        """The form; by script only the sentence about what stands in it."""
        if "sentence" not in request.GET:
            return super().get(request, **key)
        target = self.target(**key)
        form = self.form(request.GET, **self.form_kwargs(target))
        form.fields["reason"].required = False  # what will hold does not depend on it
        return self.show(FOLDER + "_sentence.html", {"told": sentence(self.key, form.cleaned_data) if form.is_valid() else []})

    def act(self, target, answers):
        """Ask."""
        asked = {name: answers[name] for name in ("asked", "hall", "valid_from", "reason")}
        return services.ask(self.actor, self.key, position=answers.get("position"), now=timezone.now(), **asked)

    def next_address(self, target, result):
        """What was asked."""
        return reverse("parameter_change", args=[result.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Another value: %(what)s") % {"what": words.meaning(self.key)}, "cancel_url": reverse("parameter", args=[self.key]),
                "submit_label": _("Ask for it"), "key": self.key, "told": []}


def number_in(text):
    """A number that stands in an address, or None."""
    return int(text) if text and text.isdecimal() and len(text) < 16 else None


class Changes(ListPage):
    """What was asked of the parameters, in reach: what waits, what begins later, what was."""

    capability, kind, title = Can.READ, "parameter_change", gettext_lazy("Changes of parameters")
    template = FOLDER + "changes.html"
    filters, default_sort = ChangeFilters, "-asked_at"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("Waits for me"), WAITS_FOR_ME), (gettext_lazy("Asked by me"), "mine=me"))
    empty = gettext_lazy("Nobody has asked for another value yet.")
    columns = (
        Column("subject", gettext_lazy("Parameter"), cells.subject, draw=cells.what),
        Column("place", gettext_lazy("Where"), cells.place),
        Column("valid_from", gettext_lazy("Holds from"), lambda one: one.valid_from, sort="valid_from", draw=cells.begins, css="num"),
        Column("state", gettext_lazy("State"), lambda one: word(one, "state"), draw=cells.state, css="bare"),
        Column("asked", pgettext_lazy("change", "Asked"), lambda one: one.asked_at, sort="asked_at", draw=cells.asked),
        Column("decided", gettext_lazy("Decided"), lambda one: one.decided_at, draw=cells.decided),
    )

    def rows(self):
        """In reach, with names."""
        return queries.for_list(self.request.user)


class Change(Page):
    """One change: what it is now and will be, who asked and why, who decided, and what may be done."""

    capability = Can.READ

    def get(self, request, pk):
        """The page."""
        change = get_object_or_404(queries.for_list(request.user), pk=pk)
        return self.show(FOLDER + "change.html", {
            "change": change, "meaning": words.meaning(change.subject), "place": words.place(change.hall, change.position),
            "state": cells.state(change), "effects": queries.effects(change), "entries": history.in_words(change, hide=("values",)),
            "decider": queries.decider_of(change), "may_decide": queries.to_decide(request.user).filter(pk=pk).exists(),
            "may_withdraw": queries.to_withdraw(request.user, timezone.now()).filter(pk=pk).exists()})


class ChangeVerb(VerbPage, abstract=True):
    """A verb on one change, which it leads back to."""

    capability = Can.EDIT
    heading = ""
    submit = ""
    template = FOLDER + "verb.html"

    def target(self, pk):
        """A change in reach; what has been decided meanwhile says so when it is sent."""
        return get_object_or_404(queries.for_list(self.request.user), pk=pk)

    def next_address(self, target, result):
        """The change."""
        return reverse("parameter_change", args=[target.pk])

    def context(self, target, form):
        """What it is about, and the way back."""
        return {"heading": self.heading % {"what": words.meaning(target.subject)}, "submit_label": self.submit, "change": target,
                "effects": queries.effects(target), "place": words.place(target.hall, target.position), "cancel_url": self.next_address(target, None)}


class ConfirmChange(ChangeVerb):
    """The second person agrees."""

    form, done = forms.ConfirmForm, gettext_lazy("Confirmed.")
    heading, submit = gettext_lazy("Confirm: %(what)s"), gettext_lazy("Confirm")

    def act(self, target, answers):
        """Confirm it."""
        return services.confirm(self.actor, target, now=timezone.now())


class DeclineChange(ChangeVerb):
    """The second person does not agree."""

    form, done = forms.DeclineForm, gettext_lazy("Declined.")
    heading, submit = gettext_lazy("Decline: %(what)s"), gettext_lazy("Decline")

    def act(self, target, answers):
        """Decline it."""
        return services.decline(self.actor, target, now=timezone.now(), **answers)


class WithdrawChange(ChangeVerb):
    """What waits, or has not begun, is taken back."""

    capability = Can.READ
    form, done = forms.WithdrawForm, gettext_lazy("Taken back.")
    heading, submit = gettext_lazy("Take back: %(what)s"), gettext_lazy("Take back")

    def target(self, pk):
        """One's own, for HR everybody's."""
        rows = queries.for_list(self.request.user)
        return get_object_or_404(rows if may(self.request.user, Can.EDIT) else rows.filter(asked_by=self.request.user), pk=pk)

    def act(self, target, answers):
        """Take it back."""
        return services.withdraw(self.actor, target, now=timezone.now(), **answers)
