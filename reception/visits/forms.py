"""What the acts on a visit ask: one form a verb (REC-03 to REC-08)."""
from crispy_forms.layout import Layout
from django import forms
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.day_fields import WAS_MOMENT, MomentField
from config.web.forms import HallkeeperForm, VersionedForm
from facilities.areas.models import Area
from reception.customers.models import Customer
from reception.visits import queries
from reception.visits.desk_forms import adviser_words, area_words, detail_field
from reception.visits.models import Purpose, Source, Visit
from staff.organisation.models import Employee, Service

OFF_SHIFT = _("This person is not on shift in this hall now. Choose somebody who is.")


def moment_field(label, *, required, help_text=""):
    """A day with a time, typed in the hall's own time."""
    return MomentField(label=label, required=required, help_text=help_text, attrs=WAS_MOMENT, error_messages={"required": _("Enter when the visitor left.")})


class VisitForm(VersionedForm):
    """What was written about a visit; its state is moved by the verbs alone."""

    customer = forms.ModelChoiceField(Customer.objects.none(), required=False, widget=forms.HiddenInput, error_messages={
        "invalid_choice": _("This customer is not known in your hall. Choose one from the list.")})
    who = forms.CharField(label=_("Customer"), required=False, max_length=80, widget=forms.TextInput({
        "data-combobox-url": reverse_lazy("suggest_customers"), "data-combobox-target": "id_customer", "data-combobox-method": "post",
        "autocomplete": "off", "spellcheck": "false", "placeholder": _("Phone, name or initials")}))
    visitor_name = forms.CharField(label=_("Visitor's name as told"), required=False, max_length=80, widget=forms.TextInput({"class": "w-m"}))
    party_size = forms.IntegerField(label=_("Party"), min_value=1, max_value=200, widget=forms.NumberInput({"class": "w-xs"}), error_messages={
        "required": _("Enter how many people came."), "invalid": _("Enter the number of people as a figure."),
        "min_value": _("At least one person came. Enter 1 or more."),
        "max_value": _("More than 200 people are logged as several visits. Enter 200 or fewer.")})
    purpose = forms.ModelChoiceField(Purpose.objects.none(), label=_("Purpose"), empty_label=None, widget=forms.Select({"class": "w-l"}),
                                     error_messages={"required": _("Choose why the visitor came."), "invalid_choice": _("Choose one of the purposes.")})
    source = forms.ModelChoiceField(Source.objects.none(), label=_("How they heard of us"), required=False, empty_label=_("not asked"),
                                    widget=forms.Select({"class": "w-l"}))
    need = forms.CharField(label=_("Need"), required=False, max_length=2000, widget=forms.Textarea({"rows": 4}))
    interest = forms.CharField(label=_("Interested in"), required=False, max_length=200)
    intention = forms.ChoiceField(label=_("Intention level"), required=False, widget=forms.RadioSelect,
                                  choices=[("", _("not asked")), *Visit.Intention.choices])
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args, visit, viewer, **kwargs):
        self.visit = visit
        super().__init__(*args, **kwargs)
        mine = Customer.objects.visible_to(viewer).values("pk")
        self.fields["customer"].queryset = Customer.objects.filter(Q(pk__in=mine) | Q(pk=visit.customer_id))  # their own closed visits too
        self.fields["purpose"].queryset = (Purpose.objects.filter(is_active=True) | Purpose.objects.filter(pk=visit.purpose_id))
        self.fields["source"].queryset = (Source.objects.filter(is_active=True) | Source.objects.filter(pk=visit.source_id))
        self.details = []
        for field in visit.template_version.fields if visit.template_version else []:
            name = f"detail_{field['key']}"
            self.fields[name] = detail_field(field)
            self.fields[name].initial = visit.details.get(field["key"])
            self.details.append(name)
        self.helper.layout = Layout("version", "customer", "who", "visitor_name", "party_size", "purpose", "need", *self.details, "interest",
                                    "intention", "source", "note")

    def clean_who(self):
        """Something typed that names no file is said, not dropped."""
        text = self.cleaned_data["who"]
        if text and not self.data.get("customer"):
            raise forms.ValidationError(_("Choose a customer from the list, or empty this field."))
        return text

    def clean(self):
        """The template's fields as one value, and no customer where none was chosen."""
        answers = super().clean()
        answers.pop("who", None)
        answers["details"] = {name.removeprefix("detail_"): answers.pop(name) for name in self.details if name in answers}
        return answers


