"""Pages of cleaning rounds: the list, one round for the phone, and the manager's check (FAC-05, FAC-07)."""
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
from config.web.pages import Page, VerbPage
from config.web.templatetags import hk
from facilities.cleaning import cells, forms, queries, services, states
from facilities.cleaning.models import CleaningRound, RoundItem
from facilities.cleaning.permissions import Can


class RoundList(ListPage):
    """The rounds of the halls in reach, the newest first."""

    capability, export_capability, kind, title = Can.READ, Can.CHECK, services.KIND, gettext_lazy("Cleaning rounds")
    filters, default_sort = forms.RoundFilters, "-day"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("Today"), "since=today&until=today"), (gettext_lazy("Missed"), "state=missed"),
                   (gettext_lazy("To check"), "state=done"))
    empty = gettext_lazy("No round was made yet. The clock makes one for each hall in the morning.")
    columns = (
        Column("day", gettext_lazy("Day"), lambda r: r.day, sort="day", draw=cells.day, css="num"),
        Column("hall", gettext_lazy("Hall"), lambda r: str(r.hall), several_halls=True),
        Column("state", gettext_lazy("State"), lambda r: word(r, "state"), draw=cells.state, css="bare"),
        Column("ticked", gettext_lazy("Ticked"), lambda r: f"{r.ticked} / {r.all_items}", css="num"),
        Column("done", gettext_lazy("Done"), lambda r: r.done_at, draw=cells.done, css="num"),
        Column("by", gettext_lazy("By"), lambda r: str(r.done_by or ""), css="name"),
        Column("score", gettext_lazy("Score"), lambda r: r.score, css="num r"),
        Column("reason", gettext_lazy("Reason"), lambda r: r.reason),
    )

    def rows(self):
        """In reach."""
        return queries.rounds_for_list(self.request.user)


class RoundPage(Page):
    """One round: its areas with their surfaces, each with the standard, and what may be done now."""

    capability = Can.READ

    def get(self, request, pk):
        """The page, or the part with the ticks for htmx."""
        rnd = get_object_or_404(CleaningRound.objects.visible_to(request.user).select_related("hall", "done_by", "checked_by"), pk=pk)
        return self.show("facilities/cleaning/_ticks.html" if request.GET.get("part") else "facilities/cleaning/round.html", facts_of(rnd, request.user))


def facts_of(rnd, user):
    """What the page of a round shows."""
    parts = queries.parts_of(rnd)
    mine = CleaningRound.objects.visible_to(user, Can.EDIT).filter(pk=rnd.pk).exists()
    checks = may(user, Can.CHECK) and CleaningRound.objects.visible_to(user, Can.CHECK).filter(pk=rnd.pk).exists()
    done, count = sum(part.done for part in parts), sum(len(part.lines) for part in parts)
    return {"round": rnd, "parts": parts, "done": done, "count": count, "left": count - done, "late": count > done and rnd.due_at < timezone.now(),
            "may_tick": mine and rnd.state in states.OPEN,
            "may_explain": mine and rnd.state == states.MISSED, "may_check": checks and rnd.state == states.DONE,
            "tone": cells.TONES[rnd.state], "history": in_words(rnd, limit=20)}


class Tick(Page):
    """A surface is ticked, or the tick taken back."""

    capability = Can.EDIT
    http_method_names = ["post"]

    def post(self, request, pk, item):
        """Do it; htmx gets the ticks anew, a plain form is led back."""
        rnd = get_object_or_404(CleaningRound.objects.visible_to(request.user, Can.EDIT).select_related("hall"), pk=pk)
        line = get_object_or_404(RoundItem, pk=item, round=rnd)
        problem = ""
        try:
            services.tick(self.actor, rnd, line, ticked=request.POST.get("ticked") == "1", now=timezone.now())
        except Refused as refusal:
            problem = str(refusal)
        if "HX-Request" in request.headers:
            rnd.refresh_from_db()
            return self.show("facilities/cleaning/_ticks.html", {**facts_of(rnd, request.user), "problem": problem})
        if problem:
            messages.error(request, problem)
        return HttpResponseRedirect(f"{reverse('round', args=[pk])}#i{item}")


class Finish(Page):
    """The round is done."""

    capability = Can.EDIT
    http_method_names = ["post"]

    def post(self, request, pk):
        """Finish it, or say what is missing."""
        rnd = get_object_or_404(CleaningRound.objects.visible_to(request.user, Can.EDIT), pk=pk)
        try:
            services.finish(self.actor, rnd, now=timezone.now())
            messages.success(request, _("The round is done."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("round", args=[pk]))


class RoundVerb(VerbPage, abstract=True):
    """What the verbs with a form share."""

    heading, submit = "", ""
    capability = Can.CHECK

    def target(self, pk):
        """The round, in reach."""
        return get_object_or_404(CleaningRound.objects.visible_to(self.request.user, self.capability).select_related("hall"), pk=pk)

    def next_address(self, target, result):
        """Its page."""
        return reverse("round", args=[target.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": self.heading, "back_label": hk.week_day(target.day), "sub_text": str(target.hall),
                "submit_label": self.submit, "cancel_url": self.next_address(target, None)}


class CheckRound(RoundVerb):
    """The manager's score."""

    capability, form, done = Can.CHECK, forms.CheckForm, gettext_lazy("Checked.")
    heading, submit = gettext_lazy("Check the round"), gettext_lazy("Save the score")

    def act(self, target, answers):
        """Score it."""
        return services.check(self.actor, target, now=timezone.now(), **answers)


class SendBack(RoundVerb):
    """Not clean: again."""

    capability, form, done = Can.CHECK, forms.ReasonForm, gettext_lazy("Sent back.")
    heading, submit = gettext_lazy("Send the round back"), gettext_lazy("Send back")

    def act(self, target, answers):
        """Send it back."""
        return services.send_back(self.actor, target, now=timezone.now(), **answers)


class Explain(RoundVerb):
    """Why it was missed."""

    capability, form, done = Can.EDIT, forms.ReasonForm, gettext_lazy("The reason is kept.")
    heading, submit = gettext_lazy("Why was the round missed?"), gettext_lazy("Save the reason")

    def act(self, target, answers):
        """Keep it."""
        return services.explain(self.actor, target, now=timezone.now(), **answers)
