"""The base of every form: crispy layout without a form tag, no browser validation, clean text."""
import unicodedata
from types import MappingProxyType

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from config.web import sentences

CONTROL = {ord(c): None for c in map(chr, range(32)) if c not in "\n\r\t"}


def clean_text(text):
    """Text as it is kept: NFC, no control characters, no surrounding blanks."""
    return unicodedata.normalize("NFC", text).translate(CONTROL).strip()


DASHES = "---------"  # what Django shows where nothing is chosen yet; no words of ours


class HallkeeperForm(forms.Form):
    """A form that is one verb's questions. Labels are words the desk uses; optional fields say so in the label's hint. `why` cites the
    clause of the regulation that asks for a field, {name: "S0 §3.3.1.1"}: the field shows it (tag `why`)."""

    use_required_attribute = False
    why = MappingProxyType({})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, citation in self.why.items():
            self.fields[name].why = citation
        for field in self.fields.values():
            if getattr(field, "empty_label", None) == DASHES:
                field.empty_label = _("choose") if field.required else "—"
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


class RecordField(forms.ChoiceField):
    """One of a few records that were read already, {id: record} in `records`; Django's own field for it would read the chosen one again."""

    def __init__(self, *, empty_label=None, **kwargs):
        super().__init__(**kwargs)
        self.records, self.empty_label = {}, empty_label

    def offer(self, records, choices=None):
        """Take one of `records` from now on, and show them, or the `choices` among them that are given."""
        self.records = {str(key): one for key, one in records.items()}
        shown = [(key, str(one)) for key, one in records.items()] if choices is None else choices
        self.choices = [("", self.empty_label), *shown] if self.empty_label is not None else shown

    def to_python(self, value):
        """The record that was chosen, or None."""
        if value in self.empty_values:
            return None
        if str(value) not in self.records:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})
        return self.records[str(value)]

    def validate(self, value):
        """Whatever record was found may be chosen; only whether there has to be one is asked here."""
        forms.Field.validate(self, value)


class VersionedForm(HallkeeperForm):
    """A form on an existing record; carries the version it was opened on."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
