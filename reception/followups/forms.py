"""What the verbs on follow-ups ask, and how their list is narrowed."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.day_fields import MomentField
from config.web.filters import FilterDay, FilterForm
from config.web.forms import HallkeeperForm
from reception.followups import queries
from reception.followups.models import FollowUp
from staff.organisation.models import Department


class FollowUpFilters(FilterForm):
    """Whom to call, how it stands, what for, by when, whose."""

    q = forms.CharField(label=_("Customer or number"), max_length=60)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("any")), *FollowUp.State.choices])
    trigger = forms.ChoiceField(label=_("What for"), choices=[("", _("any")), *FollowUp.Trigger.choices])
    since = FilterDay(label=_("Due from"))
    until = FilterDay(label=_("Due until"))
    mine = forms.BooleanField(label=_("Only mine"))

    def narrow(self, rows):
        """The follow-ups that pass."""
        chosen = self.cleaned_data
        for name in ("state", "trigger"):
            if chosen[name]:
                rows = rows.filter(**{name: chosen[name]})
        if chosen["since"]:
            rows = rows.filter(due_at__date__gte=chosen["since"])
        if chosen["until"]:
            rows = rows.filter(due_at__date__lte=chosen["until"])
        if chosen["q"]:
            rows = queries.narrowed(rows, self.viewer, chosen["q"].replace("\0", ""))
        return rows.filter(employee__user=self.viewer) if chosen["mine"] else rows


class NotReachedForm(HallkeeperForm):
    """A try in vain."""

    method = forms.ChoiceField(label=_("How"), choices=FollowUp.Method.choices)
    again_at = MomentField(label=_("Next try"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=200, widget=forms.TextInput({"class": "w-l"}))


class RecordForm(HallkeeperForm):
    """What the customer said. A problem is named with the department that answers it."""

    method = forms.ChoiceField(label=_("How"), choices=FollowUp.Method.choices)
    usage = forms.ChoiceField(label=_("Use"), choices=FollowUp.Usage.choices, widget=forms.RadioSelect)
    satisfaction = forms.IntegerField(label=_("Satisfaction"), min_value=1, widget=forms.NumberInput({"class": "w-xs", "inputmode": "numeric"}))
    loyalty = forms.ChoiceField(label=_("Loyalty"), choices=FollowUp.Loyalty.choices, widget=forms.RadioSelect)
    opinions = forms.CharField(label=_("Opinions and suggestions"), required=False, max_length=500, widget=forms.Textarea({"rows": 3}))
    problem = forms.CharField(label=_("Problem to be answered"), required=False, max_length=300, widget=forms.TextInput({"class": "w-l"}))
    department = forms.ModelChoiceField(Department.objects.order_by("pk"), label=_("Department that answers"), empty_label="—", required=False)

    def __init__(self, *args, highest, **kwargs):
        super().__init__(*args, **kwargs)
        self.highest = highest
        self.fields["satisfaction"].max_value = highest
        self.fields["satisfaction"].widget.attrs["max"] = highest
        self.fields["satisfaction"].help_text = _("1 to %(n)s") % {"n": highest}

    def clean(self):
        """A score within the scale; a problem goes with its department."""
        answers = super().clean()
        if (answers.get("satisfaction") or 0) > self.highest:
            self.add_error("satisfaction", _("The scale ends at %(n)s. Enter 1 to %(n)s.") % {"n": self.highest})
        if answers.get("problem") and not answers.get("department"):
            self.add_error("department", _("Choose the department that answers the problem."))
        if answers.get("department") and not answers.get("problem"):
            self.add_error("problem", _("Write what the department has to answer."))
        return answers


class AnswerForm(HallkeeperForm):
    """What the department answered, as it was told to the customer."""

    answer = forms.CharField(label=_("Answer, as told to the customer"), max_length=300, widget=forms.TextInput({"class": "w-l"}))
