"""What the pages of complete files ask, and how their list is narrowed (REC-22)."""
from django import forms
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.web.filters import FilterForm
from config.web.forms import HallkeeperForm, VersionedForm
from reception.customers import completeness
from reception.customers.completeness_models import Confirmation
from reception.customers.models import Communication, CustomerHall
from staff.organisation.access import workplaces
from staff.organisation.models import Employee
from staff.organisation.queries import postings_on


class IncompleteFilters(FilterForm):
    """Which field is missing, in which hall, whose, and whether something is to be confirmed."""

    missing = forms.ChoiceField(label=_("Missing"), choices=[("", _("any")), *completeness.FIELDS.items()])
    hall = forms.TypedChoiceField(label=_("Hall"), coerce=int, empty_value=None)
    owner = forms.ModelChoiceField(Employee.objects.none(), label=_("Owner"))
    mine = forms.BooleanField(label=_("Only mine"))
    marked = forms.BooleanField(label=_("To confirm with the customer"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        halls = [(hall.pk, str(hall)) for hall in workplaces(self.viewer, timezone.localdate())]
        self.fields["hall"].choices = [("", _("all")), *halls]
        here = postings_on(timezone.localdate()).filter(hall__in=[pk for pk, _name in halls])
        self.fields["owner"].queryset = Employee.objects.filter(pk__in=here.values("employee")).order_by("sort_key", "pk")

    def narrow(self, rows):
        """The files that pass."""
        chosen = self.cleaned_data
        if chosen["missing"]:
            rows = rows.filter(check_of__missing__contains=[chosen["missing"]])
        if chosen["hall"]:
            rows = rows.filter(Exists(CustomerHall.objects.filter(customer=OuterRef("pk"), hall=chosen["hall"])))
        if chosen["owner"]:
            rows = rows.filter(owner=chosen["owner"])
        if chosen["marked"]:
            rows = rows.filter(Exists(Confirmation.objects.filter(customer=OuterRef("pk"), asked_at=None)))
        return rows.filter(owner__user=self.viewer) if chosen["mine"] else rows


class TemplateForm(VersionedForm):
    """The fields that a file of this kind must have."""

    required = forms.MultipleChoiceField(label=_("Fields that must be filled"), choices=list(completeness.FIELDS.items()),
                                         widget=forms.CheckboxSelectMultiple({"class": "stacked"}))


class MarkForm(HallkeeperForm):
    """What is to be confirmed, and who asks."""

    field = forms.ChoiceField(label=_("Field"), choices=[(name, completeness.FIELDS[name]) for name in completeness.ASKED], widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), required=False, max_length=200, widget=forms.TextInput({"class": "w-l"}), help_text=_("Why it is in doubt."))
    owner = forms.ModelChoiceField(Employee.objects.none(), label=pgettext_lazy("confirmation", "Who asks"), empty_label=None)

    def __init__(self, *args, askers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = askers


class ConfirmForm(HallkeeperForm):
    """What the customer said."""

    method = forms.ChoiceField(label=_("How you asked"), choices=Communication.Method.choices, widget=forms.RadioSelect)
    corrected = forms.CharField(label=_("As the customer says it"), required=False, max_length=254,
                                widget=forms.TextInput({"class": "w-l", "autocomplete": "off"}),
                                help_text=_("Leave it empty when what stands in the file is right."))
