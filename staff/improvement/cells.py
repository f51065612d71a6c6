"""The cells of the improvement register; drawn without a template."""
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from config.web import addresses
from config.web.choices import word
from config.web.templatetags import hk
from staff.improvement import services, states

TONES = {states.OPEN: "wait", states.AGREED: "run", states.IN_WORK: "run", states.DONE: "soon", states.CHECKED: "ok", states.CLOSED: "done",
         states.REOPENED: "up"}


def problem(row):
    """Problem and number, as a link."""
    return format_html('<a href="{}">{}</a> <span class="dim num">{}</span>', addresses.of("improvement", row.pk), row.problem, row.number)


def tone(row):
    """How it stands: late after the day of its next step."""
    return "late" if row.is_late(timezone.now()) else TONES[row.state]


def state_word(row):
    """The state in words, with what it waits for once it is done, and what is overdue."""
    words = word(row, "state")
    if row.state == states.DONE:
        words = _("done, effect to be checked") if row.rechecked_at else _("done, to be re-checked")
    return _("%(state)s, overdue") % {"state": words} if row.is_late(timezone.now()) else words


def state(row):
    """The state with its sign."""
    return hk.status(tone(row), state_word(row))


def due(row):
    """By when the next step is due; a dash where nothing is left."""
    return hk.when(hk.deadline(row.due_at)) if row.state in states.WAITING else "—"


def source(row):
    """Where it was seen."""
    return word(row, "source")


def place(row):
    """The hall, or the department."""
    return str(row.hall or row.department)


def next_step(row):
    """What is to be done next, in words; '' where nothing is."""
    return {services.MEASURE: _("Agree on a measure"), services.WORK: _("Carry out the measure"), services.RECHECK: _("Re-check what was done"),
            services.EFFECT: _("Check the effect of the improvement")}.get(services.step(row), "")


def way(row):
    """The stages of the item for parts/way.html."""
    names = (_("Measure"), _("Work"), _("Re-check"), _("Effect"), _("Closed"))
    place_now = {services.MEASURE: 0, services.WORK: 1, services.RECHECK: 2, services.EFFECT: 3, None: 5}[services.step(row)]
    return [{"label": name, "note": "", "state": "done" if n < place_now else "now" if n == place_now else "todo"} for n, name in enumerate(names)]
