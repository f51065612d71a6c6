"""The rows of the tickets on the page of a visit; drawn without a template, since every such page has them."""
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.web.choices import word
from config.web.templatetags import hk
from reception.visits import queue_cells, states

TONES = {states.QUEUED: "wait", states.CALLED: "soon", states.SERVING: "run", states.DONE: "done", states.NO_SHOW: "late"}
NOTHING = "—"


def row(leg, token):
    """One ticket with its times, and below it what may be done with it; `token` guards the forms in it."""
    cells = ((_("Service"), "", format_html("{}{}", leg.service, below(leg.result, "mut"))),
             (_("State"), "", format_html("{}{}", state(leg), calls(leg.calls))),
             (_("Counter"), "", format_html("{}{}", leg.post or NOTHING, below(leg.employee, "name"))),
             (_("Waited"), "r", hk.seconds(leg.times["waiting"])), (_("Served"), "r", hk.seconds(leg.times["serving"] or None)),
             (_("Parked"), "r", hk.seconds(leg.times["parked"] or None)))
    return format_html('<tr><th scope="row" class="num">{}</th>{}</tr>{}', leg.ticket, format_html_join("", '<td data-th="{}" class="{}">{}</td>', cells),
                       acts(leg, token))


def below(text, css):
    """A second line of a cell, where there is one."""
    return format_html('<br><span class="{}">{}</span>', css, text) if text else ""


def state(leg):
    """The state of a ticket; its class before it while it is open."""
    first = format_html("{} ", queue_cells.priority(leg)) if leg.priority and not leg.ended_at else ""
    return format_html("{}{}", first, hk.status(TONES.get(leg.state, "none"), word(leg, "state")))


def calls(n):
    """How often it was called, where it was."""
    return format_html(' <span class="mut">· {}</span>', ngettext("%(n)s call", "%(n)s calls", n) % {"n": n}) if n else ""


def acts(leg, token):
    """The row of what may be done with a ticket."""
    if not leg.actions:
        return ""
    return format_html('<tr class="is-acts"><td colspan="7"><span class="cluster">{}</span></td></tr>',
                       format_html_join("", "{}", ((button(action, leg.ticket, token),) for action in leg.actions)))


def button(action, number, token):
    """One small act: sent by a press, or a page that asks."""
    if action.get("method") == "post":
        return queue_cells.button(action["url"], token, action["label"], number)
    return format_html('<a class="btn btn--s" href="{}">{}<span class="vh"> {}</span></a>', action["url"], action["label"], number)
