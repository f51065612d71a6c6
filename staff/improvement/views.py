"""Pages of the improvement register: the list by source, reporting a problem of any record, one item with its next act (GEN-24)."""
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.access import may
from config.contributions import records
from config.errors import Refused
from config.web.context import current_hall
from config.web.history import in_words
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page, VerbPage
from staff.improvement import cells, forms, queries, services, states
from staff.improvement.models import Action
from staff.improvement.permissions import Can


class ActionList(ListPage):
    """The improvement items in reach, the newest first, and how many of each source are not closed."""

    capability, export_capability, kind, title = Can.READ, Can.READ, services.KIND, gettext_lazy("Improvement register")
    filters, default_sort, template = forms.ActionFilters, "-pk", "staff/improvement/list.html"
    usual_views = ((gettext_lazy("All"), ""), (gettext_lazy("Not closed"), "state=waiting"), (gettext_lazy("Overdue"), "late=on"),
                   (gettext_lazy("I am responsible"), "side=owner&state=waiting"), (gettext_lazy("I re-check"), "side=checker&state=done"))
    empty = gettext_lazy("Nothing stands in the register yet. Report what has to get better.")
    columns = (
        Column("problem", gettext_lazy("Problem"), lambda a: a.problem, draw=cells.problem),
        Column("state", gettext_lazy("State"), cells.state_word, draw=cells.state, css="bare"),
        Column("source", gettext_lazy("Source"), cells.source),
        Column("owner", gettext_lazy("Responsible"), lambda a: str(a.owner), css="name"),
        Column("due", gettext_lazy("Next step due"), lambda a: a.due_at, sort="due_at", draw=cells.due, css="num bare"),
        Column("place", gettext_lazy("Hall"), cells.place, several_halls=True),
        Column("cause", gettext_lazy("Cause"), lambda a: a.cause or "—"),
    )

    def rows(self):
        """In reach."""
        return queries.for_list(self.request.user)

    def context(self):
        """What is open by source, and the way to a new one."""
        user = self.request.user
        return {"sources": queries.by_source(user, timezone.now()), "add_url": reverse("new_improvement") if may(user, Can.EDIT) else "",
                "add_label": _("Report a problem")}


def acts_of(row, user):
    """What this person may do with an item now, as {verb: True}."""
    if not may(user, Can.EDIT) or row.state == states.CLOSED:
        return {}
    mine, leads = row.owner_id == user.employee.pk, Action.objects.led_by(user).filter(pk=row.pk).exists()
    checks = row.state == states.DONE and Action.objects.checked_by(user).filter(pk=row.pk).exists()
    return {"agree": leads and row.state in states.TO_AGREE, "begin": mine and row.state == states.AGREED, "finish": mine and row.state == states.IN_WORK,
            "recheck": checks and not row.rechecked_at, "judge": checks and bool(row.rechecked_at) and services.day_of(row, timezone.now()) >= row.check_on}


class ActionPage(Page):
    """One item: the problem and where it was seen, the measures with what became of each, what is next."""

    capability = Can.READ

    def get(self, request, pk):
        """The page."""
        row = get_object_or_404(queries.for_list(request.user).select_related("rechecked_by"), pk=pk)
        return self.show("staff/improvement/action.html", {
            "row": row, "tone": cells.tone(row), "state": cells.state_word(row), "stages": cells.way(row), "late": row.is_late(timezone.now()),
            "next": cells.next_step(row), "source": cells.source(row), "place": cells.place(row), "acts": acts_of(row, request.user),
            "origin": queries.origin(row, request.user), "measures": queries.measures_of(row), "history": in_words(row, limit=30)})


