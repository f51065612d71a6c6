"""Pages of competences: who masters what, entering it, and what services ask for."""
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.accounts.access import may
from config.web.lists import Column, ListPage
from config.web.pages import FormPage, Page, VerbPage
from staff.organisation.permissions import Can as Organisation
from staff.organisation.queries import is_within, with_postings
from staff.training import forms, queries, services
from staff.training.models import Competence, CompetenceHeld
from staff.training.permissions import Can

CELLS = "staff/training/_cell_{}.html"


class CompetenceList(ListPage):
    """Who masters what, by person."""

    capability = Can.READ
    title, kind, default_sort, filters = _("Competences"), "employee", "sort_key", forms.CompetenceFilters
    columns = (
        Column("name", _("Name"), lambda row: row.name, sort="sort_key", cell=CELLS.format("name")),
        Column("position", _("Position"), lambda row: str(row.posting.position) if row.posting else ""),
        Column("held", _("Holds today"), lambda row: ", ".join(str(held.competence) for held in row.held), cell=CELLS.format("held")),
        Column("expired", _("Ran out"), lambda row: ", ".join(str(held.competence) for held in row.expired), cell=CELLS.format("expired")),
    )

    def rows(self):
        """The people whose competences this person sees."""
        return queries.people_seen(self.request.user)

    def cut(self, rows, field, descending):
        """One page, each person with competences."""
        page = super().cut(rows, field, descending)
        viewer = self.request.user
        for row in with_postings(queries.with_competences(page.rows)):
            row.may_enter = row.user_id != viewer.pk and is_within(viewer, row, Can.EDIT)
        return page

    def context(self):
        """The way to the kinds of competence."""
        return {"kinds_url": reverse("competence_kinds")}

    template = "staff/training/list.html"


class EnterCompetence(FormPage):
    """Enters that somebody masters something."""

    capability = Can.EDIT
    form, once, done, template = forms.HeldForm, True, _("The competence is entered."), "staff/training/form.html"

    def target(self, pk):
        """The person; nobody enters the own."""
        return get_object_or_404(queries.people_entered(self.request.user), pk=pk)

    def act(self, target, answers):
        """Enter it."""
        services.enter(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The list."""
        return reverse("competences")

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Competence of %(name)s") % {"name": target.name}, "submit_label": _("Enter"), "cancel_url": reverse("competences")}


class EndCompetence(VerbPage):
    """Somebody masters it no longer."""

    capability = Can.EDIT
    form, done, template = forms.EndForm, _("The competence is ended."), "staff/training/form.html"

    def target(self, pk):
        """The row, of the people whose competences this person enters."""
        people = queries.people_entered(self.request.user)
        return get_object_or_404(CompetenceHeld.objects.filter(employee__in=people).select_related("employee", "competence"), pk=pk)

    def act(self, target, answers):
        """End it."""
        services.end(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The list."""
        return reverse("competences")

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("End “%(competence)s” of %(name)s") % {"competence": target.competence, "name": target.employee.name},
                "submit_label": _("End"), "cancel_url": reverse("competences")}


class CompetenceKinds(Page):
    """The kinds of competence and the services that ask for them."""

    capability = Can.READ

    def get(self, request):
        """The list."""
        rows = Competence.objects.prefetch_related("needed_by__service").order_by("code")
        return self.show("staff/training/kinds.html", {"competences": rows, "may_edit": may(request.user, Organisation.EDIT)})


class CompetencePage(FormPage):
    """Makes or changes a kind of competence."""

    capability = Organisation.EDIT
    form, done, template = forms.CompetenceForm, _("The competence is saved."), "staff/training/form.html"

    @property
    def once(self):
        """Made once by its key; changed by its row."""
        return "pk" not in self.kwargs

    def target(self, pk=None):
        """The competence, or None for a new one."""
        return None if pk is None else get_object_or_404(Competence, pk=pk)

    def initial(self, target):
        """What is known."""
        if target is None:
            return {}
        return {"code": target.code, "name": target.name, "services": [need.service_id for need in target.needed_by.all()]}

    def act(self, target, answers):
        """Save it."""
        services.save_competence(self.actor, target, now=timezone.now(), **answers)

    def next_address(self, target, result):
        """The kinds."""
        return reverse("competence_kinds")

    def context(self, target, form):
        """Heading and way back."""
        return {"heading": _("Change “%(name)s”") % {"name": target} if target else _("New competence"), "cancel_url": reverse("competence_kinds")}
