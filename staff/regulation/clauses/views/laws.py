"""Pages of laws and policies, and of the rules that halls add (GEN-22, INF-03)."""
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.access import may
from config.web import history
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page
from staff.organisation.queries import hall_of
from staff.regulation.clauses import forms, queries, rules, states
from staff.regulation.clauses.models import HallRule, LegalNote
from staff.regulation.clauses.services import hall_rules, laws
from staff.regulation.clauses.views.base import FORM, Verb
from staff.regulation.permissions import Can

CELLS = "staff/regulation/_cell_{}.html"


class Laws(ListPage):
    """The laws and policies that the work touches."""

    capability, kind, title, filters = Can.READ, "law", gettext_lazy("Laws and policies"), forms.LawFilters
    empty = gettext_lazy("No law is noted yet.")
    columns = (
        Column("title", gettext_lazy("Title"), lambda row: str(row), cell=CELLS.format("law")),
        Column("kind", gettext_lazy("Kind"), lambda row: row.get_kind_display(), sort="kind"),
        Column("issued_by", gettext_lazy("Issued by"), lambda row: row.issued_by),
        Column("in_force_from", gettext_lazy("In force from"), lambda row: row.in_force_from, cell=CELLS.format("law_day")),
        Column("clauses", gettext_lazy("Clauses"), lambda row: ", ".join(row.clauses), css="num"),
    )

    def rows(self):
        """All of them."""
        return LegalNote.objects.visible_to(self.request.user)

    def context(self):
        """The way to a new one."""
        return {"add_url": reverse("new_law") if may(self.request.user, Can.EDIT) else "", "add_label": _("New law or policy")}


def law_or_404(user, pk):
    """A law that this person may read."""
    return get_object_or_404(LegalNote.objects.visible_to(user), pk=pk)


class LawPage(Page):
    """A law with what it asks, its clauses and its changes."""

    capability = Can.READ

    def get(self, request, pk):
        """The page."""
        law = law_or_404(request.user, pk)
        cited = [found for text in law.clauses if (found := rules.read_citation(text))]
        return self.show("staff/regulation/law.html", {
            "law": law, "clauses": list(queries.clauses_cited(cited, timezone.localdate()).values()), "may_edit": may(request.user, Can.EDIT),
            "changes": law.changes.select_related("announced_by"), "entries": history.in_words(law)})


