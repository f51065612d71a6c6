"""What an evacuation asks."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import HallkeeperForm
from reception.visits.presence.models import Evacuation


class StartForm(HallkeeperForm):
    """For practice or in earnest."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Evacuation.Kind.choices, widget=forms.RadioSelect(),
                             error_messages={"required": _("Say whether it is a drill or in earnest.")})


class AddForm(HallkeeperForm):
    """Somebody who was in the hall and on no list."""

    name = forms.CharField(label=_("Name or description"), max_length=80, help_text=_("Such as “courier, yellow jacket”"))
    people = forms.IntegerField(label=_("How many people"), min_value=1, max_value=99, initial=1,
                                widget=forms.NumberInput({"class": "w-xs", "inputmode": "numeric"}))
    safe = forms.BooleanField(label=_("They are outside"), required=False)


class EndForm(HallkeeperForm):
    """What is to be remembered."""

    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3}),
                           help_text=_("What went well, what has to be put right, what is known of anybody missing"))
