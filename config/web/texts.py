"""Texts of data in three languages: names of services, posts, clauses, checklist items (GEN-18)."""
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

CODES = ("en", "zh-hans", "zh-hant")
FALLBACK = {"en": ("en", "zh-hans", "zh-hant"), "zh-hans": ("zh-hans", "zh-hant", "en"), "zh-hant": ("zh-hant", "zh-hans", "en")}


def listed(words):
    """Words after each other, as the language writes a list: "name, phone", 姓名、电话."""
    return pgettext("between the words of a list", ", ").join(map(str, words))


class Text(dict):
    """A text by language; as a string it is the one of the active language, falling back between the two Chinese, then to English."""

    def in_language(self, code):
        """The text in `code`, or the nearest there is."""
        return next((self[c] for c in FALLBACK.get(code, CODES) if self.get(c)), "")

    def __str__(self):
        return self.in_language((get_language() or "en").lower())


class TranslatedText(models.JSONField):
    """A JSONB field of en, zh-hans, zh-hant; needs at least one of them."""

    description = "text in three languages"

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):
        return Text(super().from_db_value(value, expression, connection) or {})

    def to_python(self, value):
        return Text({"en": value} if isinstance(value, str) else value or {})

    def get_prep_value(self, value):
        return super().get_prep_value(dict(Text({"en": value}) if isinstance(value, str) else value or {}))

    def validate(self, value, instance):
        if not any((value or {}).values()) and not self.blank:
            raise ValidationError(_("Enter the text in at least one language."))

    def formfield(self, **kwargs):
        return TextsField(required=not self.blank, label=kwargs.get("label", self.verbose_name))


class TextsWidget(forms.MultiWidget):
    """Three inputs, one a language; with `rows` of several lines each."""

    template_name = "parts/texts_widget.html"

    def __init__(self, attrs=None, rows=0):
        super().__init__({code.replace("-", "_"): forms.Textarea({"lang": code, "rows": rows}) if rows else forms.TextInput({"lang": code})
                          for code in CODES}, attrs)

    def decompress(self, value):
        return [(value or {}).get(code, "") for code in CODES]


class TextsField(forms.MultiValueField):
    """Asks a text in three languages, at most `longest` characters each; one is enough."""

    widget = TextsWidget

    def __init__(self, *, longest=300, rows=0, **kwargs):
        super().__init__([forms.CharField(required=False, max_length=longest) for _code in CODES], require_all_fields=False,
                         **({"widget": TextsWidget(rows=rows)} if rows else {}), **kwargs)

    def compress(self, data_list):
        return Text({code: text.strip() for code, text in zip(CODES, data_list, strict=True) if text and text.strip()}) if data_list else Text()
