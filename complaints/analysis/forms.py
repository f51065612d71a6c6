"""What is asked of a monthly analysis."""
from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.analysis.models import ComplaintAnalysis
from config.web.filters import FilterForm
from config.web.forms import HallkeeperForm
from staff.organisation.fields import PersonField
from staff.organisation.models import Hall

LONG_LINE = {"class": "w-l"}


class WriteForm(HallkeeperForm):
    """Problems and weaknesses."""

    problems = forms.CharField(label=_("Problems"), max_length=3000, widget=forms.Textarea({"rows": 5}), help_text=_(
        "What customers complained about, and what stands out against the month before and the same month a year ago."))
    weaknesses = forms.CharField(label=_("Weaknesses"), max_length=3000, widget=forms.Textarea({"rows": 5}), help_text=_(
        "What of our work, our process or our products lies behind it."))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class MeasureForm(HallkeeperForm):
    """One measure."""

    what = forms.CharField(label=_("Measure"), max_length=250, widget=forms.TextInput(LONG_LINE))
    owner = PersonField(label=_("Responsible"))


class NothingForm(HallkeeperForm):
    """A question that needs no answer but yes."""


class AnalysisFilters(FilterForm):
    """How it stands, which hall."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("any")), *ComplaintAnalysis.State.choices])
    hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hall"].queryset = Hall.objects.filter(pk__in=ComplaintAnalysis.objects.visible_to(self.viewer).values("hall_id")).order_by("pk")

    def narrow(self, rows):
        """The analyses that pass."""
        for name in ("state", "hall"):
            rows = rows.filter(**{name: self.cleaned_data[name]}) if self.cleaned_data[name] else rows
        return rows
