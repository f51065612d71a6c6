"""Verbs on decisions. The room of the record calls them inside its own verbs, so that both stand or fall together."""
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from staff.duties.decisions import approving, states
from staff.duties.decisions.models import Decision
from staff.organisation.standing import deciding


@transaction.atomic
def ask(actor, kind, record_id, *, hall, reason, now, amount=None):
    """Somebody asks for a word about a record; whose it is follows from the hall and the amount (CNY)."""
    approval = approving.APPROVALS.get(kind)
    day = hall.day_of(now) if hall else timezone.localtime(now).date()
    row = Decision(kind=kind, record_id=record_id, hall=hall, capability=approval.capability_for(amount, day, hall), amount=amount,
                   asked_by=actor.user, asked_at=now, reason=reason[:300])
    return trace.save(actor, row, act="asked for a decision", reason=reason)


@transaction.atomic
def settle(actor, kind, record_id, *, approved, answer, now):
    """What waits about a record is decided. Returns the actor with the person whom they represent, for the history of the record; refuses
    whoever asked, and who would decide in the right of whoever asked."""
    row = _waiting(kind, record_id)
    row.outcome = states.TABLE["approve" if approved else "decline"].apply(row.outcome, _over())
    actor = deciding(actor, row.capability, row.hall_id, row.asked_by)
    row.decided_by, row.on_behalf_of, row.decided_at, row.answer = actor.user, actor.on_behalf_of, now, answer[:300]
    trace.save(actor, row, "outcome", "decided_by", "on_behalf_of", "decided_at", "answer", act="approved" if approved else "declined", reason=answer)
    return actor


@transaction.atomic
def withdraw(actor, kind, record_id, *, reason, now):
    """Whoever asked needs no word any more; what was decided already stays as it was."""
    row = _open(kind, record_id)
    if row is None:
        return None
    row.outcome, row.decided_at, row.answer = states.TABLE["withdraw"].apply(row.outcome, _over()), now, reason[:300]
    return trace.save(actor, row, "outcome", "decided_at", "answer", act="taken back", reason=reason)


def _open(kind, record_id):
    rows = Decision.objects.select_for_update(of=("self",)).select_related("asked_by")
    return rows.filter(kind=kind, record_id=record_id, outcome=states.WAITING).first()


def _waiting(kind, record_id):
    row = _open(kind, record_id)
    if row is None:
        raise Refused(_over())
    return row


def _over():
    return _("This has been decided by now. Look at it again.")
