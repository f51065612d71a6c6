"""Pages of the regulations and their versions: the list, the tree, the sheet, what changed, and the way to publication (GEN-03)."""
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from config.accounts.access import may
from config.privacy import log
from config.web import history
from config.web.pages import FormPage, Page
from config.web.texts import Text
from staff.organisation.queries import employee_of
from staff.regulation.clauses import forms, links, queries, states
from staff.regulation.clauses.delivered import OFFICE
from staff.regulation.clauses.models import HallRule, Question, Regulation, RegulationVersion
from staff.regulation.clauses.services import versions as services
from staff.regulation.clauses.views.base import FORM, ClauseVerb, Verb, VersionVerb, version_or_404, version_page
from staff.regulation.permissions import Can
from staff.regulation.values import value


class Regulations(Page):
    """All regulations with version, day and share of readers; what I have to read; what is in work."""

    capability = Can.READ

    def get(self, request):
        """The page."""
        user, day = request.user, timezone.localdate()
        shown = queries.versions_shown(user)
        rates = queries.rates(shown, day)
        edits = may(user, Can.EDIT)
        return self.show("staff/regulation/list.html", {
            "versions": [{"version": row, "rate": rates[row.pk], "holds": row.holds_on(day)} for row in shown], "to_read": queries.to_read(user),
            "in_work": queries.in_work(user), "may_edit": edits, "today": day,
            "open_questions": Question.objects.visible_to(user).filter(answered_at=None).count(),
            "proposals": HallRule.objects.visible_to(user).filter(state=states.PROPOSED).select_related("hall", "proposed_by"),
            "may_propose": bool(queries.halls_led(user, day))})


class VersionPage(Page):
    """One version as a numbered tree; beside it what may be done with it."""

    capability = Can.READ

    def get(self, request, pk):
        """The page."""
        version, user = version_or_404(request.user, pk), request.user
        tab = request.GET.get("tab") if request.GET.get("tab") in {"versions", "history"} else "text"
        kinds, positions = queries.covered_in_words(version)
        edits = may(user, Can.EDIT)
        nodes = queries.tree(version, user, timezone.localdate()) if tab == "text" else []
        return self.show("staff/regulation/version.html", {
            "version": version, "tab": tab, "nodes": nodes, "kinds": kinds, "positions": positions, "figures": queries.figures(version),
            "tabs": [{"label": label, "url": f"?tab={key}" if key != "text" else "?", "active": tab == key} for key, label in (
                ("text", _("Text")), ("versions", _("Versions")), *([("history", _("History"))] if edits else []))],
            "declared": {node.clause.pk for node in nodes if node.clause.kind == "clause" and not links.is_carried(node.clause)},
            "others": RegulationVersion.objects.visible_to(user).filter(regulation=version.regulation).order_by("-number") if tab == "versions" else [],
            "entries": history.in_words(version) if tab == "history" and edits else [], "today": timezone.localdate(),
            "holds": version.holds_on(timezone.localdate()), "may_edit": edits, "in_work": version.state in states.IN_WORK,
            "may_review": version.reviewer and version.reviewer.user_id == user.pk and version.state == states.DRAFT,
            "may_see_readers": may(user, Can.READERS) and version.state == states.PUBLISHED, **self.reading(version)})

    def reading(self, version):
        """Whether this person is asked to read it, and when they confirmed it."""
        if version.state != states.PUBLISHED:
            return {}
        done = queries.reading_of(version, self.request.user)
        return {"read_at": done and done.confirmed_at, "asked": done is None and version in queries.to_read(self.request.user)}


class PrintVersion(Page):
    """The version as the original: A4, numbered, with the lines to sign."""

    capability, record_kind = Can.READ, "regulation"

    def get(self, request, pk):
        """The sheet."""
        version = version_or_404(request.user, pk)
        kinds, positions = queries.covered_in_words(version)
        log.note(request, "print", kind="regulation", record_id=version.pk)
        return self.show("staff/regulation/print.html", {
            "version": version, "nodes": queries.tree(version, request.user, timezone.localdate()), "kinds": kinds,
            "positions": positions, "company": value("organization_name", timezone.localdate()),
            "hall_name": str(version.office), "number": f"{version.regulation.sources[0]} · {version.number}", "printed_at": timezone.now(),
            "author": str(employee_of(request.user) or request.user), "back_url": version_page(version)})


class Changes(Page):
    """What differs from the version before, or from another (`?with=id`), word by word, in the reader's language."""

    capability = Can.READ

    def get(self, request, pk):
        """The page; without a version before it says so."""
        version = version_or_404(request.user, pk)
        other = queries.other_version(version, request.user, request.GET.get("with", ""))
        found = queries.changes(other, version, (get_language() or "en").lower()) if other else []
        return self.show("staff/regulation/changes.html", {
            "version": version, "other": other, "changes": found,
            "count": {kind: sum(one.kind == kind for one in found) for kind in ("new", "changed", "gone")}})


class NewRegulation(FormPage):
    """A regulation of the company's own."""

    capability, form, once, done = Can.EDIT, forms.RegulationForm, True, gettext_lazy("The regulation is there. Write its first version.")
    template = FORM

    def initial(self, target):
        """The office that usually answers."""
        return {"office": Text(OFFICE)}

    def act(self, target, answers):
        """Make it with an empty version."""
        return services.new_regulation(self.actor, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """Its first version."""
        return version_page(result)

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("New regulation"), "cancel_url": reverse("regulations"), "back_label": _("Regulations"), "submit_label": _("Begin")}


