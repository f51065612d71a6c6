"""The cells of the register of complaints, and the words of its clock; drawn without a template."""
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from complaints.handling import states
from complaints.handling.models import Kind, Severity
from config.web import addresses
from config.web.choices import word
from config.web.templatetags import hk
from reception.customers.phones import mask

TONES = {
    states.REGISTERED: "wait", states.ACKNOWLEDGED: "wait", states.ASSIGNED: "run", states.INVESTIGATING: "run", states.VERIFIED: "run",
    states.LIABILITY_SET: "run", states.PROPOSED: "run", states.AGREED: "run", states.IMPLEMENTING: "run", states.IMPLEMENTED: "run",
    states.FOLLOWED_UP: "run", states.RE_HANDLING: "up", states.SATISFIED: "ok", states.NOT_AGREED: "stop", states.UNREACHABLE: "none",
    states.NOT_ACCEPTED: "none", states.WITHDRAWN: "none", states.MERGED: "none", states.DONE: "ok"}
GRAVITY = {Severity.MINOR: "none", Severity.NORMAL: "wait", Severity.GRAVE: "up"}
LIMIT_TONES = {"late": "late", "soon": "soon", "ok": "wait", "paused": "none"}
LONGEST = 40  # characters of the matter that a row shows


def matter(row):
    """The matter in one line."""
    first = " ".join(row.matter.split())
    return first if len(first) <= LONGEST else f"{first[:LONGEST - 1]}…"


def what(row):
    """The matter, as a link."""
    return format_html('<a href="{}">{}</a>', addresses.of("complaint", row.pk), matter(row))


def tone(row):
    """How it stands."""
    return TONES[row.state]


def state(row):
    """The state with its sign; a pause is said in words."""
    words = word(row, "state")
    return hk.status("none" if row.paused else tone(row), _("%(state)s, paused") % {"state": words} if row.paused and row.state in states.OPEN else words)


def severity(row):
    """How grave, or that nobody has judged it."""
    if row.kind != Kind.COMPLAINT:
        return word(row, "kind")
    return hk.status(GRAVITY[row.severity], word(row, "severity")) if row.assessed else hk.status("soon", _("not assessed"))


def span(limit):
    """How much working time is left or passed, in words."""
    return hk.minutes(abs(int(limit.left.total_seconds() // 60)))


def left(limit):
    """One limit in words: "3 h left", "1 d 3 h late", "the clock rests"."""
    if limit.left is None:
        return pgettext("clock of a complaint", "rests")
    return (_("%(span)s late") if limit.is_late else _("%(span)s left")) % {"span": span(limit)}


def countdown(limit):
    """The same as colour, word and sign; '' where nothing is due."""
    return hk.status(LIMIT_TONES[limit.tone], left(limit)) if limit else ""


def next_due(row):
    """What is due next and how long until then."""
    limit = getattr(row, "limit", None)
    if limit is None:
        return "—"
    return format_html('{} <span class="dim">{}</span>', countdown(limit), limit.label)


def next_due_text(row):
    """The moment of it, for the file."""
    return row.next_due_at


def who(row):
    """Who complains, by name; anonymous ones in words."""
    return row.contact_name or (str(row.customer) if row.customer_id else _("anonymous"))


def phone(row):
    """The telephone, masked."""
    return mask(row.contact_phone) if row.contact_phone else ""


def email(row):
    """The e-mail address, masked: l****@example.com."""
    name, at, host = row.contact_email.partition("@")
    return f"{name[:1]}****{at}{host}" if at else ""


def received(row):
    """When and by which way it came."""
    return format_html('{} <span class="dim">{}</span>', hk.when(row.received_at), word(row, "channel"))


def fact(value):
    """A plain fact in words: moments by their nearness."""
    return hk.moment(hk.deadline(value)) if hasattr(value, "utcoffset") else str(value or "")
