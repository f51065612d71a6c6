"""What a password may not be: one that an outsider guesses from the house's own words (RELIABILITY 6.2)."""
import re

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

LONGEST = 128
LEAST_OF_ITS_OWN = 8  # characters that must be left once the guessable part is taken out
PRODUCT_WORDS = ("hallkeeper", "servicehall", "password", "welcome", "letmein", "qwertyuiop", "asdfghjkl", "1234567890")


def own_words():
    """The words of the house in small letters, longest first: names of company, halls and departments, and the product's."""
    words = {word for text in import_string(settings.OWN_WORDS)() for word in (_plain(text), *map(_plain, text.split()))}
    return sorted((word for word in {*words, *PRODUCT_WORDS} if len(word) >= 3 or re.search(r"[^\x00-\x7f]{2}", word)), key=len, reverse=True)


def _plain(text):
    return re.sub(r"[\W_]+", "", text.casefold())


class OwnWords:
    """Refuses a password that is little more than own words, a common password or one sign over and over."""

    def validate(self, password, user=None):
        """Raise ValidationError with a sentence when an outsider would guess `password`."""
        rest = _plain(password)
        for word in own_words():
            rest = rest.replace(word, "")
        letters = re.sub(r"\d+", "", rest)
        if len(rest) < LEAST_OF_ITS_OWN and len(rest) < len(_plain(password)):
            raise ValidationError(_("This password is built from the names of the house. Use words that have nothing to do with it."), code="own_words")
        if len(set(rest)) < 5 or letters in CommonPasswordValidator().passwords and len(rest) - len(letters) < LEAST_OF_ITS_OWN:
            raise ValidationError(_("This password is one of the first that are tried. Use a longer sentence of your own."), code="too_plain")

    def get_help_text(self):
        """The rule in one sentence, for the form."""
        return _("At least 12 characters, and not built from the names of people, company, halls or products.")
