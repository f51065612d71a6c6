"""The cells of the list of rounds; drawn without a template."""
from django.utils.html import format_html

from config.web import addresses
from config.web.choices import word
from config.web.templatetags import hk
from facilities.cleaning import states

TONES = {states.CREATED: "wait", states.IN_PROGRESS: "run", states.DONE: "done", states.CHECKED: "done", states.RETURNED: "soon", states.MISSED: "late"}


def day(rnd):
    """The day, as a link."""
    return format_html('<a href="{}">{}</a>', addresses.of("round", rnd.pk), hk.week_day(rnd.day))


def state(rnd):
    """The state with its sign."""
    return hk.status(TONES[rnd.state], word(rnd, "state"))


def done(rnd):
    """When it was done, late or not."""
    if not rnd.done_at:
        return "—"
    return hk.status("late" if rnd.done_at > rnd.due_at else "ok", hk.clock(rnd.done_at))
