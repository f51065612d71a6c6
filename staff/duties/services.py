"""Verbs on duties: making them by the clock, doing, missing and excusing them (GEN-25, RELIABILITY section 3)."""
import copy
import logging
import time
from datetime import timedelta
from itertools import groupby

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config import together
from config.errors import Refused
from staff.duties import ladder, states
from staff.duties.events import duties_missed
from staff.duties.models import Duty, ScheduleMark, ScheduleRun
from staff.duties.plans import PLANS
from staff.regulation import values

log = logging.getLogger(__name__)
MOST_FAILURES = 5  # then the schedule is parked: tried once a day, and shown to the administrator
PARKED = timedelta(days=1)
AT_ONCE = 500  # duties closed in one transaction
UNHEARD = timedelta(seconds=30)  # after its moment a schedule that did not run was rung for in vain
LONGEST = 50  # seconds of one catching up: the next comes after 60, and a task is ended by force after 120


def run(key, *, now):
    """Work a schedule off up to `now`, from where it was left, however long that is ago. Returns how many duties it made; None where
    another process runs it, or it rests after failures. Whole or not at all: what it makes and how far it came are one transaction."""
    plan = PLANS.get(key)
    ScheduleMark.objects.get_or_create(key=key, defaults={"through": beginning(now)})
    began = time.monotonic()
    try:
        with transaction.atomic():
            mark = ScheduleMark.objects.select_for_update(skip_locked=True).filter(key=key).first()
            if mark is None or mark.through >= now or (mark.rests_until and now < mark.rests_until):
                return None
            created = plan.write(mark.through, now)
            note(mark, now=now, created=created, took=time.monotonic() - began)
            return created
    except Exception as problem:
        log.exception("the schedule %s failed", key)
        failed(key, type(problem).__name__, now=now, took=time.monotonic() - began)
        return None


def catch_up(now):
    """Work off every schedule that was rung for in vain: the broker came back without the ring, or whoever heard it was killed, and the next
    ring may be a day away. Returns how many. What is behind longest comes last, so that one that never ends keeps none of the others waiting."""
    until, count = time.monotonic() + LONGEST, 0
    for key in unheard(now):
        if time.monotonic() > until:
            break
        count += run(key, now=now) is not None
    return count


def unheard(now):
    """The keys of the schedules that ran before and did not when their moment last came; those that rest after failures left out."""
    marks = ScheduleMark.objects.exclude(rests_until__gt=now).order_by("-through")
    return [mark.key for mark in marks if (plan := PLANS.get(mark.key)) and comes_after(plan.cadence, mark.through, now - UNHEARD)]


def comes_after(cadence, since, until):
    """Whether a moment of this cadence lies after `since` and not after `until`."""
    clock = copy.copy(cadence)
    clock.nowfun = lambda: until.astimezone(cadence.tz)  # it asks the clock itself; this one stands at `until`
    return since < until and clock.is_due(since.astimezone(cadence.tz)).is_due


def beginning(now):
    """Where a schedule begins that never ran: with the day in which it is first looked at."""
    return now - timedelta(days=1)


def note(mark, *, now, created, took):
    """The run is over: move the mark on, and keep a row where something was made or a failure ended."""
    if created or mark.failures:
        ScheduleRun.objects.create(key=mark.key, began_at=now, took_ms=int(1000 * took), since=mark.through, until=now, created=created)
    mark.through, mark.failures, mark.rests_until = now, 0, None
    mark.save()


@transaction.atomic
def failed(key, problem, *, now, took):
    """The run failed and nothing of it stays: try again later each time, once a day after MOST_FAILURES."""
    mark = ScheduleMark.objects.select_for_update().get(key=key)
    mark.failures += 1
    mark.rests_until = now + (PARKED if mark.failures >= MOST_FAILURES else timedelta(minutes=2 ** mark.failures))
    mark.save()
    ScheduleRun.objects.create(key=key, began_at=now, took_ms=int(1000 * took), since=mark.through, until=now, problem=problem[:200])


def for_each(key, rows, act, *, now):
    """`act(row)` for each of these records within a run of the schedule `key`, in batches with a savepoint each; returns how many it did.
    Where one fails, its batch is taken back and done again one record at a time: what fails alone stays as it was until the next run, and
    the clock's page names it. A database that went away ends the whole run."""
    done, left = 0, []
    for start in range(0, len(rows), AT_ONCE):
        batch = rows[start:start + AT_ONCE]
        try:
            with transaction.atomic():
                for row in batch:
                    act(row)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.warning("the schedule %s does a batch one by one", key, exc_info=True)
            left += [f"{row._meta.model_name} {row.pk}: {why}" for row in batch if (why := _alone(key, row, act))]
        done += len(batch)
    if left:
        ScheduleRun.objects.create(key=key, began_at=now, since=now, until=now, problem=", ".join([f"{len(left)}×", *left])[:200])
    return done - len(left)


