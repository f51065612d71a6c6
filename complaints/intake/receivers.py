"""What taking in hears of complaints: their promise is kept once the solution is carried out, and ends with them (CMP-05, REC-29)."""
from django.dispatch import receiver
from django.utils.translation import gettext as _

from complaints.handling import states
from complaints.handling.events import complaint_changed
from complaints.handling.models import Method
from complaints.handling.services import common
from reception.promises import services as promises
from reception.promises import states as promised
from reception.promises.models import Promise

DROPPED = (states.WITHDRAWN, states.MERGED, states.NOT_ACCEPTED)


@receiver(complaint_changed, dispatch_uid="complaint-promise")
def keep_promise(sender, verb, complaint, actor, now, **more):
    """The promise of a complaint follows it; only a person's act ends a promise, since somebody has told the customer."""
    if complaint.state not in (states.IMPLEMENTED, *DROPPED) or common.employee_of(actor) is None:
        return
    for row in Promise.objects.filter(kind=common.KIND, record_id=complaint.pk, state__in=promised.RUNNING):
        by = row.told_by or Method.IN_PERSON
        if complaint.state == states.IMPLEMENTED:
            promises.keep(actor, row, result=_("The solution is carried out."), answer_by=by, now=now)
        else:
            ended = _("The complaint ended: %(state)s") % {"state": complaint.get_state_display()}
            promises.withdraw(actor, row, reason=ended, agreed=True, answer_by=by, now=now)