class AdviserForm(HallkeeperForm):
    """One of the people on shift here, free ones first (REC-06)."""

    adviser = forms.ModelChoiceField(Employee.objects.none(), label=_("Adviser"), empty_label=None, widget=forms.RadioSelect({"class": "stacked"}),
                                     error_messages={"required": _("Choose somebody who is on shift."), "invalid_choice": OFF_SHIFT})

    def __init__(self, *args, visit, now, but=None, **kwargs):
        super().__init__(*args, **kwargs)
        rows = [row for row in queries.advisers_of(visit.hall, now) if row["employee"].pk != but]
        busy = {row["employee"].pk: row["visits"] for row in rows}
        self.nobody = not rows
        self.fields["adviser"].queryset = Employee.objects.filter(pk__in=list(busy))
        self.fields["adviser"].choices = [(row["employee"].pk, adviser_words(row["employee"], busy)) for row in rows]
        if not rows:
            self.fields["adviser"].help_text = _("Nobody who serves customers is on shift here now.")


class HandoverForm(AdviserForm):
    """To whom a visit in service is offered, with what the colleague has to know."""

    note = forms.CharField(label=_("Note for the colleague"), max_length=300, widget=forms.Textarea({"rows": 3, "data-count": "300"}),
                           error_messages={"required": _("Write what the colleague has to know.")})


class AreaForm(HallkeeperForm):
    """An area of the hall with how full it is; full ones are not offered (REC-05)."""

    area = forms.ModelChoiceField(Area.objects.none(), label=_("Area"), required=False, empty_label=_("no area"),
                                  widget=forms.RadioSelect({"class": "stacked"}), error_messages={
                                      "invalid_choice": _("This area is not free or not in this hall. Choose a free one.")})

    def __init__(self, *args, visit, **kwargs):
        super().__init__(*args, **kwargs)
        rows = [row for row in queries.areas_of(visit.hall) if row["free"] or row["area"].pk == visit.area_id]
        self.fields["area"].queryset = Area.objects.filter(pk__in=[row["area"].pk for row in rows])
        self.fields["area"].choices = [("", _("no area")), *[(row["area"].pk, area_words(row)) for row in rows]]


class EndForm(HallkeeperForm):
    """When a visitor left; the moment is checked against the visit's own times."""

    def __init__(self, *args, visit, **kwargs):
        self.visit = visit
        super().__init__(*args, **kwargs)

    def clean_left_at(self):
        """A time typed to the minute in which the visitor came is the moment of coming."""
        typed, arrived = self.cleaned_data["left_at"], self.visit.arrived_at
        if typed and typed < arrived and typed == timezone.localtime(arrived).replace(second=0, microsecond=0):
            return arrived
        return typed


def outcome_field(choices):
    """How a visit ended."""
    return forms.ChoiceField(label=_("Outcome"), choices=choices, widget=forms.RadioSelect({"class": "stacked"}), error_messages={
        "required": _("Choose how the visit ended."), "invalid_choice": _("Choose one of the outcomes.")})


class CloseForm(EndForm):
    """How the visit ended (REC-08)."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    outcome = outcome_field([choice for choice in Visit.Outcome.choices if choice[0] != Visit.Outcome.LEFT])
    next_step = forms.CharField(label=_("Next step"), required=False, max_length=300, widget=forms.TextInput({"class": "w-l"}))
    left_at = moment_field(_("Left the hall at"), required=False, help_text=_("Empty means now."))


class LeaveForm(EndForm):
    """Somebody left without service: why, if it is known."""

    reason = forms.CharField(label=_("Reason, if known"), required=False, max_length=300, widget=forms.TextInput({"class": "w-l"}))
    left_at = moment_field(_("Left the hall at"), required=False, help_text=_("Empty means now."))


class SettleForm(EndForm):
    """What really became of a visit that the day's end closed."""

    outcome = outcome_field(Visit.Outcome.choices)
    next_step = forms.CharField(label=_("Next step"), required=False, max_length=300, widget=forms.TextInput({"class": "w-l"}))
    left_at = moment_field(_("Left the hall at"), required=True, help_text=_("The closing time stands here until somebody knows better."))


class ReasonForm(HallkeeperForm):
    """A reason that the record keeps."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput({"class": "w-l"}),
                             error_messages={"required": _("Write the reason; the record keeps it.")})


class ServiceForm(HallkeeperForm):
    """A further service of the hall."""

    service = forms.ModelChoiceField(
        Service.objects.none(), label=_("Service"), empty_label=None, widget=forms.RadioSelect({"class": "stacked"}), error_messages={
            "required": _("Choose a service."), "invalid_choice": _("This hall does not offer that service. Choose one of its own.")})

    def __init__(self, *args, visit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = Service.objects.filter(offers__hall=visit.hall_id).order_by("offers__order", "pk")


class AttachmentForm(HallkeeperForm):
    """One file."""

    file = forms.FileField(label=_("Photo or document"), help_text=_("A photo (JPEG, PNG, WebP) or a PDF, at most 10 MB."), max_length=200, error_messages={
        "required": _("Choose a file."), "empty": _("The file is empty. Choose another."),
        "max_length": _("The name of the file is too long. Give it a shorter one.")})
