"""The cells of the list of changes; drawn without a template."""
from django.utils.html import format_html

from config.web import addresses
from config.web.choices import word
from config.web.templatetags import hk
from staff.regulation.parameters import states, words

TONES = {states.WAITING: "wait", states.CONFIRMED: "ok", states.DECLINED: "stop", states.WITHDRAWN: "none"}


def what(change):
    """The parameter, as the link to the change."""
    return format_html('<a href="{}">{}</a>', addresses.of("parameter_change", change.pk), subject(change))


def subject(change):
    """What the change is about, in words."""
    return words.meaning(change.subject)


def place(change):
    """Where it is to hold."""
    return words.place(change.hall, change.position)


def begins(change):
    """From which day."""
    return hk.day(change.valid_from)


def state(change):
    """How it stands, with its sign."""
    return hk.status(TONES[change.state], word(change, "state"))


def asked(change):
    """By whom, and when."""
    return format_html('<span class="name">{}</span> {}', change.asked_by, hk.when(change.asked_at))


def decided(change):
    """By whom, and when."""
    return format_html('<span class="name">{}</span> {}', change.decided_by, hk.when(change.decided_at)) if change.decided_at else "—"
