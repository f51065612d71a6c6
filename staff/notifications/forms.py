"""What is asked: how one wants to be told, and what a robot of a chat group needs."""
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from config.outbox.models import Message
from config.web.filters import FilterDay, FilterForm
from config.web.forms import HallkeeperForm, VersionedForm
from staff.notifications import queries
from staff.notifications.kinds import in_order
from staff.notifications.models import NotificationChoice, Robot

UNREAD = "unread"
PARTS = ("app", "email", "robot")
SHOWN = ("app", "robot", "email")  # in this order, the ticks first


class NotificationFilters(FilterForm):
    """Unread ones, of one kind, since when."""

    unread = forms.BooleanField(label=_("Only unread"))
    kind = forms.ChoiceField(label=_("Kind"), choices=())
    since = FilterDay(label=_("From day"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("any")), *((kind.key, kind.label) for kind in in_order())]

    def narrow(self, rows):
        """The notifications that pass."""
        chosen = self.cleaned_data
        if chosen["unread"]:
            rows = rows.unread()
        if chosen["kind"]:
            rows = rows.filter(kind=chosen["kind"])
        return rows.filter(at__date__gte=chosen["since"]) if chosen["since"] else rows


class ChoicesForm(HallkeeperForm):
    """Where one is written to, when not, and how each kind comes."""

    email = forms.EmailField(label=_("E-mail address"), required=False, max_length=254, widget=forms.EmailInput({"class": "w-l", "autocomplete": "email"}),
                             help_text=_("Without one nothing comes by e-mail."), error_messages={
                                 "invalid": _("Enter the whole address: a name, an @ and the name of the mail server.")})
    digest_hour = forms.TypedChoiceField(label=_("Mail of the day at"), coerce=int, choices=[(hour, f"{hour}:00") for hour in range(24)],
                                         widget=forms.Select({"class": "w-s"}), help_text=_("By the clock of the hall you work in."))
    quiet_from = forms.TimeField(label=_("No mail from"), required=False, widget=forms.TimeInput({"type": "time", "class": "w-s"}, format="%H:%M"),
                                 error_messages={"invalid": _("Enter a time such as 21:00.")})
    quiet_until = forms.TimeField(label=_("until"), required=False, widget=forms.TimeInput({"type": "time", "class": "w-s"}, format="%H:%M"),
                                  error_messages={"invalid": _("Enter a time such as 7:30.")},
                                  help_text=_("What is told meanwhile comes by mail when they are over. What a visitor waits for comes at once."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sections = []
        for kind in in_order():
            self.fields[f"app_{kind.key}"] = forms.BooleanField(label=_("In the application"), required=False, disabled=kind.mandatory,
                                                                help_text=_("The rules ask for it.") if kind.mandatory else "")
            self.fields[f"email_{kind.key}"] = forms.ChoiceField(label=_("By e-mail"), choices=NotificationChoice.Mail.choices,
                                                                  widget=forms.Select({"class": "w-m"}))
            self.fields[f"robot_{kind.key}"] = forms.BooleanField(label=_("In my chat group"), required=False)
            sections.append(Fieldset(kind.label, Row(*(f"{part}_{kind.key}" for part in SHOWN)), css_id=f"kind-{kind.key}", css_class="ways"))
        self.helper.layout = Layout("email", "digest_hour", Row("quiet_from", "quiet_until"), *sections)

    def clean(self):
        """Quiet hours have both ends; mail has an address."""
        answers = super().clean()
        if (answers.get("quiet_from") is None) != (answers.get("quiet_until") is None):
            missing = "quiet_from" if answers.get("quiet_from") is None else "quiet_until"
            if missing not in self.errors:
                self.add_error(missing, _("Quiet hours have a beginning and an end. Enter both, or leave both empty."))
        mailed = [kind.label for kind in in_order() if answers.get(f"email_{kind.key}") in (NotificationChoice.Mail.NOW, NotificationChoice.Mail.DAILY)]
        if mailed and not answers.get("email") and "email" not in self.errors:
            self.add_error("email", _("Enter the address to which “%(kind)s” shall come, or choose no e-mail for it.") % {"kind": mailed[0]})
        return answers


class DeliveryFilters(FilterForm):
    """How it ended."""

    state = forms.ChoiceField(label=_("State"), choices=())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("any")), *Message.State.choices]

    def narrow(self, rows):
        """The messages that pass."""
        return rows.filter(state=self.cleaned_data["state"]) if self.cleaned_data["state"] else rows


class RobotForm(VersionedForm):
    """A robot of a chat group. What is kept of key and secret is never shown again."""

    service = forms.ChoiceField(label=_("Chat service"), choices=Robot.Service.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Chat group"), max_length=60, help_text=_("As the group is called, so that you find it again."))
    hall = forms.ModelChoiceField(None, label=_("Hall"), required=False, empty_label=_("none"), widget=forms.Select({"class": "w-m"}), error_messages={
        "invalid_choice": _("Choose one of the halls whose robots you keep.")})
    team = forms.ModelChoiceField(None, label=_("Team"), required=False, empty_label=_("none"), widget=forms.Select({"class": "w-m"}), error_messages={
        "invalid_choice": _("Choose one of the teams whose robots you keep.")})
    token = forms.CharField(label=_("Address of the robot"), max_length=400, widget=forms.PasswordInput({"class": "w-l", "autocomplete": "off"}),
                            help_text=_("Paste the whole address that the chat service shows. It is kept like a password."))
    secret = forms.CharField(label=_("Secret of the signature"), max_length=120, required=False,
                             widget=forms.PasswordInput({"class": "w-l", "autocomplete": "off"}),
                             help_text=_("DingTalk only: it begins with SEC and stands under “additional signature”."))
    language = forms.ChoiceField(label=_("It speaks"), choices=settings.LANGUAGES, widget=forms.Select({"class": "w-m"}))
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args, viewer, present=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hall"].queryset, self.fields["team"].queryset = queries.halls_with_robots(viewer), queries.teams_with_robots(viewer)
        if present:
            self.fields["token"].required = False
            self.fields["token"].help_text = _("Kept: %(end)s. Paste another one only to replace it.") % {"end": present.masked}
            if present.secret:
                self.fields["secret"].help_text = _("A secret is kept. Enter another one only to replace it.")
