"""The cells of the list of suggestions; drawn without a template."""
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from config.web import addresses
from config.web.choices import word
from config.web.templatetags import hk
from staff.improvement.suggestions import states
from staff.improvement.suggestions.models import Suggestion

TONES = {states.RECEIVED: "wait", states.ASSIGNED: "run", states.ANSWERED: "ok", states.CLOSED: "done"}


def title(row):
    """Number and suggestion, as a link."""
    return format_html('<a href="{}">{}</a> <span class="dim num">{}</span>', addresses.of("suggestion", row.pk), row.title, row.number)


def tone(row):
    """How it stands."""
    if row.is_late(timezone.now()):
        return "late"
    return "stop" if row.outcome == Suggestion.Outcome.REJECTED else TONES[row.state]


def state_word(row):
    """The state in words, with the outcome or what is overdue in it."""
    if row.is_late(timezone.now()):
        return _("answer overdue")
    return f"{word(row, 'state')} · {word(row, 'outcome')}" if row.outcome else word(row, "state")


def state(row):
    """The state with its sign."""
    return hk.status(tone(row), state_word(row))


def due(row):
    """By when it is answered; the day of the answer once there is one."""
    return hk.when(row.answered_at or hk.deadline(row.due_at))


def to(row):
    """Who answers."""
    return f"{row.department} · {row.assigned_to or row.department.head or '—'}"
