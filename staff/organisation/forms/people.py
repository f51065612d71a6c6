"""What is asked about people: joining, changing, posting, roles, deputies, leaving."""
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.accounts.trace import REASON_LENGTH
from config.web.day_fields import DayField
from config.web.filters import FilterForm
from config.web.forms import HallkeeperForm, VersionedForm
from staff.organisation.fields import PersonField
from staff.organisation.matrix import ROLES
from staff.organisation.models import Department, Employee, Hall, Position, Team
from staff.organisation.queries import named, postings_on
from staff.organisation.words import ROLE_NAMES


class PostingForm(HallkeeperForm):
    """Where somebody works from a day on."""

    starts_on = DayField(label=_("From"), initial=timezone.localdate)
    position = forms.ModelChoiceField(Position.objects.all(), label=_("Position"), empty_label="—")
    department = forms.ModelChoiceField(Department.objects.order_by("pk"), label=_("Department"), empty_label="—")
    hall = forms.ModelChoiceField(Hall.objects.order_by("pk"), label=_("Hall"), empty_label="—", required=False)
    team = forms.ModelChoiceField(Team.objects.order_by("pk"), label=_("Team"), empty_label="—", required=False)
    superior = PersonField(label=_("Superior"), required=False, help_text=_("Everybody has one, but for the person at the top."))


class JoinForm(PostingForm):
    """A person who joins."""

    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput({"class": "w-m", "autocomplete": "off"}))
    number = forms.CharField(label=_("Staff number"), max_length=20, required=False, help_text=_("Left empty, the next number is given."),
                             widget=forms.TextInput({"class": "w-s", "autocomplete": "off"}))
    kind = forms.ChoiceField(label=_("Employment kind"), choices=Employee.Kind.choices, widget=forms.RadioSelect, initial=Employee.Kind.FORMAL)
    username = forms.CharField(label=_("User name"), max_length=60, required=False, widget=forms.TextInput({"class": "w-m", "autocomplete": "off"}),
                               help_text=_("With it an account is made, and its first password is shown once."))
    field_order = ["name", "number", "kind", "starts_on", "position", "department", "hall", "team", "superior", "username"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].label = _("Employed from")


class PersonForm(VersionedForm):
    """Name, number and kind."""

    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput({"class": "w-m"}))
    number = forms.CharField(label=_("Staff number"), max_length=20, widget=forms.TextInput({"class": "w-s"}))
    kind = forms.ChoiceField(label=_("Employment kind"), choices=Employee.Kind.choices, widget=forms.RadioSelect)


class AccountForm(HallkeeperForm):
    """A user name for somebody without an account."""

    username = forms.CharField(label=_("User name"), max_length=60, widget=forms.TextInput({"class": "w-m", "autocomplete": "off"}))


class RoleForm(HallkeeperForm):
    """A role at its anchor."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", "—"), *((role, ROLE_NAMES[role]) for role in ROLES)])
    hall = forms.ModelChoiceField(Hall.objects.order_by("pk"), label=_("Hall"), empty_label="—", required=False)
    team = forms.ModelChoiceField(Team.objects.order_by("pk"), label=_("Team"), empty_label="—", required=False, help_text=_("For supervisors."))
    department = forms.ModelChoiceField(Department.objects.order_by("pk"), label=_("Department"), empty_label="—", required=False,
                                        help_text=_("For department managers."))
    starts_on = DayField(label=_("From"), initial=timezone.localdate)
    ends_on = DayField(label=_("Until"), required=False, help_text=_("An auditor's access always ends."))


class ReasonForm(HallkeeperForm):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=REASON_LENGTH, widget=forms.TextInput({"class": "w-l"}))


class EndForm(ReasonForm):
    """Until when, and why."""

    ends_on = DayField(label=_("Last day"), initial=timezone.localdate)
    field_order = ["ends_on", "reason"]


class DeputyForm(HallkeeperForm):
    """Who stands in, from when to when."""

    deputy = PersonField(label=_("Deputy"))
    starts_on = DayField(label=_("From"), initial=timezone.localdate)
    ends_on = DayField(label=_("Until"))


class LeaveForm(ReasonForm):
    """From when somebody does not work here any more, and who takes over what they hold."""

    left_on = DayField(label=_("No longer here from"), initial=timezone.localdate,
                       help_text=_("From this day on the person cannot log in; on the day itself all sessions end at once."))
    successor = PersonField(label=_("Taken over by"), required=False, help_text=_("Whatever the person still holds goes to this colleague."))
    field_order = ["left_on", "successor", "reason"]


class EmptyForm(HallkeeperForm):
    """Nothing to ask: the button is the question."""


class PeopleFilters(FilterForm):
    """How a list of people is narrowed; without a state, those who left are not shown (STF-04: by kind)."""

    q = forms.CharField(label=_("Name or number"), max_length=60, help_text=_("Characters, pinyin or initials."))
    hall = forms.ModelChoiceField(Hall.objects.order_by("pk"), label=_("Hall"), empty_label=_("all"))
    team = forms.ModelChoiceField(Team.objects.order_by("pk"), label=_("Team"), empty_label=_("all"))
    position = forms.ModelChoiceField(Position.objects.all(), label=_("Position"), empty_label=_("all"))
    kind = forms.ChoiceField(label=_("Employment kind"), choices=[("", _("all")), *Employee.Kind.choices])
    state = forms.ChoiceField(label=_("State"), choices=[("", _("who work here")), *Employee.State.choices])

    def narrow(self, rows):
        """The people that pass."""
        asked = self.cleaned_data
        if asked["q"]:
            rows = rows.filter(named(asked["q"]))
        posting = {name: asked[name] for name in ("hall", "team", "position") if asked[name]}
        if posting:
            rows = rows.filter(pk__in=postings_on(timezone.localdate()).filter(**posting).values("employee"))
        if asked["kind"]:
            rows = rows.filter(kind=asked["kind"])
        return rows.filter(state=asked["state"]) if asked["state"] else rows.exclude(state=Employee.State.LEFT)
