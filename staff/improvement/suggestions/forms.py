"""What is asked about suggestions, and how their list is narrowed."""
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.web.filters import FilterForm
from config.web.forms import HallkeeperForm
from staff.improvement.suggestions import queries, states
from staff.improvement.suggestions.models import Suggestion
from staff.organisation.fields import PersonField
from staff.organisation.models import Department

FOR_ME, BY_ME, OPEN = "for_me", "by_me", "open"
LONG_LINE = {"class": "w-l"}


class SuggestForm(HallkeeperForm):
    """FRM-27: what, why, and to whom."""

    topic = forms.ChoiceField(label=_("About"), choices=Suggestion.Topic.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Suggestion"), max_length=120, widget=forms.TextInput(LONG_LINE))
    content = forms.CharField(label=_("What should be done"), max_length=2000, required=False, widget=forms.Textarea({"rows": 4}))
    grounds = forms.CharField(label=_("Grounds"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3}), help_text=_(
        "What customers say, what you saw, what it would save. Write no names and numbers of customers."))
    department = forms.ModelChoiceField(Department.objects.none(), label=_("To the department"), widget=forms.Select(LONG_LINE), error_messages={
        "invalid_choice": _("Choose one of the departments in the list.")})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = queries.departments()


class AssignForm(HallkeeperForm):
    """Who answers."""

    person = PersonField(label=_("Answered by"))


class AnswerForm(HallkeeperForm):
    """What becomes of it, and why."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Suggestion.Outcome.choices, widget=forms.RadioSelect)
    reply = forms.CharField(label=_("Answer and reasons"), max_length=2000, widget=forms.Textarea({"rows": 4}))


class SuggestionFilters(FilterForm):
    """Number or words, whose, about what, how it stands, what is late."""

    q = forms.CharField(label=_("Number or words"), max_length=60)
    side = forms.ChoiceField(label=_("Whose"), choices=[("", _("any")), (FOR_ME, _("to be answered by me")), (BY_ME, _("suggested by me"))])
    topic = forms.ChoiceField(label=_("About"), choices=[("", _("any")), *Suggestion.Topic.choices])
    state = forms.ChoiceField(label=_("State"), choices=[("", _("any")), (OPEN, pgettext_lazy("suggestion", "not answered")), *Suggestion.State.choices])
    outcome = forms.ChoiceField(label=_("Outcome"), choices=[("", _("any")), *Suggestion.Outcome.choices])
    late = forms.BooleanField(label=_("Only overdue"))

    def narrow(self, rows):
        """The suggestions that pass."""
        chosen = self.cleaned_data
        if chosen["q"]:
            rows = rows.filter(Q(number__icontains=chosen["q"]) | Q(title__icontains=chosen["q"]))
        if chosen["side"]:
            rows = rows.filter(for_me=True) if chosen["side"] == FOR_ME else rows.filter(suggested_by__user=self.viewer)
        for name in ("topic", "outcome"):
            if chosen[name]:
                rows = rows.filter(**{name: chosen[name]})
        if chosen["state"]:
            rows = rows.filter(state__in=states.TO_ANSWER if chosen["state"] == OPEN else [chosen["state"]])
        return rows.filter(state__in=states.TO_ANSWER, due_at__lt=timezone.now()) if chosen["late"] else rows
