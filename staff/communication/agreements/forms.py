"""What is asked about confidentiality agreements, and how their list is narrowed."""
import datetime

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.filters import FilterForm
from config.web.forms import HallkeeperForm
from staff.communication.agreements import rules
from staff.organisation.models import Hall
from staff.organisation.names import asked

MISSING, ENDING, HOLDS = "missing", "ending", "holds"


class SignForm(HallkeeperForm):
    """The signature: the own name, typed."""

    signature = forms.CharField(label=_("Your name as signature"), max_length=80, widget=forms.TextInput({"class": "w-m", "autocomplete": "off"}))

    def __init__(self, *args, due, **kwargs):
        super().__init__(*args, **kwargs)
        if not due:  # the present agreement holds: there is nothing to sign
            del self.fields["signature"]
            self.helper.layout.fields.remove("signature")


class AgreementFilters(FilterForm):
    """Person, hall, how it stands."""

    q = forms.CharField(label=_("Name"), max_length=60)
    hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"), empty_label=_("all"))
    state = forms.ChoiceField(label=_("State"), choices=[("", _("any")), (MISSING, _("missing or expired")), (ENDING, _("ends soon")), (HOLDS, _("holds"))])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hall"].queryset = Hall.objects.open_on(timezone.localdate()).order_by("pk")

    def narrow(self, rows):
        """The people who pass."""
        chosen, today = self.cleaned_data, timezone.localdate()
        soon = today + datetime.timedelta(days=rules.RENEWAL_DAYS)
        if words := asked(chosen["q"].replace("\0", "")):
            rows = rows.filter(sort_key__contains=words)
        if chosen["hall"]:
            rows = rows.filter(hall_id=chosen["hall"].pk)
        if chosen["state"] == MISSING:
            return rows.filter(Q(bound_until=None) | Q(bound_until__lt=today))
        if chosen["state"] == ENDING:
            return rows.filter(bound_until__gte=today, bound_until__lt=soon)
        return rows.filter(bound_until__gte=soon) if chosen["state"] == HOLDS else rows
