"""First answer, judgement, acceptance, routing, the way upwards."""
from types import MappingProxyType

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.handling.forms.fields import IN_THE_HOUSE, LONG_LINE, line, method, said, text, yes_or_no
from complaints.handling.models import Level
from config.web.forms import HallkeeperForm, VersionedForm
from reception.customers import phones
from staff.organisation.fields import PersonField
from staff.organisation.models import Department


class AssessForm(VersionedForm):
    """Impact and urgency make the severity."""

    why = MappingProxyType({"impact": "S0 §4.1.2"})
    impact = forms.ChoiceField(label=_("Impact"), choices=Level.choices, widget=forms.RadioSelect, help_text=_("What the customer or the company loses."))
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Level.choices, widget=forms.RadioSelect, help_text=_("How soon it gets worse."))
    safety = forms.BooleanField(label=_("Somebody's safety is at stake"), required=False)


class CorrectForm(VersionedForm):
    """How the customer is reached, and what it is about; the customer's own words stay."""

    contact_name = line(_("Name"), 80, required=False)
    contact_phone = forms.CharField(label=_("Telephone"), max_length=30, required=False, widget=forms.TextInput({"class": "w-m", "inputmode": "tel"}))
    contact_email = forms.EmailField(label=_("E-mail"), required=False, widget=forms.EmailInput(LONG_LINE), error_messages={
        "invalid": _("Enter the whole address: a name, an @ and the name of the mail server.")})
    product = line(_("Product or case"), 120, required=False)

    def clean_contact_phone(self):
        """The number as it is kept."""
        typed = self.cleaned_data["contact_phone"]
        if not typed:
            return ""
        found = phones.read_phones(typed)
        if len(found) != 1 or not found[0].e164:
            raise forms.ValidationError(_("This is no telephone number. Enter one number, with area code where it is a landline."))
        return found[0].e164


class PersonForm(HallkeeperForm):
    """Whom it concerns."""

    employee = PersonField(label=_("Person"))
    complained_about = yes_or_no(_("Part"), _("complained about: sees nothing of it and decides nothing"), _("witness, or was there"))


class AcknowledgeForm(HallkeeperForm):
    """The first answer."""

    method = method(_("How the customer is told"))
    text = said()


class RefusalForm(HallkeeperForm):
    """Why it is not for this house, and what the customer will be told once somebody else agrees."""

    reason = text(_("Reason"), 1000, help_text=IN_THE_HOUSE)
    method = method(_("How the customer is told"))
    text = said(_("What the customer will be told"), 1000)


class SettleRefusalForm(HallkeeperForm):
    """The second person's word."""

    approved = yes_or_no(_("Decision"), _("not accepted; the customer is told"), _("we handle it after all"))
    answer = line(_("Grounds"))


class AssignForm(HallkeeperForm):
    """Who handles it, and for which department."""

    handler = PersonField(label=_("Handler"))
    department = forms.ModelChoiceField(Department.objects.order_by("pk"), label=_("Department that answers"), empty_label="—", required=False)
    note = line(_("Note"), required=False, help_text=IN_THE_HOUSE)


class BulkAssignForm(HallkeeperForm):
    """Who handles them all."""

    handler = PersonField(label=_("Handler"))
    note = line(_("Note"), required=False, help_text=IN_THE_HOUSE)

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)


class ReasonForm(HallkeeperForm):
    """Why."""

    reason = line(_("Reason"))


class AnswerForm(HallkeeperForm):
    """What the department says."""

    answer = text(_("Answer of the department"), help_text=IN_THE_HOUSE)


class UpwardsForm(HallkeeperForm):
    """What the superior should know."""

    note = text(_("Note for the superior"), help_text=IN_THE_HOUSE)


class InstructForm(HallkeeperForm):
    """What the handler is to do."""

    text = text(_("Instruction"), help_text=IN_THE_HOUSE)
