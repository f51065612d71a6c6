"""What every end and every new turn of a complaint share."""
from django.utils.translation import gettext as _

from complaints.handling.facts import ComplaintEntry, ComplaintExtension
from complaints.handling.models import Method
from complaints.handling.services import archiving, common, routing, timing
from complaints.handling.solving import SolutionRound
from config.accounts import trace
from staff.duties.decisions import services as decisions

OFFER = "complaint_offer"  # an offer that needs the manager's word
ENDED = ("closed_at", "closed_by")


def ended(actor, row, *fields, act, now, reason="", verb, filed=True):
    """End it: the clock runs no more, nothing waits for a word, its file lies in the archive (CMP-25)."""
    row.closed_at, row.closed_by = now, common.employee_of(actor)
    timing.end_pause(actor, row, _("The complaint ended."), now)
    settle_open(actor, row, now=now)
    row = common.saved(actor, row, *ENDED, *fields, act=act, verb=verb, reason=reason, now=now)
    if filed:
        archiving.file(actor, row, now=now)
    return row


def settle_open(actor, row, *, now):
    """What waits for somebody's word is taken back, since the complaint went another way."""
    why = _("The complaint went another way.")
    for kind in (OFFER, routing.REFUSAL, timing.EXTENSION):
        decisions.withdraw(actor, kind, row.pk, reason=why, now=now)
    for extension in row.extensions.filter(outcome=ComplaintExtension.Outcome.WAITING):
        extension.outcome, extension.decided_at = ComplaintExtension.Outcome.DECLINED, now
        trace.save(actor, extension, "outcome", "decided_at", act="taken back", reason=why)
    for offer in row.rounds.filter(approval=SolutionRound.Approval.WAITING):
        offer.approval = SolutionRound.Approval.DECLINED
        trace.save(actor, offer, "approval", act="taken back", reason=why)


TURN = ("turn", "turn_began_at", "reopened", "handler", "department", "implemented_at", "closed_at", "closed_by", "satisfaction", "end_reason", "advice")


def new_turn(actor, row, *, now):
    """Begin it anew with a clock of its own; how often is counted (FIELD 2.3 row 31). Returns the fields to save."""
    timing.end_pause(actor, row, _("It is handled again."), now)
    settle_open(actor, row, now=now)
    row.turn, row.turn_began_at, row.reopened = row.turn + 1, now, row.reopened + 1
    row.handler = row.department = row.implemented_at = row.closed_at = row.closed_by = row.satisfaction = None
    row.end_reason = row.advice = ""
    return TURN


def told(actor, row, *, text, method, now):
    """The customer is told; who left no way to be reached reads it on the tracking page."""
    public = row.is_anonymous or method == Method.PAGE
    kind = ComplaintEntry.Kind.PUBLISHED if public else ComplaintEntry.Kind.TOLD
    row.reported_at = now
    common.entry(actor, row, kind, text=text, method=Method.PAGE if public else method, now=now)
    return ("reported_at",)
