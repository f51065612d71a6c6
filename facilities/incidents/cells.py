"""The cells of the list of incidents; drawn without a template."""
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from config.web import addresses
from config.web.choices import word
from config.web.templatetags import hk
from facilities.incidents import states

TONES = {states.REPORTED: "wait", states.CONFIRMED: "soon", states.RESPONDING: "run", states.ENDED: "run", states.FILED: "done", states.FALSE_ALARM: "none"}


def tone(row):
    """How it stands; late while it is not confirmed after its minutes."""
    return "late" if row.state == states.REPORTED and row.due_at < timezone.now() else TONES[row.state]


def state_word(row):
    """The state in words, with what is overdue in it."""
    return _("%(state)s, overdue") % {"state": word(row, "state")} if tone(row) == "late" else word(row, "state")


def state(row):
    """The state with its sign."""
    return hk.status(tone(row), state_word(row))


def what(row):
    """Kind and number, as a link."""
    return format_html('<a href="{}">{}</a> <span class="dim num">{}</span>', addresses.of("incident", row.pk), word(row, "kind"), row.number)


def happened(row):
    """When it happened."""
    return hk.when(row.happened_at)
