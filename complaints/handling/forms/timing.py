"""Words to and from the customer, pauses, more time."""
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.handling.forms.fields import IN_THE_HOUSE, line, method, said, text, yes_or_no
from complaints.handling.models import Channel
from config.web.forms import HallkeeperForm


class TellForm(HallkeeperForm):
    """How it stands."""

    method = method()
    text = said()


class PublishForm(HallkeeperForm):
    """What stands on the tracking page."""

    text = said(_("What the tracking page says"))


class AskForm(HallkeeperForm):
    """What the house has to know from the customer."""

    method = method()
    text = said(_("Question"))
    pauses = forms.BooleanField(label=_("The clock rests until the customer answers"), required=False, initial=True)


class WordForm(HallkeeperForm):
    """What the customer said."""

    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices)
    text = text(_("What the customer said"), help_text=_("In the customer's own words."))


class ContactForm(HallkeeperForm):
    """A try that failed."""

    method = method()
    text = line(_("What was tried"), help_text=_("Such as: rang three times, nobody answered."))


class NoteForm(HallkeeperForm):
    """For the house alone."""

    text = text(_("Note"), help_text=IN_THE_HOUSE)


class ContainForm(HallkeeperForm):
    """What was done so that it gets no worse."""

    text = text(_("What was done at once"), help_text=IN_THE_HOUSE)


class UrgeForm(HallkeeperForm):
    """Who urges, and why."""

    text = text(pgettext_lazy("urging", "What was said"), 1000, 3, help_text=_("It counts against the handling."))


class PauseForm(HallkeeperForm):
    """Why the clock rests, and what shows it."""

    reason = line(_("Why the clock rests"))
    evidence = line(_("What shows it"), help_text=_("Such as the message to the customer, with day and time."))


class ResumeForm(HallkeeperForm):
    """What ended the pause."""

    how = line(_("What ended the pause"))


class ExtensionForm(HallkeeperForm):
    """How much more time, and why."""

    days = forms.IntegerField(label=_("More working days"), min_value=1, max_value=60, widget=forms.NumberInput({"class": "w-xs", "inputmode": "numeric"}))
    reason = line(_("Reason"), help_text=_("A superior decides; the customer is told once it is granted."))


class DecideExtensionForm(HallkeeperForm):
    """The superior's word; granted, the customer is told."""

    granted = yes_or_no(_("Decision"), _("granted; the customer is told"), _("declined"))
    method = method(_("How the customer is told"))
    text = said(_("What the customer is told; declined: why"), 300)
