"""The cells of the list of promises; drawn without a template."""
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import pgettext

from config.web import addresses
from config.web.choices import word
from config.web.templatetags import hk
from reception.promises import states

TONES = {states.OPEN: "wait", states.KEPT: "ok", states.BROKEN: "late", states.LATE: "soon", states.WITHDRAWN: "none"}


def tone(row):
    """How it stands; late once it is past its moment, whether the clock has come or not."""
    return "late" if is_broken(row) else TONES[row.state]


def is_broken(row):
    """Past its moment and not kept."""
    return row.state in states.RUNNING and row.due_at < timezone.now()


def state_word(row):
    """The state in words."""
    return pgettext("promise", "broken") if is_broken(row) else word(row, "state")


def what(row):
    """The promise, as a link."""
    return format_html('<a href="{}">{}</a>', addresses.of("promise", row.pk), row.what)


def state(row):
    """The state with its sign."""
    return hk.status(tone(row), state_word(row))


def due(row):
    """By when."""
    return hk.when(hk.deadline(row.due_at))
