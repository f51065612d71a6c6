"""What is asked about departments, teams, positions, services, halls and posts."""
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.web.day_fields import DayField
from config.web.filters import FilterForm
from config.web.forms import VersionedForm
from config.web.texts import TextsField
from staff.organisation import hours
from staff.organisation.fields import PersonField
from staff.organisation.matrix import ROLES
from staff.organisation.models import Department, Hall, Post, Service
from staff.organisation.words import ROLE_NAMES, ZONES


class CodeField(forms.SlugField):
    """A short code that never changes meaning: letters, figures, hyphens."""

    def __init__(self, **kwargs):
        super().__init__(label=pgettext_lazy("thing", "Code"), max_length=50, widget=forms.TextInput({"class": "w-m", "autocomplete": "off"}),
                         error_messages={"invalid": _("A code has only the letters a to z, figures, hyphens and underlines. Change it.")}, **kwargs)


class DepartmentForm(VersionedForm):
    """A department."""

    code = CodeField()
    name = TextsField(label=pgettext_lazy("thing", "Name"))
    parent = forms.ModelChoiceField(Department.objects.order_by("pk"), label=_("Part of"), empty_label="—", required=False)
    head = PersonField(label=_("Head"), required=False)


class TeamForm(VersionedForm):
    """A team."""

    code = CodeField()
    name = TextsField(label=pgettext_lazy("thing", "Name"))
    department = forms.ModelChoiceField(Department.objects.order_by("pk"), label=_("Department"), empty_label="—")
    hall = forms.ModelChoiceField(Hall.objects.order_by("pk"), label=_("Hall"), empty_label="—", required=False)


class PositionForm(VersionedForm):
    """A position."""

    code = CodeField()
    name = TextsField(label=pgettext_lazy("thing", "Name"))
    role = forms.ChoiceField(label=_("Usual role"), choices=[(role, ROLE_NAMES[role]) for role in ROLES])
    serves_customers = forms.BooleanField(label=_("Serves customers"), required=False)
    order = forms.IntegerField(label=_("Place in lists"), min_value=0, max_value=999, initial=90, widget=forms.NumberInput({"class": "w-xs"}))


class ServiceForm(VersionedForm):
    """A service."""

    code = CodeField()
    name = TextsField(label=pgettext_lazy("thing", "Name"))
    prefix = forms.RegexField(r"^[A-Z]{1,2}$", label=_("Ticket letter"), widget=forms.TextInput({"class": "w-xs", "autocomplete": "off"}),
                              error_messages={"invalid": _("A ticket begins with one or two capital letters. Enter A to ZZ.")})


class PostForm(VersionedForm):
    """A post of a hall."""

    name = TextsField(label=pgettext_lazy("thing", "Name"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Post.Kind.choices, widget=forms.RadioSelect, initial=Post.Kind.COUNTER)
    order = forms.IntegerField(label=_("Place in lists"), min_value=0, max_value=999, initial=50, widget=forms.NumberInput({"class": "w-xs"}))
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)


class HallForm(VersionedForm):
    """A hall with its week; each day takes several intervals, such as 09:00-12:30 13:30-18:00 (REC-01)."""

    code = CodeField()
    name = TextsField(label=pgettext_lazy("thing", "Name"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "—"), *Hall.Kind.choices])
    department = forms.ModelChoiceField(Department.objects.order_by("pk"), label=_("Department"), empty_label="—")
    manager = PersonField(label=_("Manager"), required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False, widget=forms.TextInput({"class": "w-l"}))
    url = forms.URLField(label=_("Web address"), required=False, assume_scheme="https", widget=forms.URLInput({"class": "w-l"}),
                         error_messages={"invalid": _("This is no web address. Enter one such as https://service.example.com/.")})
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False, widget=forms.TextInput({"class": "w-m"}))
    timezone = forms.ChoiceField(label=_("Time zone"), choices=list(ZONES.items()), initial="Asia/Shanghai",
                                 help_text=_("Times of this hall are typed and shown in it, and its day ends by it."))
    active_from = DayField(label=_("Open from"))
    active_until = DayField(label=_("Open until"), required=False, help_text=_("An exhibition is temporary; other halls are left open."))
    services = forms.ModelMultipleChoiceField(Service.objects.order_by("prefix"), label=_("Services offered"), required=False,
                                              widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, keep_code=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = keep_code
        kept = self.initial.get("timezone")
        if kept and kept not in ZONES:
            self.fields["timezone"].choices = [(kept, kept), *ZONES.items()]
        for day, name in WEEKDAYS.items():
            self.fields[f"day_{day}"] = forms.CharField(
                label=name, max_length=100, required=False, widget=forms.TextInput({"class": "w-l num", "autocomplete": "off"}),
                help_text=_("Such as 09:00-12:30 13:30-18:00; empty means closed.") if day == 0 else "")
        self.helper.layout = Layout(
            "version", "code", "name", "kind", "department", "manager", "address", "url", "phone", "timezone", "active_from", "active_until",
            Fieldset(_("Opening hours from today on") if keep_code else _("Opening hours"), *(f"day_{day}" for day in WEEKDAYS)),
            Fieldset(_("What it offers"), "services"))

    def clean(self):
        """Read the seven days into `hours`."""
        cleaned = super().clean()
        rows = []
        for day in range(7):
            spans = hours.read(cleaned.pop(f"day_{day}", "") or "")
            if spans is None:
                self.add_error(f"day_{day}", _("These hours cannot be read, overlap, or end before they begin. Write them like 09:00-12:30 13:30-18:00."))
            else:
                rows += [(day, opens, closes) for opens, closes in spans]
        cleaned["hours"] = rows
        cleaned["services"] = list(cleaned.get("services") or [])
        return cleaned


class HallFilters(FilterForm):
    """How the list of halls is narrowed."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("all")), *Hall.Kind.choices])
    department = forms.ModelChoiceField(Department.objects.order_by("pk"), label=_("Department"), empty_label=_("all"))

    def narrow(self, rows):
        """The halls that pass."""
        return rows.filter(**{name: value for name, value in self.cleaned_data.items() if value})
