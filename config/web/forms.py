"""The base of every form: crispy layout without a form tag, no browser validation, clean text."""
import unicodedata

from crispy_forms.helper import FormHelper
from django import forms

from config.web import sentences

CONTROL = {ord(c): None for c in map(chr, range(32)) if c not in "\n\r\t"}


def clean_text(text):
    """Text as it is kept: NFC, no control characters, no surrounding blanks."""
    return unicodedata.normalize("NFC", text).translate(CONTROL).strip()


class HallkeeperForm(forms.Form):
    """A form that is one verb's questions. Labels are words the desk uses; optional fields say so in the label's hint."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def full_clean(self):
        """Check what was typed, each field in words of its own."""
        if self.is_bound:
            for name, field in self.fields.items():
                sentences.speak(field, self[name].label)
        super().full_clean()

    def clean(self):
        """Tidy every typed text."""
        cleaned = super().clean()
        for name, value in (cleaned or self.cleaned_data).items():
            if isinstance(value, str):
                self.cleaned_data[name] = clean_text(value)
        return self.cleaned_data


class VersionedForm(HallkeeperForm):
    """A form on an existing record; carries the version it was opened on."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
