"""How the list of parameters and the list of their changes are narrowed."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.filters import FilterForm
from staff.organisation.models import Hall
from staff.regulation import values
from staff.regulation.parameters import states, words
from staff.regulation.parameters.models import ParameterChange

CHANGED, PLACES, COMING, WAITING, UNUSED, USED = "changed", "places", "coming", "waiting", "unused", "used"
STANDS = {
    CHANGED: lambda line: line.changed, PLACES: lambda line: line.places, COMING: lambda line: line.coming, WAITING: lambda line: line.waiting,
    UNUSED: lambda line: not line.used_by, USED: lambda line: line.used_by,
}


class ParameterFilters(FilterForm):
    """What it is about, who reads it, why it is there, how it stands, and whose values are shown."""

    q = forms.CharField(label=_("Parameter, key or clause"), max_length=60)
    hall = forms.ModelChoiceField(Hall.objects.order_by("pk"), label=_("Values of"), empty_label=_("Whole company"))
    chapter = forms.ChoiceField(label=_("Chapter"), choices=[("", _("all")), *words.CHAPTERS.items()])
    origin = forms.ChoiceField(label=_("Where it comes from"), choices=[("", _("all")), *words.ORIGINS.items()])
    stands = forms.ChoiceField(label=_("Stands"), choices=[
        ("", _("any")), (CHANGED, _("changed since delivery")), (PLACES, _("halls or positions differ")), (COMING, _("another value begins later")),
        (WAITING, _("a change waits")), (USED, _("used by a page")), (UNUSED, _("used by no page yet"))])

    def narrow(self, rows):
        """The lines that pass; with errors in the form, all."""
        asked = self.cleaned_data
        if text := asked.get("q", "").casefold():
            rows = [line for line in rows if any(text in part.casefold() for part in (line.key, *line.row["meaning"].values(), line.row["source"]))]
        if asked.get("chapter"):
            rows = [line for line in rows if line.row["chapter"] == asked["chapter"]]
        if asked.get("origin"):
            rows = [line for line in rows if line.row["origin"] == asked["origin"]]
        return [line for line in rows if STANDS[asked["stands"]](line)] if asked.get("stands") else rows


class ChangeFilters(FilterForm):
    """Which parameter, where, how it stands, and what waits for oneself."""

    subject = forms.ChoiceField(label=_("Parameter"))
    hall = forms.ModelChoiceField(Hall.objects.order_by("pk"), label=_("Hall"), empty_label=_("all"))
    state = forms.ChoiceField(label=_("State"), choices=[("", _("any")), *ParameterChange.State.choices])
    mine = forms.ChoiceField(label=_("By whom"), choices=[("", _("anybody")), ("others", _("asked by others")), ("me", _("asked by me"))])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [("", _("all")), *((key, words.meaning(key)) for key in values.definitions())]

    def narrow(self, rows):
        """The changes that pass."""
        asked = self.cleaned_data
        if asked["subject"]:
            rows = rows.filter(values__has_key=asked["subject"])
        if asked["hall"]:
            rows = rows.filter(hall=asked["hall"])
        if asked["state"]:
            rows = rows.filter(state=asked["state"])
        if asked["mine"] == "me":
            return rows.filter(asked_by=self.viewer)
        return rows.exclude(asked_by=self.viewer) if asked["mine"] else rows


WAITS_FOR_ME = f"state={states.WAITING}&mine=others"
