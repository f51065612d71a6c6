"""Verbs on promises: making one, keeping, breaking by the clock, withdrawing, handing over (REC-29)."""
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from config.accounts import trace
from config.accounts.access import may
from config.accounts.actor import Actor
from config.errors import Refused
from config.web.versions import claim_version
from reception.promises import states
from reception.promises.models import Promise
from reception.promises.permissions import Can
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.organisation.models import Employee
from staff.regulation import values

KIND = SCHEDULE = "promise"
AT_ONCE = 500
LONGEST = timedelta(days=366)


@transaction.atomic
def promise(actor, *, hall, customer, kind, record_id, what, due_at, told_by, now, owner=None):
    """Write down what was promised to the customer. `owner` keeps it, whoever acts where nobody is named; it is theirs from now on, on
    My day from `reminder_days_before` days before its moment."""
    by = actor.user.employee
    owner = owner or by
    if due_at <= now:
        raise Refused(_("That moment has passed. Choose a later one."), field="due_at")
    if due_at > now + LONGEST:
        raise Refused(_("That is more than a year ahead. Choose an earlier moment."), field="due_at")
    if customer.merged_into_id or customer.erased_at:
        raise Refused(_("This file is no longer in use. Open the customer again."))
    check_owner(owner)
    row = trace.save(actor, Promise(hall=hall, customer=customer, kind=kind, record_id=record_id, what=what, due_at=due_at, promised_at=now,
                                    promised_by=by, owner=owner, told_by=told_by), act="promised")
    ask([row], now)
    return row


def check_owner(owner):
    """Only who is on duty and may work on promises keeps one."""
    if owner.state != Employee.State.ON_DUTY or owner.user is None or not may(owner.user, Can.EDIT):
        raise Refused(_("%(name)s cannot keep promises at present. Choose somebody else.") % {"name": owner.name}, field="owner")


def ask(rows, now):
    """Make these promises the duties of their owners; the slot keeps apart what comes back to one who had it before."""
    duties.make([Duty(schedule=SCHEDULE, slot=f"v{row.version} {now.isoformat(timespec='microseconds')[:30]}", kind=KIND, record_id=row.pk, hall_id=row.hall_id,
                      employee_id=row.owner_id, starts_at=begins(row), due_at=row.due_at) for row in rows])


def begins(row):
    """From when it stands on My day: the morning of the day that lies `reminder_days_before` days before its moment, or when it was made."""
    day = row.hall.day_of(row.due_at)
    day -= timedelta(days=values.value("reminder_days_before", day, row.hall_id))
    return min(max(datetime.combine(day, time(), ZoneInfo(row.hall.timezone)), row.promised_at), row.due_at)


def _locked(promise, version):
    """The promise, locked and as the form knew it."""
    row = Promise.objects.select_for_update(of=("self",)).select_related("hall", "customer", "owner").get(pk=promise.pk)
    claim_version(row, version)
    return row


def _go(row, verb):
    """Let it go that way, if it may now."""
    row.state = states.TABLE[verb].apply(row.state, _("This promise is “%(state)s” by now. Look at it again.") % {"state": row.get_state_display()})


@transaction.atomic
def keep(actor, promise, *, result, answer_by, now, version=None):
    """What was promised is done and the customer knows: kept up to its moment, kept late after it."""
    row = _locked(promise, version)
    late = row.state == states.BROKEN or now > row.due_at
    _go(row, "keep_late" if late else "keep")
    row.result, row.answer_by = result, answer_by
    _ended(actor, row, "result", "answer_by", act="kept late" if late else "kept", now=now)
    duties.finish(actor, KIND, row.pk, now=now)
    return row


@transaction.atomic
def withdraw(actor, promise, *, reason, agreed, answer_by, now, version=None):
    """The customer does without it, which they said themselves (`agreed`); it counts in no figure."""
    if not agreed:
        raise Refused(_("A promise is withdrawn only when the customer agrees. Ask the customer first."), field="agreed")
    row = _locked(promise, version)
    _go(row, "withdraw")
    row.reason, row.answer_by = reason, answer_by
    _ended(actor, row, "reason", "answer_by", act="withdrawn", now=now)
    duties.withdraw(actor, KIND, row.pk, reason=reason, now=now)
    return row


def _ended(actor, row, *fields, act, now):
    row.ended_at, row.ended_by = now, actor.user.employee
    trace.save(actor, row, "state", "version", "ended_at", "ended_by", *fields, act=act)


@transaction.atomic
def hand_over(actor, promise, *, owner, now, reason="", version=None):
    """Somebody else keeps it from now on; its moment stays, since the customer knows it."""
    row = _locked(promise, version)
    _go(row, "hand_over")
    check_owner(owner)
    if owner.pk == row.owner_id:
        raise Refused(_("%(name)s keeps it already.") % {"name": owner.name}, field="owner")
    duties.withdraw(actor, KIND, row.pk, reason=_("handed to %(name)s") % {"name": owner.name}, now=now)
    row.owner = owner
    trace.save(actor, row, "owner", "version", act="handed over", reason=reason)
    ask([row], now)
    return row


def break_late(now):
    """What was not kept up to its moment is broken; returns how many are. The same twice changes nothing, and two clocks share the work."""
    count = 0
    while broken := _break_some(now):
        count += broken
    return count


@transaction.atomic
def _break_some(now):
    rows = list(Promise.objects.select_for_update(skip_locked=True).filter(state=states.OPEN, due_at__lt=now).order_by("due_at", "pk")[:AT_ONCE])
    for row in rows:
        row.state, row.version = states.TABLE["break"].apply(row.state, ""), row.version + 1
    bulk_update_with_history(rows, Promise, ["state", "version"], default_user=Actor.system(SCHEDULE).user, default_change_reason="broken")
    return len(rows)
