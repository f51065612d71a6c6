"""What the pages of versions share: how one is found, and where a saved form leads."""
from django.shortcuts import get_object_or_404
from django.urls import reverse

from config.web.forms import HallkeeperForm
from config.web.pages import FormPage
from staff.regulation.clauses.models import Clause, RegulationVersion
from staff.regulation.permissions import Can

FORM = "staff/regulation/form.html"


class Verb(FormPage, abstract=True):
    """One verb of HR on one record: heading, sentence, button, and the way back."""

    capability = Can.EDIT
    form = HallkeeperForm
    heading = hint = submit = ""
    danger = False
    template = FORM

    def context(self, target, form):
        """Heading, button and the way back."""
        return {"heading": self.heading, "sub_text": self.hint, "submit_label": self.submit, "danger": self.danger,
                "cancel_url": self.back(target), "back_label": self.back_name(target)}

    def back(self, target):
        """Where one comes from."""
        return version_page(target)

    def back_name(self, target):
        """Its name."""
        return str(target)

    def next_address(self, target, result):
        """Back to where one comes from."""
        return self.back(target)


class VersionVerb(Verb, abstract=True):
    """A verb on one version."""

    def target(self, pk):
        """The version, as far as this person sees it."""
        return version_or_404(self.request.user, pk)


class ClauseVerb(Verb, abstract=True):
    """A verb on one clause of a version in work."""

    def target(self, pk):
        """The clause of a version that this person sees."""
        seen = RegulationVersion.objects.visible_to(self.request.user)
        return get_object_or_404(Clause.objects.filter(edition__in=seen).select_related("edition__regulation"), pk=pk)

    def back(self, target):
        """The clause in its tree."""
        return f"{version_page(target.edition)}#{anchor(target)}"

    def back_name(self, target):
        """The version."""
        return str(target.edition)


def version_or_404(user, pk):
    """A version that this person sees."""
    return get_object_or_404(RegulationVersion.objects.visible_to(user).select_related(
        "regulation", "reviewer", "replaces", "written_by", "reviewed_by", "published_by"), pk=pk)


def version_page(version):
    """The address of a version."""
    return reverse("regulation_version", args=[version.pk])


def anchor(clause):
    """Where a clause stands on the page of its version."""
    return f"{clause.source}-{clause.number}"
