"""The cells of the list of handovers; drawn without a template."""
from django.utils.html import format_html
from django.utils.translation import gettext as _

from config.web import addresses
from config.web.templatetags import hk


def given(handover):
    """When it was given, as a link."""
    return format_html('<a href="{}">{}</a>', addresses.of("shift_handover", handover.pk), hk.when(handover.given_at))


def state_of(handover):
    """(tone, word) of how it stands."""
    return ("done", _("taken over")) if handover.taken_at else ("wait", _("waits to be taken over"))


def state(handover):
    """The state with its sign."""
    return hk.status(*state_of(handover))


def taken(handover):
    """By whom, and when."""
    return format_html('<span class="name">{}</span> {}', handover.taker, hk.when(handover.taken_at)) if handover.taken_at else "—"
