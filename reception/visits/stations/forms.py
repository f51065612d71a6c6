"""What is asked: of visitors at a kiosk (as little as the hall says), and of who sets stations up."""
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.conf import settings as house
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.web.filters import FilterForm
from config.web.forms import HallkeeperForm, VersionedForm
from config.web.texts import CODES, Text
from reception.customers.phones import Kind, read_phones
from reception.visits.permissions import Can
from reception.visits.stations import queries
from reception.visits.stations.models import HallKiosk, Station
from staff.organisation.models import Hall

CLOCK = ["%H:%M", "%H%M", "%H.%M"]
NOTICE_LENGTH = 400


class VisitorForm(HallkeeperForm):
    """The questions that a hall asks at its kiosk beside the service; each may be off, optional or required."""

    phone = forms.CharField(label=_("Your telephone number"), max_length=40, widget=forms.TextInput(
        {"inputmode": "tel", "autocomplete": "off", "enterkeyhint": "next", "class": "w-l", "data-pad": True}))
    name = forms.CharField(label=_("Your name"), max_length=80, widget=forms.TextInput(
        {"autocomplete": "off", "spellcheck": "false", "enterkeyhint": "next", "class": "w-l"}))
    company = forms.CharField(label=_("Your company"), max_length=120, widget=forms.TextInput(
        {"autocomplete": "off", "spellcheck": "false", "enterkeyhint": "next", "class": "w-l"}))
    party_size = forms.IntegerField(label=_("How many are you?"), min_value=1, max_value=200, widget=forms.NumberInput(
        {"inputmode": "numeric", "autocomplete": "off", "class": "w-s", "data-pad": True}), error_messages={
            "min_value": _("At least one person came. Enter 1 or more."), "max_value": _("For more than 200 people, go to the reception desk."),
            "invalid": _("Enter the number of people as a figure.")})

    def __init__(self, *args, settings, **kwargs):
        super().__init__(*args, **kwargs)
        for question in HallKiosk.QUESTIONS:
            if question not in settings.asked:
                del self.fields[question]
            else:
                self.fields[question].required = getattr(settings, question) == HallKiosk.Ask.REQUIRED
        self.helper.layout = Layout(*self.fields)

    def clean_phone(self):
        """Whole numbers only; a half one would call nobody."""
        typed = self.cleaned_data["phone"]
        self.phones = [phone for phone in read_phones(typed) if phone.raw]
        if any(phone.kind == Kind.UNREADABLE for phone in self.phones):
            optional = not self.fields["phone"].required
            raise forms.ValidationError(_("This is not a complete telephone number. Enter all its digits, or leave it empty.") if optional else
                                        _("This is not a complete telephone number. Enter all its digits."))
        return typed

    @property
    def facts(self):
        """The answers as `services.arrive` takes them."""
        answers = {name: self.cleaned_data.get(name) or "" for name in ("name", "company")}
        return answers | {"phones": getattr(self, "phones", []), "party_size": self.cleaned_data.get("party_size")}


class StationForm(HallkeeperForm):
    """A new station."""

    hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"), empty_label=None, widget=forms.Select({"class": "w-l"}))
    kind = forms.ChoiceField(label=_("Kind"), choices=Station.Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=60, widget=forms.TextInput({"class": "w-l", "autocomplete": "off"}),
                           help_text=_("By which you tell it from the others, such as “Kiosk at the east door”."))

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hall"].queryset = queries.halls_kept(viewer, Can.STATIONS_EDIT).open_on(timezone.localdate())


class NothingForm(HallkeeperForm):
    """A verb that asks nothing."""


class StationFilters(FilterForm):
    """How the list is narrowed; stations out of use are shown when asked for."""

    hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"), empty_label=_("all"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("all")), *Station.Kind.choices])
    unused = forms.BooleanField(label=_("Also stations out of use"))

    def __init__(self, data, *, viewer, **kwargs):
        super().__init__(data, viewer=viewer, **kwargs)
        self.fields["hall"].queryset = queries.halls_kept(viewer, Can.STATIONS)

    def narrow(self, rows):
        """The stations that pass."""
        asked = self.cleaned_data
        rows = rows.filter(**{name: asked[name] for name in ("hall", "kind") if asked[name]})
        return rows if asked["unused"] else rows.filter(revoked_at=None)


def clock(label, **more):
    """A time of day that may be empty."""
    return forms.TimeField(label=label, required=False, input_formats=CLOCK, widget=forms.TimeInput(
        {"class": "w-xs", "placeholder": "21:30", "inputmode": "numeric"}, format="%H:%M"),
        error_messages={"invalid": _("Enter the time as hours and minutes, such as 14:05.")}, **more)


def notice(label, code):
    """The notice of purpose in one language."""
    return forms.CharField(label=label, required=False, max_length=NOTICE_LENGTH, widget=forms.Textarea(
        {"rows": 3, "lang": code, "data-count": NOTICE_LENGTH}))


class SettingsForm(VersionedForm):
    """What the kiosk of a hall asks, how its display looks and speaks, and the notice of purpose."""

    phone = forms.ChoiceField(label=_("Telephone"), choices=HallKiosk.Ask.choices, widget=forms.RadioSelect,
                              help_text=_("By the number a returning visitor is recognised; they are asked whether it is them."))
    name = forms.ChoiceField(label=pgettext_lazy("person", "Name"), choices=HallKiosk.Ask.choices, widget=forms.RadioSelect)
    company = forms.ChoiceField(label=_("Company"), choices=HallKiosk.Ask.choices, widget=forms.RadioSelect)
    party_size = forms.ChoiceField(label=_("Number of people"), choices=HallKiosk.Ask.choices, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language"), choices=house.LANGUAGES, widget=forms.RadioSelect,
                                 help_text=_("The display shows it always; the kiosk goes back to it after each visitor."))
    theme = forms.ChoiceField(label=_("Light and dark"), choices=HallKiosk.Theme.choices, widget=forms.RadioSelect)
    spoken = forms.ChoiceField(label=_("Spoken calls"), choices=HallKiosk.Spoken.choices, widget=forms.RadioSelect,
                               help_text=_("A display without a voice of that language sounds a chime instead."))
    repeats = forms.IntegerField(label=_("Times each call is heard"), min_value=1, max_value=5, widget=forms.NumberInput({"class": "w-xs"}))
    volume = forms.IntegerField(label=_("Volume in per cent"), min_value=0, max_value=100, widget=forms.NumberInput({"class": "w-xs"}))
    mute_from = clock(_("Silent from"), help_text=_("A span may pass midnight."))
    mute_until = clock(_("Silent until"))
    night_from = clock(_("Dimmed from"))
    night_until = clock(_("Dimmed until"))
    notice_en = notice(_("In English"), "en")
    notice_zh_hans = notice(_("In Simplified Chinese"), "zh-hans")
    notice_zh_hant = notice(_("In Traditional Chinese"), "zh-hant")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            "version",
            Fieldset(_("The kiosk asks"), "phone", "name", "company", "party_size"),
            Fieldset(_("Notice of purpose"), "notice_zh_hans", "notice_zh_hant", "notice_en"),
            Fieldset(_("Kiosk and display"), "language", "theme"),
            Fieldset(_("Calls on the display"), "spoken", Row("repeats", "volume"), Row("mute_from", "mute_until"), Row("night_from", "night_until")))

    def clean(self):
        """The three notices become one text."""
        answers = super().clean()
        answers["notice"] = Text({code: text for code in CODES if (text := answers.pop(f"notice_{code.replace('-', '_')}", ""))})
        return answers
