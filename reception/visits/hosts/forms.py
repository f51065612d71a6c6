"""What a host answers."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.web.forms import HallkeeperForm
from reception.visits.hosts import states

WORDS = {states.COMING: _("I come"), states.SOON: _("In 5 minutes"), states.OTHER: _("Somebody else, I cannot")}


class AnswerForm(HallkeeperForm):
    """One of three answers."""

    says = forms.ChoiceField(choices=list(WORDS.items()))
