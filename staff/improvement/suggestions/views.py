"""Pages of suggestions: the list, sending one, its page with what the addressee may do (REC-76)."""
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.access import may
from config.errors import Refused
from config.web.choices import word
from config.web.history import in_words
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page, VerbPage
from staff.improvement.models import Action
from staff.improvement.permissions import Can
from staff.improvement.suggestions import cells, forms, queries, services, states
from staff.improvement.suggestions.models import Suggestion


class SuggestionList(ListPage):
    """The suggestions in reach, the newest first."""

    capability, export_capability, kind, title = Can.READ_SUGGESTIONS, Can.READ_SUGGESTIONS, services.KIND, gettext_lazy("Suggestions")
    filters, default_sort = forms.SuggestionFilters, "-pk"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("To answer"), "side=for_me&state=open"), (gettext_lazy("Suggested by me"), "side=by_me"),
                   (gettext_lazy("Overdue"), "late=on"))
    empty = gettext_lazy("No suggestion yet. Say what should be done better, and a department answers.")
    columns = (
        Column("title", gettext_lazy("Suggestion"), lambda s: s.title, draw=cells.title),
        Column("state", gettext_lazy("State"), cells.state_word, draw=cells.state, css="bare"),
        Column("topic", gettext_lazy("About"), lambda s: word(s, "topic")),
        Column("due", gettext_lazy("Answer"), lambda s: s.answered_at or s.due_at, sort="due_at", draw=cells.due, css="num bare"),
        Column("to", gettext_lazy("Addressed to"), cells.to),
        Column("by", gettext_lazy("Suggested by"), lambda s: str(s.suggested_by), css="name"),
        Column("hall", gettext_lazy("Hall"), lambda s: str(s.hall or ""), several_halls=True),
    )

    def rows(self):
        """In reach."""
        return queries.for_list(self.request.user)

    def context(self):
        """The way to a new one."""
        return {"add_url": reverse("new_suggestion") if may(self.request.user, Can.SUGGEST) else "", "add_label": _("Make a suggestion")}


class SuggestionPage(Page):
    """One suggestion, its answer, what became of it."""

    capability = Can.READ_SUGGESTIONS

    def get(self, request, pk):
        """The page."""
        row = get_object_or_404(queries.for_list(request.user), pk=pk)
        waits, action = row.state in states.TO_ANSWER, Action.objects.visible_to(request.user).filter(pk=row.action_id).first() if row.action_id else None
        return self.show("staff/improvement/suggestion.html", {
            "row": row, "tone": cells.tone(row), "state": cells.state_word(row), "late": row.is_late(timezone.now()), "to": cells.to(row), "action": action,
            "may_answer": row.for_me and waits, "may_close": row.for_me and row.state == states.ANSWERED,
            "may_take_up": row.for_me and not row.action_id and row.outcome != Suggestion.Outcome.REJECTED and may(request.user, Can.EDIT),
            "history": in_words(row, limit=20)})


class Suggest(FormPage):
    """A new suggestion."""

    capability, once = Can.SUGGEST, True
    form, done = forms.SuggestForm, gettext_lazy("Sent. The answer appears here, and you are told of it.")

    def act(self, target, answers):
        """Send it."""
        return services.suggest(self.actor, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """Its page."""
        return reverse("suggestion", args=[result.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Make a suggestion"), "cancel_url": reverse("suggestions"), "back_label": _("Suggestions"), "submit_label": _("Send")}


class SuggestionVerb(VerbPage, abstract=True):
    """What the addressee does with a form."""

    capability, heading, submit = Can.SUGGEST, "", ""

    def target(self, pk):
        """What this person answers."""
        return get_object_or_404(Suggestion.objects.answered_by(self.request.user).select_related("department__head", "suggested_by"), pk=pk)

    def next_address(self, target, result):
        """Its page."""
        return reverse("suggestion", args=[target.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": self.heading, "back_label": target.number, "sub_text": target.title, "submit_label": self.submit,
                "cancel_url": self.next_address(target, None)}


class Assign(SuggestionVerb):
    """Another answers it."""

    form, done = forms.AssignForm, gettext_lazy("Handed on. The answer is due to them by the same day.")
    heading, submit = gettext_lazy("Hand the suggestion on"), gettext_lazy("Hand on")

    def act(self, target, answers):
        """Hand it on."""
        return services.assign(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """Its page, or the list for who may not see it any more."""
        seen = Suggestion.objects.visible_to(self.request.user).filter(pk=target.pk).exists()
        return reverse("suggestion", args=[target.pk]) if seen else reverse("suggestions")


class Answer(SuggestionVerb):
    """The answer."""

    form, done = forms.AnswerForm, gettext_lazy("Answered. Who suggested it sees the answer.")
    heading, submit = gettext_lazy("Answer the suggestion"), gettext_lazy("Answer")

    def act(self, target, answers):
        """Answer it."""
        return services.answer(self.actor, target, now=timezone.now(), **answers)


class SuggestionAct(Page, abstract=True):
    """What the addressee does by one button."""

    capability, done = Can.SUGGEST, ""
    http_method_names = ["post"]

    def act(self, row):
        """Call the service; gives the address to go to."""
        raise NotImplementedError

    def post(self, request, pk):
        """Do it, or say why not."""
        row = get_object_or_404(Suggestion.objects.answered_by(request.user), pk=pk)
        address = reverse("suggestion", args=[pk])
        try:
            address = self.act(row) or address
            messages.success(request, self.done)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(address)


class TakeUp(SuggestionAct):
    """It becomes an improvement item."""

    done = gettext_lazy("The suggestion is in the improvement register. Agree on the measure.")

    def act(self, row):
        """Take it up."""
        return reverse("improvement", args=[services.take_up(self.actor, row, now=timezone.now()).action_id])


class Close(SuggestionAct):
    """Nothing is left to do."""

    done = gettext_lazy("The suggestion is closed.")

    def act(self, row):
        """Close it."""
        services.close(self.actor, row, now=timezone.now())
