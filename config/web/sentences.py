"""What a field says where Django would say only that something is not valid: what is so, what to do, and of which field (UX 13)."""
from functools import cache

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

NO_CHOICE = _("“{label}” has no such choice. Choose one of those that are offered.")
FEWER_DIGITS = _("“{label}” has more digits than are kept. Shorten the number.")
SENTENCES = {
    "required": _("Enter “{label}”."),
    "invalid_choice": NO_CHOICE, "invalid_list": NO_CHOICE, "invalid_pk_value": NO_CHOICE,
    "max_length": _("“{label}” takes at most %(limit_value)d characters; it has %(show_value)d. Shorten it."),
    "min_length": _("“{label}” takes at least %(limit_value)d characters; it has %(show_value)d. Write more."),
    "min_value": _("“{label}” is at least %(limit_value)s. Enter a larger number."),
    "max_value": _("“{label}” is at most %(limit_value)s. Enter a smaller number."),
    "max_digits": FEWER_DIGITS, "max_whole_digits": FEWER_DIGITS, "max_decimal_places": FEWER_DIGITS,
    "null_characters_not_allowed": _("“{label}” holds a sign that cannot be kept. Type it anew."),
}
UNREADABLE = (  # the first kind that fits, so a kind stands before those it is made of
    (forms.DateTimeField, _("“{label}” cannot be read. Enter the day and the time, such as 2026-01-14 14:05.")),
    (forms.DateField, _("“{label}” cannot be read. Enter the day as year, month and day, such as 2026-01-14.")),
    (forms.TimeField, _("“{label}” cannot be read. Enter the time as hours and minutes, such as 14:05.")),
    (forms.DecimalField, _("“{label}” is no number. Enter it in figures.")),
    (forms.IntegerField, _("“{label}” is no whole number. Enter it in figures.")),
)


PLAIN = {"required", "invalid", "invalid_list", "null_characters_not_allowed"}  # raised without figures to fill in


def speak(field, label):
    """Give a form's field these sentences wherever nobody wrote one for it; `label` is how the person reads its name."""
    unreadable = [("invalid", text) for kind, text in UNREADABLE if isinstance(field, kind)][:1]
    for code, sentence in [*SENTENCES.items(), *unreadable]:
        if not is_written(field, code):
            field.error_messages[code] = said(sentence, label, code in PLAIN)
    for part in getattr(field, "fields", ()):
        speak(part, label)


def _said(sentence, label, plain):
    name = str(label) if plain else str(label).replace("%", "%%")
    return str(sentence).replace("{label}", name)


said = lazy(_said, str)  # put together where something is refused, which is seldom


def is_written(field, code):
    """Whether this field has a sentence of its own: any that is not the one Django delivers with the class."""
    if code == "max_length" and isinstance(field, forms.FileField):
        return True  # whose sentence is about the file's name and has other figures
    return code in field.error_messages and not any(field.error_messages[code] is one for one in delivered(type(field), code))


@cache
def delivered(kind, code):
    """The sentences that Django delivers for this code with a class of fields."""
    return [one.default_error_messages.get(code) for one in kind.__mro__ if "default_error_messages" in vars(one) and one.__module__.startswith("django.")]
