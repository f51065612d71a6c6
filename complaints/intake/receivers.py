"""What taking in hears of others: the promise of a complaint is kept once the solution is carried out, and ends with it (CMP-05, REC-29); a check
of box or mailbox that nobody made is missed (CMP-02)."""
from django.dispatch import receiver
from django.utils.translation import gettext as _

from complaints.handling import states
from complaints.handling.events import complaint_changed
from complaints.handling.models import Method
from complaints.handling.services import common
from complaints.intake import checks, services
from config.accounts.actor import Actor
from reception.promises import services as promises
from reception.promises import states as promised
from reception.promises.models import Promise
from staff.duties.events import duties_missed

DROPPED = (states.WITHDRAWN, states.MERGED, states.NOT_ACCEPTED)


@receiver(complaint_changed, dispatch_uid="complaint-promise")
def keep_promise(sender, verb, complaint, actor, now, **more):
    """The promise of a complaint, not what was promised on its way, follows it; only a person's act ends a promise, since somebody has told the customer."""
    if common.employee_of(actor) is None or verb != "assign" and complaint.state not in (states.IMPLEMENTED, *DROPPED):
        return
    for row in Promise.objects.filter(kind=common.KIND, record_id=complaint.pk, state__in=promised.RUNNING, due_at=complaint.promised_until):
        if verb == "assign":
            follow_handler(actor, row, complaint, now=now)
            continue
        by = row.told_by or Method.IN_PERSON
        if complaint.state == states.IMPLEMENTED:
            promises.keep(actor, row, result=_("The solution is carried out."), answer_by=by, now=now)
        else:
            ended = _("The complaint ended: %(state)s") % {"state": complaint.get_state_display()}
            promises.withdraw(actor, row, reason=ended, agreed=True, answer_by=by, now=now)


def follow_handler(actor, row, complaint, *, now):
    """Whoever handles a complaint keeps its promise."""
    if complaint.handler_id != row.owner_id and services.keeps(complaint.handler):
        promises.hand_over(actor, row, owner=complaint.handler, reason=_("The complaint was assigned."), now=now)


@receiver(duties_missed, dispatch_uid="complaint-box-checks")
def checks_missed(sender, schedule, kind, record_ids, now, **more):
    """A check that nobody recorded in time is missed."""
    if kind == checks.KIND:
        checks.miss(Actor.system(schedule), record_ids, now=now)
