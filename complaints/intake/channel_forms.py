"""What is asked of channels, checks and mails, and how their lists are narrowed."""
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.handling.models import Channel, Complaint, Kind, Level
from complaints.handling.permissions import Can
from complaints.intake.models import BoxCheck, ComplaintChannel, IncomingMail
from config.web.filters import FilterDay, FilterForm
from config.web.forms import HallkeeperForm, VersionedForm
from reception.customers.phones import read_phones
from staff.organisation.access import halls_within
from staff.organisation.models import Hall

ANY = ("", _("any"))


class ChannelForm(HallkeeperForm):
    """What is said of one way by which customers complain."""

    kind_of_channel = ""
    value = forms.CharField(label=_("Number, address or place"), max_length=200, widget=forms.TextInput({"class": "w-l"}),
                            help_text=_("As customers read it, such as the box beside the entrance."))
    hours = forms.CharField(label=_("When"), required=False, max_length=120, widget=forms.TextInput({"class": "w-l"}))
    public = forms.BooleanField(label=_("Shown on the public page and the poster"), required=False, initial=True)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def clean(self):
        """A number is one that can be called, an address one that can be written to."""
        answers = super().clean()
        kind, value = answers.get("kind") or self.kind_of_channel, answers.get("value")
        if value and kind == Channel.EMAIL:
            try:
                forms.EmailField().clean(value)
            except forms.ValidationError:
                self.add_error("value", _("Enter the whole address: a name, an @ and the name of the mail server."))
        if value and kind == Channel.PHONE and not any(one.e164 for one in read_phones(value)):
            self.add_error("value", _("This is not a complete telephone number. Enter all its digits."))
        return answers


class AddChannelForm(ChannelForm):
    """A further way, in a hall that `viewer` decides over."""

    field_order = ("hall", "kind")
    hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"), empty_label=None)
    kind = forms.ChoiceField(label=_("Channel"), choices=Channel.choices, widget=forms.RadioSelect)

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        halls = [hall.pk for hall in halls_within(viewer, Can.DECIDE, timezone.localdate())]
        self.fields["hall"].queryset = Hall.objects.filter(pk__in=halls).order_by("pk")


class ChangeChannelForm(VersionedForm, ChannelForm):
    """`channel` is the one that is changed: its hall and kind stay."""

    def __init__(self, *args, channel, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind_of_channel = channel.kind


class ChannelFilters(FilterForm):
    """Which way, in use or not."""

    kind = forms.ChoiceField(label=_("Channel"), choices=[ANY, *Channel.choices])
    unused = forms.BooleanField(label=_("Also out of use"))

    def narrow(self, rows):
        """The channels that pass."""
        rows = rows if self.cleaned_data["unused"] else rows.filter(is_active=True)
        return rows.filter(kind=self.cleaned_data["kind"]) if self.cleaned_data["kind"] else rows


class CheckForm(VersionedForm):
    """What was there."""

    found = forms.IntegerField(label=_("Complaints found"), min_value=0, max_value=999, widget=forms.NumberInput({
        "class": "w-xs", "inputmode": "numeric", "autofocus": True}), help_text=_("0 when it was empty; that is recorded too."),
        error_messages={"required": _("Enter how many there were; 0 when it was empty.")})
    note = forms.CharField(label=_("Note"), required=False, max_length=300, widget=forms.TextInput({"class": "w-l"}))


class ReasonForm(HallkeeperForm):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput({"class": "w-l", "autofocus": True}))


class CheckFilters(FilterForm):
    """How it stands, which way, on which days."""

    state = forms.ChoiceField(label=_("State"), choices=[ANY, *BoxCheck.State.choices])
    kind = forms.ChoiceField(label=_("Channel"), choices=[ANY, *((one.value, one.label) for one in ComplaintChannel.CHECKED)])
    since = FilterDay(label=_("From"))
    until = FilterDay(label=_("To"))

    def narrow(self, rows):
        """The checks that pass."""
        chosen = self.cleaned_data
        asked = {"state": chosen["state"], "channel__kind": chosen["kind"], "day__gte": chosen["since"], "day__lte": chosen["until"]}
        return rows.filter(**{name: value for name, value in asked.items() if value})


class TakeForm(HallkeeperForm):
    """What it is, and how grave."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, initial=Kind.COMPLAINT, widget=forms.RadioSelect({"class": "digits"}))
    matter = forms.CharField(label=_("Matter"), max_length=4000, widget=forms.Textarea({"rows": 8}), help_text=_("In the customer's own words."))
    impact = forms.ChoiceField(label=_("Impact"), choices=Level.choices, initial=Level.LOW, widget=forms.RadioSelect)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Level.choices, initial=Level.LOW, widget=forms.RadioSelect)
    safety = forms.BooleanField(label=_("Somebody's safety is at stake"), required=False)


class JoinForm(HallkeeperForm):
    """To which complaint it belongs."""

    number = forms.CharField(label=_("Number or code of the complaint"), max_length=16, widget=forms.TextInput({"class": "w-m", "autofocus": True}))

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean(self):
        """The complaint, in reach."""
        answers = super().clean()
        typed = answers.pop("number", "").upper()
        rows = Complaint.objects.visible_to(self.viewer, Can.HANDLE)
        answers["complaint"] = (rows.filter(number=typed).first() or rows.filter(public_code=typed).first()) if typed else None
        if typed and answers["complaint"] is None:
            self.add_error("number", _("No complaint that you handle has this number or code."))
        return answers


class MailFilters(FilterForm):
    """Words, what became of it, since when."""

    q = forms.CharField(label=_("Sender or subject"), max_length=80)
    state = forms.ChoiceField(label=_("State"), choices=[ANY, *IncomingMail.State.choices])
    since = FilterDay(label=_("From"))

    def narrow(self, rows):
        """The mails that pass."""
        chosen = self.cleaned_data
        rows = rows.filter(state=chosen["state"]) if chosen["state"] else rows
        rows = rows.filter(received_at__date__gte=chosen["since"]) if chosen["since"] else rows
        words = chosen["q"].replace("\0", "")
        return rows.filter(sender__icontains=words) | rows.filter(subject__icontains=words) if words else rows