class BeginVersion(Verb):
    """The next version of a regulation, as a copy of the one that holds."""

    once, submit, done = True, gettext_lazy("Begin"), gettext_lazy("The new version is a copy of the last one. Change its clauses.")
    heading = gettext_lazy("Begin the next version")
    hint = gettext_lazy("It is copied clause by clause. Staff go on reading the present one until the new one is published.")

    def target(self, pk):
        """The newest published version of the regulation."""
        return version_or_404(self.request.user, pk)

    def act(self, target, answers):
        """Copy it."""
        return services.begin_version(self.actor, Regulation.objects.get(pk=target.regulation_id), now=timezone.now())

    def next_address(self, target, result):
        """The copy."""
        return version_page(result)


class EditVersion(VersionVerb):
    """Title, office, what is new, whom it covers."""

    form, heading, submit, done = forms.VersionForm, gettext_lazy("Title and scope"), gettext_lazy("Save"), gettext_lazy("The version is saved.")

    def initial(self, target):
        """As it is."""
        return {"title": target.title, "office": target.office, "change_log": target.change_log, "hall_kinds": target.hall_kinds,
                "positions": target.positions, "version": target.version}

    def act(self, target, answers):
        """Save it."""
        services.save_version(self.actor, target, given=answers.pop("version"), now=timezone.now(), **answers)


class AskReview(VersionVerb):
    """Send the draft to a colleague."""

    form, heading, submit, done = forms.ReviewerForm, gettext_lazy("Ask for the review"), gettext_lazy("Ask"), gettext_lazy("The reviewer is asked.")
    hint = gettext_lazy("A second person reads the draft and agrees, or sends it back. What is changed afterwards is reviewed again.")

    def form_kwargs(self, target):
        """Whoever wrote it is not offered."""
        return {"writer": target.written_by_id}

    def act(self, target, answers):
        """Ask."""
        services.ask_review(self.actor, target, now=timezone.now(), **answers)


class Review(VersionVerb):
    """The reviewer agrees."""

    capability = Can.READ
    form, heading, submit = forms.ReviewForm, gettext_lazy("Agree with this version"), gettext_lazy("Agree")
    done = gettext_lazy("The version may be published now.")

    def initial(self, target):
        """What was read."""
        return {"version": target.version}

    def act(self, target, answers):
        """Agree."""
        services.review(self.actor, target, given=answers.pop("version"), now=timezone.now(), **answers)


class SendBack(VersionVerb):
    """The reviewer does not agree."""

    capability = Can.READ
    form, heading, submit = forms.SendBackForm, gettext_lazy("Send the draft back"), gettext_lazy("Send back")
    done = gettext_lazy("The draft is back with human resources.")

    def act(self, target, answers):
        """Send it back."""
        services.send_back(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The list: the draft is not one's own any more."""
        return reverse("regulations")


class Publish(VersionVerb):
    """HR publishes."""

    form, heading, submit = forms.PublishForm, gettext_lazy("Publish this version"), gettext_lazy("Publish")
    done = gettext_lazy("The version is published. Everybody whom it covers is asked to read it.")
    hint = gettext_lazy("It cannot be changed afterwards, only be replaced. The version before holds until the day before the effective date.")

    def initial(self, target):
        """Today, and what was written as new."""
        return {"effective_on": timezone.localdate(), "change_log": target.change_log}

    def act(self, target, answers):
        """Publish it."""
        services.publish(self.actor, target, now=timezone.now(), **answers)


class DropVersion(VersionVerb):
    """Throw a version in work away."""

    form, heading, submit, danger = forms.ReasonForm, gettext_lazy("Throw this version away"), gettext_lazy("Throw away"), True
    done = gettext_lazy("The version is gone.")

    def act(self, target, answers):
        """Drop it."""
        services.drop(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The list."""
        return reverse("regulations")


class NewClause(VersionVerb):
    """Write a clause into a version in work."""

    form, once, heading = forms.NewClauseForm, True, gettext_lazy("New clause")
    submit, done = gettext_lazy("Add"), gettext_lazy("The clause is added.")

    def form_kwargs(self, target):
        """The clauses that are there."""
        return {"edition": target}

    def act(self, target, answers):
        """Add it."""
        return services.add_clause(self.actor, target, now=timezone.now(), **answers)


class EditClause(ClauseVerb):
    """Change the wording of a clause, and what it names."""

    form, submit, done = forms.ClauseForm, gettext_lazy("Save"), gettext_lazy("The clause is saved.")

    def form_kwargs(self, target):
        """A chapter is a heading alone."""
        return {"clause": target}

    def initial(self, target):
        """As it is."""
        return {name: getattr(target, name) for name in ("title", "text", "evidence", "parameters", "schedules", "checklists", "indicators", "version")}

    def act(self, target, answers):
        """Save it."""
        services.save_clause(self.actor, target, given=answers.pop("version"), now=timezone.now(), **answers)

    def context(self, target, form):
        """Which one."""
        return super().context(target, form) | {"heading": target.citation, "clause": target}


class RemoveClause(ClauseVerb):
    """Take a clause out of a version in work."""

    heading, submit, danger, done = gettext_lazy("Remove this clause"), gettext_lazy("Remove"), True, gettext_lazy("The clause is removed.")

    def act(self, target, answers):
        """Remove it."""
        services.remove_clause(self.actor, target, now=timezone.now())

    def next_address(self, target, result):
        """The tree."""
        return version_page(target.edition)

    def context(self, target, form):
        """What goes."""
        return super().context(target, form) | {"sub_text": str(target)}
