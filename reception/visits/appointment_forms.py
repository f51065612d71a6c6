"""What is asked about somebody who is expected, and how the list of them is narrowed."""
from datetime import timedelta
from functools import partial

from crispy_forms.layout import Layout
from django import forms
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from config.web.filters import FilterDay, FilterForm
from config.web.forms import HallkeeperForm
from reception.customers.models import Customer
from reception.customers.phones import read_phones
from reception.visits import queries
from reception.visits.forms import moment_field
from reception.visits.models import Purpose
from reception.visits.permissions import Can
from reception.visits.queue_models import Appointment
from staff.organisation.access import halls_within
from staff.organisation.models import Employee, Hall, Service
from staff.organisation.queries import postings_on

UNREADABLE = _("This is not a complete telephone number. Enter all its digits, or leave it empty and write it in the note.")


class AppointmentForm(HallkeeperForm):
    """Who is expected, when, why, with whom."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    customer = forms.ModelChoiceField(Customer.objects.none(), required=False, widget=forms.HiddenInput, error_messages={
        "invalid_choice": _("This customer is not known in your hall. Choose one from the list.")})
    who = forms.CharField(label=_("Customer"), required=False, max_length=80, help_text=_("Or leave it empty and enter name and telephone below."),
                          widget=forms.TextInput({
                              "data-combobox-url": reverse_lazy("suggest_customers"), "data-combobox-target": "id_customer",
                              "data-combobox-method": "post", "data-combobox-auto": "", "autocomplete": "off", "spellcheck": "false",
                              "placeholder": _("Phone, name or initials")}))
    name = forms.CharField(label=_("Name"), required=False, max_length=80, widget=forms.TextInput({"autocomplete": "off", "class": "w-m"}))
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=40,
                            widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off", "class": "w-m"}))
    hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"), empty_label=None, error_messages={
        "required": _("Choose the hall."), "invalid_choice": _("This hall is not one of yours. Choose another.")})
    at = moment_field(_("Expected at"), required=True)
    purpose = forms.ModelChoiceField(Purpose.objects.none(), label=_("Purpose"), empty_label=None, widget=forms.Select({"class": "w-l"}),
                                     error_messages={"required": _("Choose why the visitor comes."), "invalid_choice": _("Choose one of the purposes.")})
    service = forms.ModelChoiceField(Service.objects.none(), label=_("Service wanted"), required=False, empty_label=_("as the purpose says"),
                                     widget=forms.Select({"class": "w-l"}), error_messages={
                                         "invalid_choice": _("This hall does not offer that service. Choose one of its own.")})
    employee = forms.ModelChoiceField(Employee.objects.none(), label=_("Adviser"), required=False, empty_label=_("anybody"), error_messages={
        "invalid_choice": _("This person does not work in your halls. Choose somebody who does.")})
    party_size = forms.IntegerField(label=_("Party"), required=False, min_value=1, max_value=200, initial=1,
                                    widget=forms.NumberInput({"class": "w-xs", "inputmode": "numeric"}), error_messages={
                                        "invalid": _("Enter the number of people as a figure."), "min_value": _("At least one person comes. Enter 1 or more."),
                                        "max_value": _("More than 200 people are planned as several appointments. Enter 200 or fewer.")})
    note = forms.CharField(label=_("Note"), required=False, max_length=300, widget=forms.Textarea({"rows": 2, "data-count": "300"}))

    def __init__(self, *args, viewer, appointment=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["at"].error_messages["required"] = _("Enter the day and the time for which the visitor is expected.")
        halls = [hall.pk for hall in halls_within(viewer, Can.EDIT, timezone.localdate())]
        here = [*halls, *([appointment.hall_id] if appointment else [])]
        self.fields["hall"].queryset = Hall.objects.filter(pk__in=here).order_by("pk")
        known = Customer.objects.visible_to(viewer).values("pk")
        self.fields["customer"].queryset = Customer.objects.filter(Q(pk__in=known) | Q(pk__in=[appointment.customer_id] if appointment else []))
        self.fields["purpose"].queryset = Purpose.objects.filter(is_active=True)
        self.fields["service"].queryset = Service.objects.filter(offers__hall__in=here).distinct().order_by("pk")
        serving = postings_on(timezone.localdate()).filter(hall__in=here, position__serves_customers=True)
        self.fields["employee"].queryset = Employee.objects.filter(pk__in=serving.values("employee"), state=Employee.State.ON_DUTY).order_by("sort_key", "pk")
        self.helper.layout = Layout("version", "customer", "who", "name", "phone", "hall", "at", "purpose", "service", "employee", "party_size", "note")

    def clean_party_size(self):
        """An empty party is one person."""
        return self.cleaned_data["party_size"] or 1

    def clean_phone(self):
        """One number in one spelling, or nothing."""
        typed = self.cleaned_data["phone"].strip()
        if not typed:
            return ""
        found = [phone.e164 for phone in read_phones(typed) if phone.e164]
        if len(found) != 1:
            raise forms.ValidationError(UNREADABLE)
        return found[0]

    def clean(self):
        """Somebody typed beside the field of customers but not chosen is told, not dropped."""
        answers = super().clean()
        who = answers.pop("who", "")
        if who and not answers.get("customer"):
            self.add_error("who", _("Choose a customer from the list, or empty this field and enter the name below."))
        if answers.get("customer"):
            answers["name"] = answers["phone"] = ""
        return answers


class CancelForm(HallkeeperForm):
    """Why nobody comes."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput({"class": "w-l"}),
                             error_messages={"required": _("Write the reason; the record keeps it.")})


class AppointmentFilters(FilterForm):
    """Words, days, state, hall, adviser."""

    q = forms.CharField(label=_("Name or telephone"), max_length=80, widget=forms.TextInput({"class": "w-m", "type": "search"}))
    since = FilterDay(label=_("From"))
    until = FilterDay(label=_("To"))
    state = forms.ChoiceField(label=_("State"), choices=[("", _("any")), *Appointment.State.choices])
    hall = forms.TypedChoiceField(label=_("Hall"), coerce=int, empty_value=None)
    employee = forms.TypedChoiceField(label=_("Adviser"), coerce=int, empty_value=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, offered in (("hall", "hall"), ("employee", "adviser")):
            self.fields[name].choices = partial(self.choices_of, offered)

    @cached_property
    def found(self):
        """What there is to choose from, asked for when the form is drawn or one of them was chosen."""
        return queries.choices_found(self.viewer, None, None)

    def choices_of(self, name):
        """The choices of one field, the empty one first."""
        return [("", _("any")), *queries.choices_in_words(self.found, name)]

    def narrow(self, rows):
        """The appointments that pass."""
        chosen = self.cleaned_data
        for name in ("state", "hall", "employee"):
            if chosen[name]:
                rows = rows.filter(**{name: chosen[name]})
        if chosen["since"]:
            rows = rows.filter(at__gte=queries.start_of(chosen["since"]))
        if chosen["until"]:
            rows = rows.filter(at__lt=queries.start_of(chosen["until"] + timedelta(days=1)))
        return queries.expected(rows, chosen["q"].replace("\0", "")) if chosen["q"] else rows
