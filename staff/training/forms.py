"""What is asked about competences."""
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.accounts.trace import REASON_LENGTH
from config.web.day_fields import DayField
from config.web.filters import FilterForm
from config.web.forms import HallkeeperForm
from config.web.texts import TextsField
from staff.organisation.models import Hall, Service
from staff.organisation.queries import named, postings_on
from staff.training.models import Competence


class HeldForm(HallkeeperForm):
    """What somebody masters from when."""

    competence = forms.ModelChoiceField(Competence.objects.order_by("code"), label=_("Competence"), empty_label="—")
    valid_from = DayField(label=_("From"), initial=timezone.localdate)
    valid_until = DayField(label=_("Until"), required=False, help_text=_("Left empty where it does not run out."))


class EndForm(HallkeeperForm):
    """Why it ends."""

    reason = forms.CharField(label=_("Reason"), max_length=REASON_LENGTH, widget=forms.TextInput({"class": "w-l"}))


class CompetenceForm(HallkeeperForm):
    """A kind of competence, and the services that ask for it."""

    code = forms.SlugField(label=pgettext_lazy("thing", "Code"), max_length=50, widget=forms.TextInput({"class": "w-m", "autocomplete": "off"}),
                           error_messages={"invalid": _("A code has only the letters a to z, figures, hyphens and underlines. Change it.")})
    name = TextsField(label=pgettext_lazy("thing", "Name"))
    services = forms.ModelMultipleChoiceField(Service.objects.order_by("prefix"), label=_("Services that ask for it"), required=False,
                                              widget=forms.CheckboxSelectMultiple,
                                              help_text=_("Only who holds the competence may give these services."))


class CompetenceFilters(FilterForm):
    """How the list of people is narrowed."""

    q = forms.CharField(label=_("Name or number"), max_length=60)
    hall = forms.ModelChoiceField(Hall.objects.order_by("pk"), label=_("Hall"), empty_label=_("all"))
    competence = forms.ModelChoiceField(Competence.objects.order_by("code"), label=_("Holds today"), empty_label=_("all"))

    def narrow(self, rows):
        """The people that pass."""
        asked, today = self.cleaned_data, timezone.localdate()
        if asked["q"]:
            rows = rows.filter(named(asked["q"]))
        if asked["hall"]:
            rows = rows.filter(pk__in=postings_on(today).filter(hall=asked["hall"]).values("employee"))
        if asked["competence"]:
            held = asked["competence"].held.filter(valid_from__lte=today).exclude(valid_until__lt=today)
            rows = rows.filter(pk__in=held.values("employee"))
        return rows
