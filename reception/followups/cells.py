"""The cells of the list of follow-ups; drawn without a template."""
from django.utils import timezone
from django.utils.html import format_html

from config.web import addresses
from config.web.choices import word
from config.web.templatetags import hk
from reception.followups import states

TONES = {states.PLANNED: "none", states.DUE: "wait", states.GIVEN_UP: "stop", states.RECORDED: "run", states.ISSUES_OPEN: "soon", states.CLOSED: "done"}


def tone(row):
    """How it stands; late once it is past its moment."""
    return "late" if row.state == states.DUE and row.due_at < timezone.now() else TONES[row.state]


def customer(row):
    """Whom to call, as a link to the follow-up."""
    return format_html('<a class="name" href="{}">{}</a>', addresses.of("follow_up", row.pk), row.customer)


def state(row):
    """The state with its sign."""
    return hk.status(tone(row), word(row, "state"))


def due(row):
    """By when."""
    return hk.when(hk.deadline(row.due_at))
