"""The cells of the list of requests; drawn without a template."""
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from config.web import addresses
from config.web.choices import word
from config.web.templatetags import hk
from staff.teamwork import states

TONES = {states.SENT: "wait", states.ACCEPTED: "run", states.DECLINED: "stop", states.IN_WORK: "run", states.DELIVERED: "soon", states.RATED: "ok",
         states.CLOSED: "done", states.WITHDRAWN: "none"}


def title(row):
    """Number and need, as a link."""
    return format_html('<a href="{}">{}</a> <span class="dim num">{}</span>', addresses.of("work_request", row.pk), row.title, row.number)


def tone(row):
    """How it stands: late after its day while it is open."""
    return "late" if row.state in states.OPEN and row.due_at < timezone.now() else TONES[row.state]


def state_word(row):
    """The state in words, with what is overdue in it."""
    if tone(row) == "late":
        return _("answer overdue") if row.state == states.SENT else _("%(state)s, overdue") % {"state": word(row, "state")}
    return word(row, "state")


def state(row):
    """The state with its sign."""
    return hk.status(tone(row), state_word(row))


def asked_of(row):
    """Who was asked, in words."""
    return f"{row.to_hall} · {word(row, 'kind')}" if row.to_hall_id else str(row.to_department)


def asking(row):
    """Who asks, with the side."""
    return f"{row.asked_by} · {row.from_hall or row.from_department}"


def needed_by(row):
    """By which day."""
    return hk.when(row.needed_by, "day")


def rating(row):
    """How the cooperation was rated."""
    return row.score or "—"
