"""The cells of the list of decisions; drawn without a template."""
from django.utils.html import format_html

from config.contributions.records import KINDS
from config.web import addresses
from config.web.choices import word
from config.web.history import for_whom
from config.web.templatetags import hk
from staff.duties.decisions import approving, states

TONES = {states.WAITING: "wait", states.APPROVED: "ok", states.DECLINED: "stop", states.WITHDRAWN: "none"}


def label(decision):
    """What is decided."""
    approval, kind = approving.APPROVALS.get(decision.kind), KINDS.get(decision.kind)
    return str(approval.label if approval else kind.label if kind else decision.kind)


def what(decision):
    """What is decided, as the link to the decision."""
    return format_html('<a href="{}">{}</a>', addresses.of("decision", decision.pk), label(decision))


def record(decision):
    """The record, as a link for who may open it."""
    told = decision.resolved
    if told is None:
        return "—"
    return format_html('<a href="{}">{}</a>', told.address, told.title) if told.address else told.title


def state(decision):
    """The state with its sign."""
    return hk.status(TONES[decision.outcome], word(decision, "outcome"))


def asked(decision):
    """By whom, and when."""
    return format_html('<span class="name">{}</span> {}', decision.asked_by, hk.when(decision.asked_at))


def who(decision):
    """Who decided, both names where a deputy did; while it waits, whose word it waits for."""
    if decision.decided_by_id:
        return for_whom(decision.decided_by, decision.on_behalf_of)
    if decision.outcome == states.WAITING:
        return " / ".join(str(name) for name in approving.roles_with(decision.capability))
    return "—"


def decided(decision):
    """Who decided, and when."""
    if decision.decided_by_id:
        return format_html('<span class="name">{}</span> {}', who(decision), hk.when(decision.decided_at))
    return format_html('<span class="mut">{}</span>', who(decision))
