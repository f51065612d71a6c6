"""Notifications in words: the sentence of the kind with its values, in the language and zone of whoever reads it."""
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from config.web.templatetags.hk import moment
from config.web.texts import CODES, Text
from staff.notifications.kinds import KINDS

SOURCE = "en"  # the language of the texts in the code


class Word(str):
    """A word of the code in its source language, to be said in the reader's; what no catalogue knows stays as it is."""


def kept(values):
    """Values as they are stored, so that each can be said in any language: moments, texts of data and words of the code are told apart."""
    return {name: kept_value(value) for name, value in values.items()}


def kept_value(value):
    """One of them."""
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, dict):
        return {"text": dict(value)}
    if isinstance(value, Word):
        return {"word": str(value)}
    if isinstance(value, Promise):
        with override(SOURCE):
            return {"word": str(value)}
    return value


def told(value):
    """A stored value in words."""
    if not isinstance(value, dict):
        return str(value)
    if "at" in value:
        return moment(datetime.fromisoformat(value["at"]))
    if "word" in value:
        return _(value["word"])
    return str(Text({code: text for code, text in value["text"].items() if code in CODES}))


def sentence(notification):
    """What a notification says, in the active language and zone. Of a kind that no room knows any more, its key."""
    kind = KINDS.get(notification.kind)
    if kind is None:
        return notification.kind
    return str(kind.sentence) % {name: told(value) for name, value in notification.values.items()}


def in_language_of(language, zone):
    """A context in which words are of this language and moments of this zone."""
    return _Reader(language, zone)


class _Reader:
    """Both overrides as one."""

    def __init__(self, language, zone):
        self.contexts = (override(language), timezone.override(zone))

    def __enter__(self):
        for context in self.contexts:
            context.__enter__()

    def __exit__(self, *problem):
        for context in reversed(self.contexts):
            context.__exit__(*problem)
