"""What is asked about requests, and how their list is narrowed."""
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.web.day_fields import DayField
from config.web.filters import FilterForm
from config.web.forms import HallkeeperForm
from staff.organisation.fields import PersonField
from staff.organisation.models import Department, Hall
from staff.teamwork import queries, states
from staff.teamwork.models import WorkRequest

SUPPORT = [choice for choice in WorkRequest.Kind.choices if choice[0] != WorkRequest.Kind.DEPARTMENT]
FOR_ME, BY_ME = "for_me", "by_me"
LONG_LINE = {"class": "w-l"}


class AskForm(HallkeeperForm):
    """What is needed and by when."""

    title = forms.CharField(label=_("What is needed"), max_length=120, widget=forms.TextInput(LONG_LINE))
    need = forms.CharField(label=_("Details"), max_length=2000, required=False, widget=forms.Textarea({"rows": 5}))
    needed_by = DayField(label=_("Needed by"))

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.viewer = viewer


class DepartmentForm(AskForm):
    """Which department is asked."""

    field_order = ["to_department"]
    to_department = forms.ModelChoiceField(Department.objects.none(), label=_("Department"), widget=forms.Select(LONG_LINE), error_messages={
        "invalid_choice": _("Choose one of the departments in the list.")})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_department"].queryset = queries.departments_asked()


class SupportForm(AskForm):
    """Which support of logistics is asked, in which hall."""

    field_order = ["kind", "to_hall"]
    kind = forms.ChoiceField(label=_("Support"), choices=SUPPORT, widget=forms.RadioSelect)
    to_hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"), empty_label=None, widget=forms.Select(LONG_LINE), error_messages={
        "invalid_choice": _("Choose one of the halls in the list.")})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_hall"].queryset = queries.halls_supported(self.viewer, timezone.localdate())


class AcceptForm(HallkeeperForm):
    """Who is responsible."""

    owner = PersonField(label=_("Responsible"), help_text=_("Sees to it that it is done by its day."))
    answer = forms.CharField(label=_("Answer"), max_length=300, required=False, widget=forms.TextInput(LONG_LINE))


class DeclineForm(HallkeeperForm):
    """Why not."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput(LONG_LINE))


class WithdrawForm(DeclineForm):
    """Why it is not needed any more."""


class PartForm(HallkeeperForm):
    """Who does which part."""

    employee = PersonField(label=_("Person"))
    what = forms.CharField(label=_("Part of the work"), max_length=200, widget=forms.TextInput(LONG_LINE))


class DeliverForm(HallkeeperForm):
    """What came of it."""

    result = forms.CharField(label=_("Result"), max_length=2000, widget=forms.Textarea({"rows": 5}))


class RateForm(HallkeeperForm):
    """How the cooperation was."""

    score = forms.TypedChoiceField(label=_("Cooperation"), coerce=int, widget=forms.RadioSelect({"class": "digits"}), help_text=_(
        "1 is the worst. Promptness, care and the result count together."))
    comment = forms.CharField(label=_("Comment"), max_length=300, required=False, widget=forms.TextInput(LONG_LINE))

    def __init__(self, *args, highest, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["score"].choices = [(n, str(n)) for n in range(1, highest + 1)]


class RequestFilters(FilterForm):
    """Number or words, from whom to whom, how it stands, what is late."""

    q = forms.CharField(label=_("Number or words"), max_length=60)
    side = forms.ChoiceField(label=_("Whose"), choices=[("", _("any")), (FOR_ME, _("asked of me or my side")), (BY_ME, _("asked by me"))])
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("any")), ("support", _("Support of logistics")), *WorkRequest.Kind.choices])
    state = forms.ChoiceField(label=_("State"), choices=[("", _("any")), ("open", pgettext_lazy("request", "not delivered")), *WorkRequest.State.choices])
    late = forms.BooleanField(label=_("Only overdue"))

    def narrow(self, rows):
        """The requests that pass."""
        chosen = self.cleaned_data
        if chosen["q"]:
            rows = rows.filter(Q(number__icontains=chosen["q"]) | Q(title__icontains=chosen["q"]))
        if chosen["side"]:
            rows = rows.filter(for_me=True) if chosen["side"] == FOR_ME else rows.filter(asked_by__user=self.viewer)
        if chosen["kind"]:
            rows = rows.exclude(kind=WorkRequest.Kind.DEPARTMENT) if chosen["kind"] == "support" else rows.filter(kind=chosen["kind"])
        if chosen["state"]:
            rows = rows.filter(state__in=states.OPEN if chosen["state"] == "open" else [chosen["state"]])
        return rows.filter(state__in=states.OPEN, due_at__lt=timezone.now()) if chosen["late"] else rows
