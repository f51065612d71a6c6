"""The cells of the list of visits that say more than a value; drawn without a template, since there are many."""
from django.utils.html import format_html
from django.utils.translation import gettext as _

from config.web import addresses
from config.web.choices import word
from config.web.templatetags import hk
from reception.visits import states

TONES = {states.WAITING: "wait", states.GREETED: "wait", states.IN_SERVICE: "run", states.LEFT: "none", states.CLOSED: "done"}


def visitor(visit):
    """Who came, as a link to the visit."""
    name = visit.shown_name
    return format_html('<a class="{}" href="{}">{}</a>', "name" if name else "dim", addresses.of("visit", visit.pk), name or _("unnamed visitor"))


def state(visit):
    """The state with its sign; what was left open is late."""
    if visit.assumed and not visit.outcome:
        return hk.status("late", _("left open"))
    return hk.status(TONES[visit.state], word(visit, "state"))


def arrived(visit):
    """When they came."""
    return hk.when(visit.arrived_at)