def _alone(key, row, act):
    """One record in a savepoint of its own; why it failed, or ''."""
    try:
        with transaction.atomic():
            act(row)
    except (OperationalError, InterfaceError):
        raise
    except Exception as problem:
        log.exception("the schedule %s leaves a record as it is", key, extra={"record": row.pk})
        return type(problem).__name__
    return ""


def make(duties):
    """Write those of these duties that are not there yet; returns how many that were."""
    return together.insert_new(duties)


@transaction.atomic
def finish(actor, kind, record_id, *, now, schedule="", slot="", employee=None):
    """What was due about a record is done, by everybody or by one `employee` alone, all of it or what one `schedule`, or one `slot` of it,
    asked: on time up to its due moment, late after it. Returns how many duties ended by that."""
    rows = Duty.objects.select_for_update().filter(kind=kind, record_id=record_id, state__in=[states.OPEN, states.MISSED])
    if schedule:
        rows = rows.filter(schedule=schedule)
    if slot:
        rows = rows.filter(slot=slot)
    if employee:
        rows = rows.filter(employee=employee)
    ended = [_finished(actor, duty, now) for duty in rows]
    Duty.objects.bulk_update(ended, ["state", "done_at", "done_by"])
    return len(ended)


def _finished(actor, duty, now):
    duty.state = states.DONE if now <= duty.due_at and duty.state == states.OPEN else states.LATE
    duty.done_at, duty.done_by = now, actor.user
    return duty


def miss(now):
    """What nobody did until it could no longer be done is missed; returns how many. The same twice, and two clocks share the work."""
    count = 0
    while ended := _miss_some(now):
        count += ended
    return count


@transaction.atomic
def _miss_some(now):
    rows = list(Duty.objects.select_for_update(skip_locked=True).filter(state=states.OPEN, misses_at__lte=now).order_by("pk")[:AT_ONCE])
    for duty in rows:
        duty.state, duty.done_at = states.MISSED, now
    Duty.objects.bulk_update(rows, ["state", "done_at"])
    for (schedule, kind), missed in groupby(sorted(rows, key=_about), key=_about):
        duties_missed.send(sender=Duty, schedule=schedule, kind=kind, record_ids=[duty.record_id for duty in missed], now=now)
    return len(rows)


def _about(duty):
    return duty.schedule, duty.kind


def escalate(now):
    """What stays undone is told one superior higher for each `overdue_escalation_days` it is late; returns how many were told on."""
    day, count = timezone.localtime(now).date(), 0
    late = Duty.objects.filter(state=states.OPEN, due_at__lt=now).select_related("hall__department", "employee").order_by("pk")
    days = {hall: values.value("overdue_escalation_days", day, hall) for hall in set(late.order_by().values_list("hall", flat=True))}
    for duty in late.iterator(chunk_size=AT_ONCE):
        level = (now - duty.due_at) // timedelta(days=days[duty.hall_id]) if days[duty.hall_id] else 0
        if level > duty.level and (person := ladder.above(duty, level, day)):
            count += Duty.objects.filter(pk=duty.pk, state=states.OPEN, level__lt=level).update(level=level, told_to=person)
    return count


@transaction.atomic
def explain(actor, kind, record_id, *, reason, now):
    """Why what was missed about a record was missed; its superiors need not ask any more."""
    Duty.objects.filter(kind=kind, record_id=record_id, state=states.MISSED).update(reason=reason[:300])


@transaction.atomic
def withdraw(actor, kind, record_id, *, reason, now, employee=None):
    """What is open about a record is not asked any more, of anybody or of one `employee`, since the record itself has ended or passed on."""
    rows = Duty.objects.filter(kind=kind, record_id=record_id, state=states.OPEN)
    rows = rows.filter(employee=employee) if employee else rows
    rows.update(state=states.EXCUSED, reason=reason[:300], done_at=now, done_by=actor.user)


@transaction.atomic
def excuse(actor, duty, *, reason, now):
    """A superior lets a duty go, with a reason; nobody excuses what is their own."""
    duty = Duty.objects.select_for_update().get(pk=duty.pk)
    if duty.state not in states.TABLE["excuse"].sources:
        raise Refused(_("This duty is over already. Look at it again."))
    if duty.employee_id and duty.employee.user_id == (actor.user and actor.user.pk):
        raise Refused(_("Nobody excuses a duty of their own. Ask your superior."))
    duty.state, duty.reason, duty.done_at, duty.done_by = states.EXCUSED, reason, now, actor.user
    duty.save(update_fields=["state", "reason", "done_at", "done_by"])
    return duty
