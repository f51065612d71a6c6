"""The questions of log-in, second step and password pages."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.accounts.passwords import LONGEST, OwnWords
from config.web.forms import HallkeeperForm


def password_field(label, autocomplete, **facts):
    """A password as it was typed: blanks at its ends belong to it."""
    return forms.CharField(label=label, max_length=LONGEST, strip=False,
                           widget=forms.PasswordInput(attrs={"autocomplete": autocomplete, "class": "w-l"}), **facts)


class LogInForm(HallkeeperForm):
    """Name and password."""

    username = forms.CharField(label=_("User name"), max_length=60, widget=forms.TextInput(attrs={
        "autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True, "class": "w-l"}))
    password = password_field(_("Password"), "current-password")

    def clean(self):
        """Leave the typed password as it is; only names are tidied."""
        password = self.cleaned_data.get("password")
        cleaned = super().clean()
        if password is not None:
            cleaned["password"] = password
        return cleaned


class UnlockForm(HallkeeperForm):
    """The password of the person who locked the screen."""

    password = password_field(_("Password"), "current-password")

    def clean(self):
        """Leave the typed password as it is."""
        password = self.cleaned_data.get("password")
        cleaned = super().clean()
        if password is not None:
            cleaned["password"] = password
        return cleaned


class CodeForm(HallkeeperForm):
    """A code of the second step."""

    code = forms.CharField(label=_("Code"), max_length=40, widget=forms.TextInput(attrs={
        "autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", "autofocus": True, "class": "w-s num"}))


class PasswordForm(HallkeeperForm):
    """The present password and the new one, twice."""

    current = password_field(_("Present password"), "current-password")
    new = password_field(_("New password"), "new-password")
    again = password_field(_("New password again"), "new-password")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new"].help_text = OwnWords().get_help_text()

    def clean(self):
        """Both new ones are the same; nothing of a password is tidied."""
        typed = dict(self.cleaned_data)
        super().clean()
        self.cleaned_data.update(typed)
        if {"new", "again"} <= typed.keys() and typed["new"] != typed["again"]:
            self.add_error("again", _("This is not the same as the new password above. Enter the same one twice."))
        return self.cleaned_data


class NothingToAsk(HallkeeperForm):
    """A verb that asks nothing."""
