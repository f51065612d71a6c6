"""What is asked about a customer's own data: consents and what they allow, wishes, holds, erasing."""
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.web.day_fields import WAS_MOMENT, MomentField
from config.web.forms import HallkeeperForm, VersionedForm
from reception.customers.consent_models import Consent
from reception.customers.forms import text
from reception.customers.models import Customer


class WishesForm(VersionedForm):
    """How the customer likes to be reached."""

    prefers_channel = forms.ChoiceField(label=_("Reached best"), choices=[("", _("any way")), *Customer.Channel.choices], required=False,
                                        widget=forms.RadioSelect)
    prefers_time = text(_("Best time"), 60, help_text=_("As the customer says it, such as “after 6 pm” or “never on Mondays”."), **{"class": "w-l"})
    prefers_language = text(_("Language to speak"), 40, **{"class": "w-m"})
    prefers_manner = text(_("Manner"), 200, help_text=_("Such as “speak slowly” or “write, do not call”."), **{"class": "w-l"})


class ConsentForm(HallkeeperForm):
    """A consent as the customer gave it."""

    purpose = forms.ChoiceField(label=_("What for"), choices=Consent.Purpose.choices, widget=forms.RadioSelect)
    third_party = text(_("Passed on to"), 120, help_text=_("The name of the company, where data may be passed on."), **{"class": "w-l"})
    channel = forms.ChoiceField(label=_("How"), choices=Consent.Channel.choices, widget=forms.RadioSelect)
    given_at = MomentField(label=_("When"), attrs=WAS_MOMENT, error_messages={"required": _("Enter when the customer said yes.")})


class WithdrawForm(HallkeeperForm):
    """How a consent was taken back."""

    channel = forms.ChoiceField(label=_("How"), choices=Consent.Channel.choices, widget=forms.RadioSelect)


class DisclosureForm(HallkeeperForm):
    """What was told to whom, and why."""

    to_whom = text(_("Passed on to"), 120, required=True, help_text=_("As it is named in the consent."), **{"class": "w-l"})
    what = text(pgettext_lazy("disclosure", "What"), 300, required=True,
                help_text=_("Such as “name and number”; the values themselves are not written here."), **{"class": "w-l"})
    why = text(_("Why"), 300, required=True, **{"class": "w-l"})
    at = MomentField(label=_("When"), attrs=WAS_MOMENT, error_messages={"required": _("Enter when it was told.")})


class HoldForm(HallkeeperForm):
    """Why a file has to be kept, or need not be any more."""

    reason = text(_("Reason"), 300, required=True, **{"class": "w-l"})


class EraseForm(HallkeeperForm):
    """Why, and the number of the file as a confirmation."""

    reason = text(_("Reason"), 300, required=True, help_text=_("Such as “asked for by letter of 3 May”. Leave name and number out: the proof stays."),
                  **{"class": "w-l"})
    typed = text(_("Number of the file"), 20, required=True, help_text=_("Type it to confirm. Nothing brings the data back."), **{"class": "w-m"})


class FindForm(HallkeeperForm):
    """The number by which somebody asks for their data."""

    phone = text(_("Telephone"), 40, required=True, inputmode="tel", **{"class": "w-l"})
