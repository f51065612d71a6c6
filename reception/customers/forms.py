"""What a person writes about a customer: one form a verb."""
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from config.accounts.trace import REASON_LENGTH
from config.web.day_fields import WAS_MOMENT, MomentField
from config.web.forms import HallkeeperForm, VersionedForm
from reception.customers import queries
from reception.customers.models import Communication, Customer
from reception.customers.services.files import COMPANY_LENGTH, NAME_LENGTH
from reception.customers.services.merging import CHOOSABLE
from staff.organisation.models import Employee, Hall


def text(label, length, *, required=False, help_text="", rows=0, **attrs):
    """A line, or with `rows` an area, that takes at most `length` characters."""
    widget = forms.Textarea({"rows": rows, "data-count": length, **attrs}) if rows else forms.TextInput({"autocomplete": "off", **attrs})
    return forms.CharField(label=label, max_length=length, required=required, help_text=help_text, widget=widget)


def leave_out(form, *names):
    """Do not ask these fields of this person."""
    for name in names:
        del form.fields[name]
    form.helper.layout = form.helper.build_default_layout(form)


class RegisterForm(HallkeeperForm):
    """A new file: a name, a phone or a company is enough."""

    hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"), empty_label=None, widget=forms.Select({"class": "w-l"}),
                                  error_messages={"invalid_choice": _("Choose one of your halls.")})
    phone = text(_("Telephone"), 200, inputmode="tel", **{"class": "w-l"})
    name = text(_("Name"), NAME_LENGTH, **{"class": "w-l"})
    company = text(_("Company"), COMPANY_LENGTH, **{"class": "w-l"})
    source = text(_("How they heard of us"), 60, **{"class": "w-l"})
    note = text(_("Note"), 2000, rows=3)

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hall"].queryset = queries.hall_choices(viewer)
        if not queries.may_see(viewer, "note"):
            leave_out(self, "source", "note")


class FileForm(VersionedForm):
    """The facts of a file; a narrowed role writes who it is and leaves the rest."""

    name = text(_("Name"), NAME_LENGTH, **{"class": "w-l"})
    company = text(_("Company"), COMPANY_LENGTH, **{"class": "w-l"})
    source = text(_("How they heard of us"), 60, **{"class": "w-l"})
    owner = forms.ModelChoiceField(
        Employee.objects.none(), label=_("Owner"), required=False, empty_label=_("nobody"), widget=forms.Select({"class": "w-l"}),
        error_messages={"invalid_choice": _("This person does not work in a hall that knows the customer. Choose somebody who does.")})
    note = text(_("Note"), 2000, rows=4)

    def __init__(self, *args, viewer, customer, owners, **kwargs):
        super().__init__(*args, **kwargs)
        if owners is None:
            leave_out(self, "owner")
        else:
            self.fields["owner"].queryset = owners
        if not queries.may_see(viewer, "note", customer):
            leave_out(self, "source", "note")


class ContactForm(HallkeeperForm):
    """One more way to reach the customer."""

    way = forms.ChoiceField(label=_("Kind"), choices=[("phone", _("Telephone")), ("email", _("E-mail")), ("wechat", _("WeChat"))], initial="phone",
                            widget=forms.RadioSelect)
    written = text(_("Number or address"), 254, required=True, help_text=_("Spaces, hyphens, +86 and extensions are understood."), **{"class": "w-l"})


class CorrectContactForm(HallkeeperForm):
    """The number or address as it should be."""

    written = text(_("Number or address"), 254, required=True, **{"class": "w-l"})


class ReasonForm(HallkeeperForm):
    """Why."""

    reason = text(_("Reason"), REASON_LENGTH, **{"class": "w-l"})


class ChoiceForm(VersionedForm):
    """The customer's own choice, with the reason."""

    choice = forms.ChoiceField(label=_("The customer's choice"), choices=Customer.Choice.choices, widget=forms.RadioSelect({"class": "stacked"}))
    reason = text(_("Reason"), 300, required=True, help_text=_("In the customer's words if you can."), **{"class": "w-l"})


class AttentionForm(VersionedForm):
    """What colleagues should mind when the customer comes."""

    attention = text(_("Attention mark"), 300, rows=2, help_text=_("Shown to colleagues only, never on displays or tickets. Empty takes the mark away."))


class CommunicationForm(HallkeeperForm):
    """An exchange with the customer."""

    hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"), empty_label=None, widget=forms.Select({"class": "w-l"}), error_messages={
        "invalid_choice": _("This hall does not know the customer. Choose a hall that does.")})
    at = MomentField(label=_("When"), attrs=WAS_MOMENT, error_messages={"required": _("Enter when you talked.")})
    method = forms.ChoiceField(label=_("How"), choices=Communication.Method.choices, widget=forms.RadioSelect)
    topic = text(_("Topic"), 200, required=True, **{"class": "w-l"})
    opinion = text(_("Customer's opinion"), 2000, rows=3)
    answer = text(_("Our answer"), 2000, rows=3)
    next_step = text(_("Next step"), 300, **{"class": "w-l"})

    def __init__(self, *args, halls, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hall"].queryset = halls


class CorrectionForm(CommunicationForm):
    """The entry as it should read, and why."""

    reason = text(_("Why corrected"), 300, required=True, **{"class": "w-l"})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        leave_out(self, "hall")


class MergeForm(HallkeeperForm):
    """Which fact of which file stands; only facts that differ are asked."""

    kept_version = forms.IntegerField(widget=forms.HiddenInput)
    merged_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, kept, merged, shown=CHOOSABLE, **kwargs):
        super().__init__(*args, **kwargs)
        self.differing = [name for name in shown if (getattr(kept, name) or "") != (getattr(merged, name) or "")]
        for name in self.differing:
            sides = [("kept", getattr(kept, name) or _("empty")), ("merged", getattr(merged, name) or _("empty"))]
            self.fields[name] = forms.ChoiceField(label=capfirst(Customer._meta.get_field(name).verbose_name), choices=sides, widget=forms.RadioSelect,
                                                  initial="kept" if getattr(kept, name) else "merged")
        self.fields["reason"] = text(_("Reason"), 200, **{"class": "w-l"})
        self.helper.layout = self.helper.build_default_layout(self)

    def choices(self):
        """{field: "kept" or "merged"} of what was asked."""
        return {name: self.cleaned_data[name] for name in self.differing}
