"""What the verbs on improvement items ask, and how the register is narrowed."""
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.web.day_fields import DayField
from config.web.filters import FilterForm
from config.web.forms import HallkeeperForm
from staff.improvement import states
from staff.improvement.models import Action
from staff.improvement.permissions import Can
from staff.organisation.access import halls_within
from staff.organisation.fields import PersonField
from staff.organisation.models import Hall

WAITING = "waiting"
LONG_LINE = {"class": "w-l"}
STATE_CHOICES = [("", _("any")), (WAITING, pgettext_lazy("improvement", "not closed")), *Action.State.choices]


class RaiseForm(HallkeeperForm):
    """What has to get better, and where it was seen."""

    source = forms.ChoiceField(label=_("Source"), choices=[choice for choice in Action.Source.choices if choice[0] != Action.Source.SUGGESTION])
    hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"), empty_label=None, widget=forms.Select(LONG_LINE), error_messages={
        "invalid_choice": _("Choose one of the halls in the list.")})
    problem = forms.CharField(label=_("Problem"), max_length=300, widget=forms.Textarea({"rows": 3, "data-count": 300}), help_text=_(
        "What is so, and what should be so. Write no names and numbers of customers."))
    cause = forms.CharField(label=_("Cause, if known"), max_length=500, required=False, widget=forms.Textarea({"rows": 2}))
    owner = PersonField(label=_("Responsible"), required=False, help_text=_("Left empty: the manager of the hall."))

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        halls = halls_within(viewer, Can.EDIT, today)
        offered = Hall.objects.filter(pk__in=[hall.pk for hall in halls]) if halls else Hall.objects.open_on(today)
        self.fields["hall"].queryset = offered.order_by("pk")


class AgreeForm(HallkeeperForm):
    """Cause, measure, who, by when."""

    cause = forms.CharField(label=_("Cause"), max_length=500, widget=forms.Textarea({"rows": 2}))
    corrective = forms.CharField(label=_("Measure"), max_length=500, widget=forms.Textarea({"rows": 2}))
    preventive = forms.CharField(label=_("So that it does not come again"), max_length=500, required=False, widget=forms.Textarea({"rows": 2}))
    owner = PersonField(label=_("Responsible"))
    due_on = DayField(label=_("To be done by"))
    checker = PersonField(label=_("Re-check by"), required=False, help_text=_("Somebody else than who does it. Left empty: who reported it, or the superior."))


class FinishForm(HallkeeperForm):
    """What was done."""

    result = forms.CharField(label=_("What was done"), max_length=1000, widget=forms.Textarea({"rows": 4}))


class RecheckForm(HallkeeperForm):
    """What was seen."""

    note = forms.CharField(label=_("What you saw"), max_length=500, widget=forms.Textarea({"rows": 3}))


class SendBackForm(HallkeeperForm):
    """Why it is not done, and by when it is to be."""

    reason = forms.CharField(label=_("What is missing"), max_length=500, widget=forms.Textarea({"rows": 3}))
    due_on = DayField(label=_("To be done by"))


class EffectForm(HallkeeperForm):
    """Whether it helped, and by what one sees that."""

    effective = forms.TypedChoiceField(label=_("Did it help?"), choices=[("1", _("effective: close the item")), ("0", _("not effective: a new measure"))],
                                       coerce=lambda value: value == "1", widget=forms.RadioSelect)
    effect = forms.CharField(label=_("By what one sees it"), max_length=500, widget=forms.Textarea({"rows": 3}))


class ActionFilters(FilterForm):
    """Number or words, source, state, hall, whose, what is late."""

    q = forms.CharField(label=_("Number or words"), max_length=60)
    source = forms.ChoiceField(label=_("Source"), choices=[("", _("any")), *Action.Source.choices])
    state = forms.ChoiceField(label=_("State"), choices=STATE_CHOICES)
    hall = forms.ModelChoiceField(Hall.objects.order_by("pk"), label=_("Hall"), empty_label=_("any"))
    side = forms.ChoiceField(label=_("Whose"), choices=[("", _("any")), ("owner", _("I am responsible")), ("checker", _("I re-check")),
                                                          ("raised", _("reported by me"))])
    late = forms.BooleanField(label=_("Only overdue"))

    def narrow(self, rows):
        """The items that pass."""
        chosen = self.cleaned_data
        if chosen["q"]:
            rows = rows.filter(Q(number__icontains=chosen["q"]) | Q(problem__icontains=chosen["q"]))
        for name in ("source", "hall"):
            if chosen[name]:
                rows = rows.filter(**{name: chosen[name]})
        if chosen["state"]:
            rows = rows.filter(state__in=(*states.WAITING, states.CHECKED) if chosen["state"] == WAITING else [chosen["state"]])
        if chosen["side"]:
            rows = rows.filter(**{{"owner": "owner__user", "checker": "checker__user", "raised": "raised_by__user"}[chosen["side"]]: self.viewer})
        return rows.late(timezone.now()) if chosen["late"] else rows
