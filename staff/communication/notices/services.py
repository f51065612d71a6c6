"""Verbs on notices: writing, publishing, confirming the reading, ending (STF-50, lifecycles.md)."""
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config import together
from config.accounts import trace
from config.errors import Refused
from config.web.versions import claim_version
from staff.communication.notices import queries, states
from staff.communication.notices.models import Notice, NoticeReader
from staff.duties import services as duties
from staff.duties.models import Duty

KIND, READING = "notice", "SCH-51-notices"


def _locked(notice, verb):
    """The notice, locked, if it may go that way now."""
    notice = Notice.objects.select_for_update(of=("self",)).select_related("hall", "team__hall").get(pk=notice.pk)
    notice.state = states.TABLE[verb].apply(notice.state, _("This notice is “%(state)s” by now. Look at it again.") % {
        "state": notice.get_state_display()})
    return notice


@transaction.atomic
def save_notice(actor, notice, *, title, text, read_by, now, hall=None, team=None, position=None, version=None):
    """Write a draft (`notice` None) or change one; who publishes it is its author."""
    if notice is not None:
        notice = _locked(notice, "change")
        claim_version(notice, version)
    _still_to_come(read_by, now)
    notice = notice or Notice(author=actor.user.employee)
    notice.title, notice.text, notice.hall, notice.team, notice.position, notice.read_by = title, text, hall, team, position, read_by
    return trace.save(actor, notice, act="changed" if notice.pk else "written")


@transaction.atomic
def drop(actor, notice, *, now):
    """Throw a draft away; only its author does, and nobody else ever saw it. What was published ends instead."""
    notice = _locked(notice, "drop")
    if notice.author_id != actor.user.employee.pk:
        raise Refused(_("Only its author throws a draft away."))
    trace.delete(actor, notice, act="draft thrown away")


def _still_to_come(day, now):
    if day < timezone.localtime(now).date():
        raise Refused(_("The day by which it has to be read is past. Choose today or a later day."), field="read_by")


@transaction.atomic
def publish(actor, notice, *, now):
    """Everybody whom it is for is asked to read it by its day; it stands on their My day. Refused where that is nobody, or too late."""
    notice = _locked(notice, "publish")
    _still_to_come(notice.read_by, now)
    notice.published_at = now
    if not name_readers(notice, now):
        raise Refused(_("Nobody works there who could read it. Change for whom it is, then publish it."))
    return trace.save(actor, notice, "state", "published_at", act="published")


def name_readers(notice, now):
    """Ask everybody to read a notice who has to and was not asked yet, each with a duty; returns how many that are. Who comes later has as
    much time as the others had."""
    there = set(NoticeReader.objects.filter(notice=notice).values_list("employee_id", flat=True))
    postings = [one for one in queries.audience(notice, timezone.localtime(now).date()) if one.employee_id not in there]
    due = max(notice.due_at, now + (notice.due_at - notice.published_at))
    if not postings:
        return 0
    together.insert_new([NoticeReader(notice=notice, employee_id=one.employee_id, named_at=now, due_at=due) for one in postings])
    return duties.make([duty_of(notice, one.employee_id, one.hall, now, due) for one in postings])


def duty_of(notice, employee_id, hall, now, due):
    """What one reader has to do."""
    return Duty(schedule=READING, slot=notice.published_at.date().isoformat(), kind=KIND, record_id=notice.pk, hall=hall, employee_id=employee_id,
                starts_at=now, due_at=due)


@transaction.atomic
def confirm(actor, notice, *, now):
    """The person has read it; the first confirmation counts. Refused where it is not for them, or has ended."""
    notice = _locked(notice, "confirm")
    row = NoticeReader.objects.select_for_update().filter(notice=notice, employee=actor.user.employee).first()
    if row is None:
        raise Refused(_("This notice is not addressed to you. There is nothing to confirm."))
    if row.confirmed_at is None:
        row.confirmed_at = now
        row.save(update_fields=["confirmed_at"])
        duties.finish(actor, KIND, notice.pk, now=now, employee=actor.user.employee)
    return row


@transaction.atomic
def end(actor, notice, *, reason, now):
    """It holds no longer; who has not read it need not any more."""
    notice = _locked(notice, "end")
    notice.ended_at, notice.reason = now, reason
    trace.save(actor, notice, "state", "ended_at", "reason", act="ended", reason=reason)
    duties.withdraw(actor, KIND, notice.pk, reason=_("The notice has ended."), now=now)
    return notice