class LawForm(FormPage):
    """Write a law, or change one."""

    capability, form, done, template = Can.EDIT, forms.LawForm, gettext_lazy("The law is saved."), FORM

    @property
    def once(self):
        """Made once by its key; changed by its row."""
        return "pk" not in self.kwargs

    def target(self, pk=None):
        """The law, or None for a new one."""
        return None if pk is None else law_or_404(self.request.user, pk)

    def initial(self, target):
        """As it is."""
        if target is None:
            return {}
        names = ("kind", "title", "text", "issued_by", "in_force_from", "link", "for_contracts", "version")
        return {name: getattr(target, name) for name in names} | {"clauses": ", ".join(target.clauses)}

    def act(self, target, answers):
        """Save it."""
        return laws.save_law(self.actor, target, given=answers.pop("version"), now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The law."""
        return reverse("law", args=[result.pk])

    def context(self, target, form):
        """Heading and way back."""
        back = reverse("law", args=[target.pk]) if target else reverse("laws")
        return {"heading": str(target) if target else _("New law or policy"), "cancel_url": back, "back_label": str(target or _("Laws and policies"))}


class LawVerb(Verb, abstract=True):
    """A verb on one law."""

    def target(self, pk):
        """The law."""
        return law_or_404(self.request.user, pk)

    def back(self, target):
        """The law."""
        return reverse("law", args=[target.pk])


class AnnounceChange(LawVerb):
    """Tell all staff what changes."""

    once, form, heading, submit = True, forms.ChangeForm, gettext_lazy("Announce a change"), gettext_lazy("Announce")
    done = gettext_lazy("The change is announced. It stands on everybody's day until it holds.")

    def act(self, target, answers):
        """Announce it."""
        laws.announce(self.actor, target, now=timezone.now(), **answers)


class RemoveLaw(LawVerb):
    """Take a law away."""

    form, heading, submit, danger = forms.ReasonForm, gettext_lazy("Remove this law"), gettext_lazy("Remove"), True
    done = gettext_lazy("The law is removed.")

    def act(self, target, answers):
        """Remove it."""
        laws.remove_law(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The list."""
        return reverse("laws")


def rule_or_404(user, pk):
    """A rule of a hall that this person may read."""
    return get_object_or_404(HallRule.objects.visible_to(user).select_related("hall", "proposed_by", "decided_by"), pk=pk)


class HallRules(ListPage):
    """What halls add to the regulation."""

    capability, kind, title = Can.READ, "hall_rule", gettext_lazy("Rules of the halls")
    empty = gettext_lazy("No hall has a rule of its own yet.")
    columns = (
        Column("clause", gettext_lazy("Clause"), lambda row: row.citation, cell=CELLS.format("rule")),
        Column("hall", gettext_lazy("Hall"), lambda row: str(row.hall), sort="hall_id"),
        Column("text", gettext_lazy("Rule"), lambda row: str(row.text), css="wide"),
        Column("valid_from", gettext_lazy("Valid from"), lambda row: row.valid_from, sort="valid_from", cell=CELLS.format("rule_day")),
        Column("state", gettext_lazy("State"), lambda row: row.get_state_display(), sort="state", cell=CELLS.format("rule_state")),
    )

    def rows(self):
        """Those that this person sees."""
        return HallRule.objects.visible_to(self.request.user).select_related("hall")

    def context(self):
        """The way to a new one, for who leads a hall."""
        leads = bool(queries.halls_led(self.request.user, timezone.localdate()))
        return {"add_url": reverse("propose_rule") if leads else "", "add_label": _("Propose a rule")}


class HallRulePage(Page):
    """A rule of a hall, from the proposal on."""

    capability = Can.READ

    def get(self, request, pk):
        """The page."""
        rule, edits = rule_or_404(request.user, pk), may(request.user, Can.EDIT)
        return self.show("staff/regulation/rule.html", {
            "rule": rule, "clause": queries.clause_cited(rule.source, rule.number, request.user, timezone.localdate()),
            "entries": history.in_words(rule), "may_decide": edits and rule.state == states.PROPOSED and rule.proposed_by_id != request.user.pk,
            "may_end": edits and rule.state == states.IN_FORCE})


class ProposeRule(FormPage):
    """The manager of a hall proposes a rule."""

    capability, form, once, template = Can.READ, forms.RuleForm, True, FORM
    done = gettext_lazy("The proposal is with human resources.")

    def form_kwargs(self, target):
        """The halls that one leads."""
        return {"halls": queries.halls_led(self.request.user, timezone.localdate())}

    def initial(self, target):
        """The hall one works in, the clause one comes from, today."""
        cited, hall = rules.read_citation(self.request.GET.get("about", "")), hall_of(self.request)
        return {"citation": rules.cite(*cited) if cited else "", "hall": hall and hall.pk, "valid_from": timezone.localdate()}

    def act(self, target, answers):
        """Propose it."""
        return hall_rules.propose(self.actor, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The proposal."""
        return reverse("hall_rule", args=[result.pk])

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Propose a rule for a hall"), "cancel_url": reverse("hall_rules"), "back_label": _("Rules of the halls"),
                "submit_label": _("Propose"), "sub_text": _("It adds to the clause in this hall alone, once human resources put it in force.")}


class RuleVerb(Verb, abstract=True):
    """A verb on one rule of a hall."""

    def target(self, pk):
        """The rule."""
        return rule_or_404(self.request.user, pk)

    def back(self, target):
        """The rule."""
        return reverse("hall_rule", args=[target.pk])

    def back_name(self, target):
        """The clause and the hall."""
        return f"{target.citation} · {target.hall}"


class DecideRule(RuleVerb):
    """HR decides on a proposal."""

    form, heading, submit, done = forms.DecisionForm, gettext_lazy("Decide on the proposal"), gettext_lazy("Decide"), gettext_lazy("The decision is made.")

    def act(self, target, answers):
        """Decide."""
        hall_rules.decide(self.actor, target, agree=answers["outcome"] == "agree", answer=answers["answer"], now=timezone.now())


class EndRule(RuleVerb):
    """HR ends a rule."""

    form, heading, submit, danger = forms.ReasonForm, gettext_lazy("End this rule"), gettext_lazy("End the rule"), True
    done = gettext_lazy("The rule has ended.")

    def act(self, target, answers):
        """End it."""
        hall_rules.end(self.actor, target, now=timezone.now(), **answers)
