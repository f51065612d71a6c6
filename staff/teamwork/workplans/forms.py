"""What is asked about plans, and how their list is narrowed."""
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.web.day_fields import DayField
from config.web.filters import FilterForm
from config.web.forms import HallkeeperForm, RecordField, VersionedForm
from config.web.periods import MONTH, YEAR, Period
from config.web.templatetags.periods import period as in_words
from staff.organisation.fields import PersonField
from staff.organisation.models import Hall
from staff.teamwork.workplans import queries
from staff.teamwork.workplans.models import WorkPlan

THIS_MONTH, NEXT_MONTH, THIS_YEAR, NEXT_YEAR = "month", "next_month", "year", "next_year"
LONG_LINE = {"class": "w-l"}


class BeginForm(HallkeeperForm):
    """Whose plan, for when."""

    place = RecordField(label=_("Hall or team"), widget=forms.Select(LONG_LINE), error_messages={"invalid_choice": _("Choose one of the places in the list.")})
    period = RecordField(label=_("Period"), widget=forms.Select(LONG_LINE), error_messages={"invalid_choice": _("Choose one of the periods in the list.")})

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].offer(dict(queries.places(viewer)))
        periods = {one.key: one for one in queries.periods(timezone.localdate())}
        self.fields["period"].offer(periods, [(key, in_words(one)) for key, one in periods.items()])


class GoalForm(VersionedForm):
    """What is to be reached."""

    goal = forms.CharField(label=_("Goals"), max_length=2000, widget=forms.Textarea({"rows": 6}), help_text=_(
        "What is to be reached by the end of the period, one goal a line, with its figure where it has one."))


class TaskForm(HallkeeperForm):
    """Who does what by when, and which task of the plan above it is a part of."""

    text = forms.CharField(label=_("Task"), max_length=200, widget=forms.TextInput(LONG_LINE))
    owner = PersonField(label=_("Responsible"))
    due_on = DayField(label=_("To be done by"))
    serves = forms.ModelChoiceField(queryset=None, label=_("Part of"), required=False, empty_label="—", widget=forms.Select(LONG_LINE), error_messages={
        "invalid_choice": _("Choose a task of the plan above.")})

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["serves"].queryset = queries.tasks_above(plan)


class ReviewForm(HallkeeperForm):
    """How it went."""

    note = forms.CharField(label=_("Review"), max_length=2000, widget=forms.Textarea({"rows": 5}), help_text=_(
        "What was reached, what was not and why, what goes into the next plan."))


class FinishTaskForm(HallkeeperForm):
    """What came of it."""

    result = forms.CharField(label=_("Result"), max_length=300, required=False, widget=forms.TextInput(LONG_LINE))


class DropTaskForm(HallkeeperForm):
    """Why it is not asked any more."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput(LONG_LINE))


class PlanFilters(FilterForm):
    """For when, which hall, halls or teams, how it stands."""

    period = forms.ChoiceField(label=_("Period"), choices=[("", _("any")), (THIS_MONTH, _("this month")), (NEXT_MONTH, _("next month")),
                                                           (THIS_YEAR, _("this year")), (NEXT_YEAR, _("next year"))])
    hall = forms.ModelChoiceField(Hall.objects.order_by("pk"), label=_("Hall"), empty_label=_("any"))
    of = forms.ChoiceField(label=_("Of"), choices=[("", _("any")), ("halls", _("halls")), ("teams", _("teams"))])
    state = forms.ChoiceField(label=_("State"), choices=[("", _("any")), ("missing", pgettext_lazy("plan", "missing, overdue")), *WorkPlan.State.choices])

    def narrow(self, rows):
        """The plans that pass."""
        chosen = self.cleaned_data
        if chosen["period"]:
            month, year = (Period.of(kind, timezone.localdate()) for kind in (MONTH, YEAR))
            rows = rows.filter(period={THIS_MONTH: month, NEXT_MONTH: month.next(), THIS_YEAR: year, NEXT_YEAR: year.next()}[chosen["period"]].key)
        if chosen["hall"]:
            rows = rows.filter(hall=chosen["hall"])
        if chosen["of"]:
            rows = rows.filter(Q(team=None) if chosen["of"] == "halls" else Q(team__isnull=False))
        if chosen["state"]:
            rows = rows.late(timezone.now()) if chosen["state"] == "missing" else rows.filter(state=chosen["state"])
        return rows
