"""What is asked about incidents, and how their list is narrowed."""
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config.web.day_fields import DayField, MomentField
from config.web.filters import FilterDay, FilterForm
from config.web.forms import HallkeeperForm
from facilities.incidents import queries, states
from facilities.incidents.models import Incident, IncidentEntry
from staff.organisation.fields import PersonField
from staff.organisation.models import Hall

LONG_LINE = {"class": "w-l"}


class ReportForm(HallkeeperForm):
    """FRM-70: kind, time, place, description."""

    kind = forms.ChoiceField(label=_("Kind of incident"), choices=Incident.Kind.choices, widget=forms.RadioSelect)
    hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"), empty_label=None, widget=forms.Select(LONG_LINE), error_messages={
        "invalid_choice": _("Choose one of the halls in the list.")})
    place = forms.CharField(label=_("Place"), max_length=120, widget=forms.TextInput(LONG_LINE), help_text=_("Where in the hall, such as the waiting area."))
    happened_at = MomentField(label=_("When"))
    description = forms.CharField(label=_("Description"), max_length=2000, widget=forms.Textarea({"rows": 5}), help_text=_(
        "Who and what is concerned, what you saw, what was done already."))

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hall"].queryset = queries.halls_reported(viewer).order_by("pk")


class VerdictForm(HallkeeperForm):
    """What the head says to it."""

    verdict = forms.CharField(label=_("Verdict"), max_length=300, widget=forms.Textarea({"rows": 3}), help_text=_(
        "How grave it is, who does what at once."))


class FalseAlarmForm(HallkeeperForm):
    """Why it was none."""

    verdict = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput(LONG_LINE))


class NoteForm(HallkeeperForm):
    """What was done on site."""

    what = forms.ChoiceField(label=_("Kind of measure"), choices=IncidentEntry.What.choices, widget=forms.RadioSelect({"class": "stacked"}))
    text = forms.CharField(label=_("What was done"), max_length=300, widget=forms.Textarea({"rows": 3}))
    at = MomentField(label=_("When"))


class EndForm(HallkeeperForm):
    """What was lost."""

    loss = forms.CharField(label=_("Loss"), max_length=300, required=False, widget=forms.Textarea({"rows": 3}), help_text=_(
        "People hurt, goods and money lost, time without service; empty for none."))


class MeasureForm(HallkeeperForm):
    """What is done so that it does not happen again."""

    what = forms.CharField(label=_("Measure"), max_length=200, widget=forms.TextInput(LONG_LINE))
    owner = PersonField(label=_("Responsible"))
    due_on = DayField(label=_("Done by"))


class FileForm(HallkeeperForm):
    """What caused it and what is learnt."""

    cause = forms.CharField(label=_("Cause"), max_length=2000, widget=forms.Textarea({"rows": 4}))
    lessons = forms.CharField(label=_("Lessons"), max_length=2000, widget=forms.Textarea({"rows": 4}))


class IncidentFilters(FilterForm):
    """Number, place or words, kind, how it stands, when it happened."""

    q = forms.CharField(label=_("Number, place or words"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("any")), *Incident.Kind.choices])
    state = forms.ChoiceField(label=_("State"), choices=[("", _("any")), ("open", _("not filed")), *Incident.State.choices])
    since = FilterDay(label=_("From"))
    until = FilterDay(label=_("To"))

    def narrow(self, rows):
        """The incidents that pass."""
        chosen = self.cleaned_data
        if words := chosen["q"].replace("\0", ""):
            rows = rows.filter(Q(number__icontains=words) | Q(place__icontains=words) | Q(description__icontains=words))
        if chosen["kind"]:
            rows = rows.filter(kind=chosen["kind"])
        if chosen["state"]:
            rows = rows.filter(state__in=states.OPEN if chosen["state"] == "open" else [chosen["state"]])
        if chosen["since"]:
            rows = rows.filter(happened_at__date__gte=chosen["since"])
        return rows.filter(happened_at__date__lte=chosen["until"]) if chosen["until"] else rows
