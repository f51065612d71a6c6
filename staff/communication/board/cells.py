"""The cells of the board; drawn without a template."""
from django.utils.html import format_html
from django.utils.translation import pgettext

from config.web import addresses
from config.web.choices import word
from config.web.templatetags import hk
from staff.communication.board import states


def title(entry):
    """What it is about, as a link."""
    return format_html('<a href="{}">{}</a>', addresses.of("board_entry", entry.pk), entry.title)


def topic(entry):
    """The topic in words."""
    return word(entry, "topic")


def reading(entry):
    """Whether the viewer has read it."""
    if entry.state == states.TAKEN_DOWN:
        return hk.status("stop", word(entry, "state"))
    if entry.is_mine:
        return hk.status("none", pgettext("board", "mine"))
    return hk.status("done", pgettext("board", "read")) if entry.is_read else hk.status("wait", pgettext("board", "new"))


def origin(entry):
    """Who wrote it, and where."""
    return f"{entry.author} · {entry.hall or entry.department}" if entry.hall_id or entry.department_id else str(entry.author)


def posted(entry):
    """When."""
    return hk.when(entry.posted_at)
