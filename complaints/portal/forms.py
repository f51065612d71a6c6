"""The four questions of a complaint, and what is asked on the tracking page."""
from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.handling.models import Kind
from config.web.forms import HallkeeperForm
from reception.customers.phones import read_phones
from staff.organisation.models import Hall

MOST_PHOTOS = 4
QUICKEST = 3  # seconds in which nobody reads and answers the questions
SALT = "complaints.portal.opened"


class Photos(forms.FileInput):
    """Several pictures; a phone offers its camera."""

    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        """All of them."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class PhotosField(forms.FileField):
    """A list of uploads."""

    widget = Photos({"accept": "image/jpeg,image/png,image/webp", "multiple": True})

    def clean(self, data, initial=None):
        """All that were chosen."""
        chosen = [super(PhotosField, self).clean(one, initial) for one in data or []]
        if len(chosen) > MOST_PHOTOS:
            raise forms.ValidationError(_("Choose four photos at most."))
        return chosen


def opened_now():
    """A seal of the moment in which the form is shown."""
    return signing.dumps(int(timezone.now().timestamp()), salt=SALT)


class HallField(forms.ModelChoiceField):
    """A hall with its address."""

    def label_from_instance(self, hall):
        """Name and address."""
        return f"{hall} · {hall.address}" if hall.address else str(hall)


class ComplainForm(HallkeeperForm):
    """What happened, where, how to reach the customer, what they would like. `website` is a trap: people do not see it. `opened` tells how
    long the form stood open."""

    kind = forms.ChoiceField(label=_("What would you like to tell us?"), choices=Kind.choices, initial=Kind.COMPLAINT, widget=forms.RadioSelect)
    matter = forms.CharField(label=_("What happened?"), max_length=4000, widget=forms.Textarea({"rows": 5, "data-count": 4000}),
                             help_text=_("When, where, and what. You need not give names."))
    photos = PhotosField(label=_("Photos"), required=False, help_text=_("Up to four."))
    hall = HallField(Hall.objects.none(), label=_("Where?"), empty_label=None, widget=forms.RadioSelect)
    demand = forms.CharField(label=_("What would you like?"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2}))
    contact = forms.CharField(label=_("How do we reach you?"), max_length=120, required=False, help_text=_(
        "Telephone or e-mail. Without it we take your words all the same; you follow them by a link of your own."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}))
    name = forms.CharField(label=_("Name of the customer"), max_length=80, required=False, widget=forms.TextInput({"autocomplete": "off"}))
    reported_by = forms.CharField(label=_("Who you are"), max_length=120, required=False, widget=forms.TextInput({"autocomplete": "off"}),
                                  help_text=_("Such as: Li Ming, son of the customer."))
    website = forms.CharField(label="Website", required=False, widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}))
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hall"].queryset = Hall.objects.open_on(today).order_by("pk")

    def clean_contact(self):
        """One number or one address."""
        typed = self.cleaned_data["contact"].strip()
        self.phone = self.email = ""
        if "@" in typed:
            self.email = forms.EmailField(error_messages={"invalid": _("This is not a complete e-mail address. Mend it, or leave it empty.")}).clean(typed)
        elif typed:
            self.phone = next((one.e164 for one in read_phones(typed) if one.e164), "")
            if not self.phone or len(self.phone) > 20:
                raise forms.ValidationError(_("This is not a complete telephone number. Enter all its digits, or leave it empty."))
        return typed

    def clean(self):
        """Neither the trap nor the haste of a machine."""
        cleaned = super().clean()
        if cleaned.get("website"):
            raise forms.ValidationError(_("A field that nobody sees was filled in. Send it once more without it."))
        try:
            since = signing.loads(cleaned.get("opened", ""), salt=SALT)
        except signing.BadSignature:
            since = timezone.now().timestamp()
        if timezone.now().timestamp() - since < QUICKEST:
            raise forms.ValidationError(_("That was very quick. Look it over and send it once more."))
        return cleaned

    def hidden_again(self):
        """The moment in which it was first shown, or now where that was lost."""
        try:
            signing.loads(self.data.get("opened", ""), salt=SALT)
            return self.data["opened"]
        except signing.BadSignature:
            return opened_now()


class TrackForm(HallkeeperForm):
    """The code, and the last four digits of the phone."""

    code = forms.CharField(label=_("Your code"), max_length=20, widget=forms.TextInput(
        {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "w-m"}))
    digits = forms.CharField(label=_("Last four digits of your telephone number"), max_length=8, widget=forms.TextInput(
        {"autocomplete": "off", "inputmode": "numeric", "class": "w-s"}))


def words(label, rows=2, required=False):
    """A field of the customer's own words."""
    return forms.CharField(label=label, max_length=1000, required=required, widget=forms.Textarea({"rows": rows}))


class ActForm(HallkeeperForm):
    """One act of the tracking page; several stand on it, so each names its fields after itself."""

    def __init__(self, *args, act, **kwargs):
        super().__init__(*args, auto_id=f"{act}_%s", **kwargs)


class AnswerForm(ActForm):
    """Words and photos."""

    text = words(_("Your words"), rows=3)
    photos = PhotosField(label=_("Photos"), required=False)


class DecideForm(ActForm):
    """Yes or no to the offer; a no says why."""

    text = words(_("Is something missing? Say so here."))


class RateForm(ActForm):
    """One to five, and why."""

    stars = forms.TypedChoiceField(label=_("Are you satisfied?"), coerce=int, widget=forms.RadioSelect, choices=[
        ("5", _("very satisfied")), ("4", _("satisfied")), ("3", _("fairly satisfied")), ("2", _("dissatisfied")), ("1", _("very dissatisfied"))])
    text = words(_("Your opinion"))


class AgainForm(ActForm):
    """What is missing."""

    text = words(_("What is missing?"), rows=3, required=True)


class UrgeForm(ActForm):
    """A word to the urging."""

    text = words(_("A word to it"))


class WithdrawForm(ActForm):
    """Why it is taken back."""

    text = words(_("Why"))


OF_ACT = {"answer": AnswerForm, "accept": DecideForm, "refuse": DecideForm, "decide": DecideForm, "rate": RateForm, "again": AgainForm, "urge": UrgeForm,
          "withdraw": WithdrawForm}
