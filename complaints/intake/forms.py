"""What the desk asks while a customer complains (FRM-33): short, by keyboard, what is seldom needed folded away."""
from crispy_forms.layout import Div, Layout
from django import forms
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.handling.models import Channel, Kind, Level, Method
from complaints.handling.permissions import Can
from config.web.day_fields import WAS_MOMENT, MomentField
from config.web.forms import HallkeeperForm
from reception.customers.models import Customer
from reception.customers.phones import Kind as Phone
from reception.customers.phones import read_phones
from staff.organisation.access import halls_within
from staff.organisation.models import Employee, Hall
from staff.organisation.queries import postings_on

HERE = (Channel.COUNTER, Channel.PHONE, Channel.BOX, Channel.FOLLOW_UP, Channel.EMAIL)  # what is written down by hand; the public page comes by itself
UNSPOKEN = (Channel.BOX, Channel.EMAIL)  # nobody is there who could be asked
TOLD = [choice for choice in Method.choices if choice[0] != Method.PAGE]
MORE = ("name", "phone", "email", "reported_by", "cause_told", "product", "people", "received_at", "promised_until", "told_by", "safety", "files")
UNREADABLE = _("This is not a complete telephone number. Enter all its digits, or leave it empty and write it in the matter.")


class Fold(Div):
    """The part of the form that is folded away, open where something in it was typed or refused."""

    def render(self, form, context, **kwargs):
        """The fields within a `details`."""
        return render_to_string("complaints/intake/_more.html", {"open": form.more_is_open, "fields": self.get_rendered_fields(form, context, **kwargs)})


class FilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of files, none among them."""

    widget = FilesInput

    def clean(self, data, initial=None):
        """Each as a file of its own."""
        one = super().clean
        return [one(file, initial) for file in (data if isinstance(data, list | tuple) else [data]) if file]


def asks():
    """The attributes of a field whose answer changes severity and promise: the server works both out."""
    return {"hx-post": reverse_lazy("complaint_promise"), "hx-target": "#complaint-promise", "hx-trigger": "change"}


class ComplaintForm(HallkeeperForm):
    """One complaint, suggestion or praise as it is heard."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, initial=Kind.COMPLAINT, widget=forms.RadioSelect({"class": "digits"}))
    channel = forms.ChoiceField(label=_("Channel"), choices=[(one.value, one.label) for one in HERE], initial=Channel.COUNTER,
                                widget=forms.RadioSelect)
    customer = forms.ModelChoiceField(Customer.objects.none(), required=False, widget=forms.HiddenInput, error_messages={
        "invalid_choice": _("This customer is not known in your hall. Choose one from the list, or enter name and telephone.")})
    who = forms.CharField(label=_("Customer"), required=False, max_length=80, widget=forms.TextInput({
        "data-combobox-url": reverse_lazy("suggest_customers"), "data-combobox-target": "id_customer", "data-combobox-method": "post",
        "data-combobox-auto": "", "autocomplete": "off", "autofocus": True, "spellcheck": "false", "placeholder": _("Phone, name or initials")}))
    anonymous = forms.BooleanField(label=_("The customer stays anonymous"), required=False)
    hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"), empty_label=None, error_messages={
        "required": _("Choose the hall."), "invalid_choice": _("This hall is not one of yours. Choose another.")})
    matter = forms.CharField(label=_("Matter"), max_length=4000, widget=forms.Textarea({"rows": 4}), help_text=_("In the customer's own words."),
                             error_messages={"required": _("Write down what the customer complains about.")})
    demand = forms.CharField(label=_("Demand"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2}), help_text=_("One on each line."))
    impact = forms.ChoiceField(label=_("Impact"), choices=Level.choices, initial=Level.LOW, widget=forms.RadioSelect(asks()))
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Level.choices, initial=Level.LOW, widget=forms.RadioSelect(asks()))
    apologised = forms.BooleanField(label=_("Apology expressed"), required=False)
    promised = forms.BooleanField(label=_("Handling promised"), required=False)
    promised_manner = forms.CharField(label=_("Told how it is handled"), required=False, max_length=200, widget=forms.TextInput({"class": "w-l"}))
    name = forms.CharField(label=_("Name"), required=False, max_length=80, widget=forms.TextInput({"autocomplete": "off", "class": "w-m"}))
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=60,
                            widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off", "class": "w-m"} | asks()))
    email = forms.EmailField(label=_("E-mail"), required=False, widget=forms.EmailInput({"autocomplete": "off", "class": "w-m"}), error_messages={
        "invalid": _("Enter the whole address: a name, an @ and the name of the mail server.")})
    reported_by = forms.CharField(label=_("On behalf of the customer by"), required=False, max_length=120, widget=forms.TextInput({"class": "w-m"}))
    cause_told = forms.CharField(label=_("Cause as told"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2}))
    product = forms.CharField(label=_("Product or case"), required=False, max_length=120, widget=forms.TextInput({"class": "w-m"}))
    people = forms.ModelMultipleChoiceField(Employee.objects.none(), label=_("About whom"), required=False, widget=forms.CheckboxSelectMultiple,
                                            help_text=_("They neither see nor handle the complaint."))
    received_at = MomentField(label=_("Received"), required=False, attrs=WAS_MOMENT, help_text=_("Empty means now."))
    promised_until = MomentField(label=_("Promised until"), required=False, help_text=_("Empty means the usual promise."))
    told_by = forms.ChoiceField(label=_("Promise told"), required=False, choices=[("", _("as the channel says")), *TOLD], widget=forms.Select({"class": "w-m"}))
    safety = forms.BooleanField(label=_("Somebody's safety is at stake"), required=False)
    files = FilesField(label=_("Photos or documents"), required=False, max_length=200,
                       help_text=_("Photos (JPEG, PNG, WebP) or PDF files, at most 10 MB each."))

    why = {"matter": "S0 §4.1.2", "apologised": "S3 §8.2.1", "promised": "S4 §3.6.1"}

    def __init__(self, *args, viewer, hall=None, **kwargs):
        super().__init__(*args, **kwargs)
        day = timezone.localdate()
        halls = [one.pk for one in halls_within(viewer, Can.REGISTER, day)]
        self.fields["hall"].queryset = Hall.objects.filter(pk__in=halls).order_by("pk")
        self.fields["customer"].queryset = Customer.objects.visible_to(viewer)
        self.fields["people"].queryset = Employee.objects.filter(pk__in=postings_on(day).filter(hall__in=halls).values("employee"),
                                                                 state=Employee.State.ON_DUTY).order_by("sort_key", "pk")
        self.fields["hall"].widget = forms.HiddenInput() if len(halls) == 1 else self.fields["hall"].widget
        self.helper.layout = Layout("kind", "channel", "customer", "who", "anonymous", "hall", "matter", "demand", "impact", "urgency",
                                    "promised_manner", "apologised", "promised", Fold(*MORE))

    @property
    def more_is_open(self):
        """Whether something in the folded part was typed or refused, so that it must be seen."""
        return any(self.data.get(name) for name in MORE) or any(name in self.errors for name in MORE if self.is_bound)

    def clean_phone(self):
        """One number in one spelling, or nothing."""
        typed = self.cleaned_data["phone"].strip()
        found = [phone.e164 for phone in read_phones(typed) if phone.e164] if typed else [""]
        if len(found) != 1 or len(found[0]) > 20:
            raise forms.ValidationError(UNREADABLE)
        return found[0]

    def clean(self):
        """Read who complains: a chosen customer, somebody typed, or nobody. Nothing typed is dropped without a word."""
        answers = super().clean()
        who = answers.pop("who", "")
        if answers.pop("anonymous", False):
            if who or any(answers.get(name) for name in ("customer", "name", "phone", "email")):
                self.add_error("anonymous", _("Who stays anonymous leaves neither name nor number. Empty these fields, or take the tick away."))
            return answers
        if who and not answers.get("customer"):
            numbers = [one.e164 for one in read_phones(who) if one.kind != Phone.UNREADABLE and one.e164]
            if numbers and not answers.get("phone"):
                answers["phone"] = numbers[0][:20]
            elif not numbers and not answers.get("name"):
                answers["name"] = who
        if not any(answers.get(name) for name in ("customer", "name", "phone", "email")) and not self.errors and answers.get("channel") not in UNSPOKEN:
            self.add_error("who", _("Ask how the customer is reached, or tick that they stay anonymous."))
        return answers
