"""What the verbs on duties ask."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import HallkeeperForm


class ExcuseForm(HallkeeperForm):
    """Why a duty is let go."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput({"class": "w-l"}))