class RaiseAction(FormPage):
    """A problem that no record shows."""

    capability, once = Can.EDIT, True
    form, done = forms.RaiseForm, gettext_lazy("The problem is in the register. The measure is due to who is responsible.")

    def form_kwargs(self, target):
        """Halls follow who reports."""
        return {"viewer": self.request.user}

    def initial(self, target):
        """The hall one works in."""
        hall = current_hall(self.request)
        return {"hall": hall and hall["id"], "source": Action.Source.WORK}

    def act(self, target, answers):
        """Report it."""
        return services.raise_action(self.actor, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """Its page."""
        return reverse("improvement", args=[result.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Report a problem"), "cancel_url": reverse("improvements"), "back_label": _("Improvement register"),
                "submit_label": _("Put into the register")}


class RaiseOfRecord(RaiseAction):
    """A problem that a record of any kind shows: its page leads here."""

    def target(self, kind, pk):
        """The record, for who may open it, in words."""
        found = records.resolve([(kind, pk)], self.request.user).get((kind, pk))
        if found is None:
            raise Http404
        return found

    def initial(self, target):
        """The hall of the record, where it has one."""
        hall = getattr(target.record, "hall_id", None)
        return super().initial(target) | ({"hall": hall} if hall else {})

    def act(self, target, answers):
        """Report it with the record."""
        return services.raise_action(self.actor, about=(target.kind.key, target.record.pk), now=timezone.now(), **answers)

    def context(self, target, form):
        """The record stands above the form."""
        back = target.address or reverse("improvements")
        return super().context(target, form) | {"sub_text": f"{target.kind.label}: {target.title}", "cancel_url": back, "back_label": target.title}


class OfRecord(Page):
    """The improvement items of one record, as a part for the record's own page."""

    capability = Can.READ

    def get(self, request, kind, pk):
        """The part; only for who may open the record."""
        known = records.KINDS.get(kind)
        if known is None or not known.visible_to(request.user).filter(pk=pk).exists():
            raise Http404
        rows = queries.of_record(request.user, kind, pk)
        return self.show("staff/improvement/_of_record.html", {"rows": [(row, cells.tone(row), cells.state_word(row)) for row in rows]})


class ActionVerb(VerbPage, abstract=True):
    """What the verbs with a form share."""

    capability, heading, submit = Can.EDIT, "", ""

    def rows(self):
        """The items on which this verb is done: those that another did, and this person may check."""
        return Action.objects.checked_by(self.request.user)

    def target(self, pk):
        """The item."""
        return get_object_or_404(self.rows().select_related("owner", "checker", "hall"), pk=pk)

    def next_address(self, target, result):
        """Its page."""
        return reverse("improvement", args=[target.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": self.heading, "back_label": target.number, "sub_text": target.problem, "submit_label": self.submit,
                "cancel_url": self.next_address(target, None)}


class Agree(ActionVerb):
    """The measure is agreed."""

    form, done = forms.AgreeForm, gettext_lazy("Agreed. The measure is due to who is responsible.")
    heading, submit = gettext_lazy("Agree on the measure"), gettext_lazy("Agree")

    def rows(self):
        """One's own, and those one leads."""
        return Action.objects.led_by(self.request.user)

    def initial(self, target):
        """What is known."""
        return {"cause": target.cause, "owner": target.owner}

    def act(self, target, answers):
        """Agree on it."""
        return services.agree(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """Its page, or the register for who handed it to somebody whose items they do not see."""
        seen = Action.objects.visible_to(self.request.user).filter(pk=target.pk).exists()
        return reverse("improvement", args=[target.pk]) if seen else reverse("improvements")


class Finish(ActionVerb):
    """The owner has done it."""

    form, done = forms.FinishForm, gettext_lazy("Done. Somebody else re-checks it.")
    heading, submit = gettext_lazy("The measure is carried out"), gettext_lazy("Done")

    def rows(self):
        """One's own."""
        return Action.objects.filter(owner__user=self.request.user)

    def act(self, target, answers):
        """Say so."""
        return services.finish(self.actor, target, now=timezone.now(), **answers)


class Recheck(ActionVerb):
    """Another saw that it is done."""

    form, done = forms.RecheckForm, gettext_lazy("Re-checked. The effect is checked on its day.")
    heading, submit = gettext_lazy("Re-check"), gettext_lazy("It is done")

    def act(self, target, answers):
        """Say so."""
        return services.recheck(self.actor, target, now=timezone.now(), **answers)


class SendBack(ActionVerb):
    """Another saw that it is not."""

    form, done = forms.SendBackForm, gettext_lazy("Sent back. It is due again to who is responsible.")
    heading, submit = gettext_lazy("Send back"), gettext_lazy("Send back")

    def act(self, target, answers):
        """Send it back."""
        return services.send_back(self.actor, target, now=timezone.now(), **answers)


class CheckEffect(ActionVerb):
    """Whether it helped."""

    form, done = forms.EffectForm, gettext_lazy("The effect is recorded.")
    heading, submit = gettext_lazy("Check the effect"), gettext_lazy("Record")

    def act(self, target, answers):
        """Record it."""
        return services.check_effect(self.actor, target, now=timezone.now(), **answers)


class Begin(Page):
    """The work begins, by one button."""

    capability = Can.EDIT
    http_method_names = ["post"]

    def post(self, request, pk):
        """Begin, or say why not."""
        row = get_object_or_404(Action, pk=pk, owner__user=request.user)
        try:
            services.begin(self.actor, row, now=timezone.now())
            messages.success(request, _("The work has begun."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("improvement", args=[pk]))
