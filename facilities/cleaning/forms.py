"""What the verbs on rounds ask, and how their list is narrowed."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.filters import FilterDay, FilterForm
from config.web.forms import HallkeeperForm
from facilities.cleaning.models import CleaningRound


class RoundFilters(FilterForm):
    """How it stands, on which days."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("any")), *CleaningRound.State.choices])
    since = FilterDay(label=_("From"))
    until = FilterDay(label=_("To"))

    def narrow(self, rows):
        """The rounds that pass."""
        chosen = self.cleaned_data
        if chosen["state"]:
            rows = rows.filter(state=chosen["state"])
        if chosen["since"]:
            rows = rows.filter(day__gte=chosen["since"])
        return rows.filter(day__lte=chosen["until"]) if chosen["until"] else rows


class CheckForm(HallkeeperForm):
    """How clean it is."""

    score = forms.IntegerField(label=_("Score"), min_value=0, max_value=100, widget=forms.NumberInput({"class": "w-xs", "inputmode": "numeric"}),
                               help_text=_("0 to 100 points, by the standard of each surface."))


class ReasonForm(HallkeeperForm):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput({"class": "w-l"}))
