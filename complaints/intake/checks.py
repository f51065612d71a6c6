"""Verbs on the checks of complaint boxes and mailboxes: each is recorded, also when nothing was there (CMP-02, SCH-16)."""
from django.db import transaction
from django.utils.translation import gettext as _

from complaints.handling.services.common import employee_of
from complaints.intake.models import BoxCheck
from config.accounts import trace
from config.errors import Refused
from config.web.versions import claim_version
from staff.duties import services as duties

KIND, SCHEDULE, AGENT = "box_check", "SCH-16", "agent"


@transaction.atomic
def record(actor, check, *, found, note, now, version=None):
    """Somebody looked: how many complaints were there, none among them. It is recorded once, and not any more once it was missed."""
    row = BoxCheck.objects.select_for_update(of=("self",)).select_related("hall", "channel").get(pk=check.pk)
    claim_version(row, version)
    if row.state != BoxCheck.State.OPEN:
        raise Refused(_("This check is “%(state)s” by now. Look at it again.") % {"state": row.get_state_display()})
    row.state, row.found, row.note, row.done_at, row.done_by = BoxCheck.State.DONE, found, note, now, employee_of(actor)
    trace.save(actor, row, "state", "found", "note", "done_at", "done_by", "version", act="checked")
    duties.finish(actor, KIND, row.pk, now=now)
    return row


@transaction.atomic
def explain(actor, check, *, reason, now):
    """Why nobody looked, entered afterwards."""
    row = BoxCheck.objects.select_for_update().get(pk=check.pk)
    if row.state != BoxCheck.State.MISSED:
        raise Refused(_("This check is “%(state)s” by now. Look at it again.") % {"state": row.get_state_display()})
    row.note = reason
    trace.save(actor, row, "note", act="explained", reason=reason)
    duties.explain(actor, KIND, row.pk, reason=reason, now=now)
    return row


@transaction.atomic
def miss(actor, ids, *, now):
    """Nobody looked in time."""
    for row in BoxCheck.objects.select_for_update().filter(pk__in=ids, state=BoxCheck.State.OPEN):
        row.state = BoxCheck.State.MISSED
        trace.save(actor, row, "state", act="missed")
