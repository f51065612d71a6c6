"""Verbs on actions: raising one, agreeing on the measure, doing it, the re-check by another, the check of the effect (GEN-24)."""
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from config.numbers.services import next_number
from config.web.periods import DAY, Period
from config.web.templatetags.hk import day as day_in_words
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.improvement import queries, states
from staff.improvement.models import Action, Measure
from staff.organisation.models import Employee
from staff.regulation import values

KIND, SERIES = "improvement", "IM"
MEASURE, WORK, RECHECK, EFFECT = "improvement-measure", "SCH-05", "improvement-recheck", "SCH-54"
JOINS = ("hall__manager", "hall__department", "department__head", "owner", "checker", "raised_by")


@transaction.atomic
def raise_action(actor, *, source, problem, now, about=None, hall=None, department=None, owner=None, cause=""):
    """Put a problem into the register. `about` is (kind, id) of the record that shows it; without an `owner` the manager of the hall or
    the head of the department is responsible, else who reports it. The measure is to be agreed within `rectification_days`."""
    day, raiser = timezone.localtime(now).date(), actor.user.employee if actor.user else None
    department = hall.department if hall else department
    responsible = owner or queries.on_duty(hall and hall.manager, department.head, raiser)
    if responsible is None:
        raise Refused(_("Nobody is responsible there at present. Name a person."), field="owner")
    _employed(responsible, "owner")
    kind, pk = about or ("", None)
    row = Action(number=next_number(SERIES, day.year), source=source, kind=kind, record_id=pk, hall=hall, department=department, problem=problem, cause=cause,
                 raised_by=raiser, raised_at=now, owner=responsible, begins_at=now, due_at=within(hall, day))
    trace.save(actor, row, act="reported")
    ask(row)
    return row


def within(hall, day):
    """The end of the day by which a problem that is known on `day` is to be dealt with."""
    return end_of(day + timedelta(days=values.value("rectification_days", day, hall)), hall)


def end_of(day, hall):
    """The end of a day by the clock of a hall, or of the house."""
    return bounds(day, hall)[1]


def bounds(day, hall):
    """The two ends of a day by the clock of a hall, or of the house."""
    return Period.of(DAY, day).bounds(hall.timezone if hall else settings.TIME_ZONE)


def day_of(row, now):
    """The day it is where an action is dealt with."""
    return row.hall.day_of(now) if row.hall_id else timezone.localtime(now).date()


def _employed(person, field):
    if person.state != Employee.State.ON_DUTY:
        raise Refused(_("%(name)s is not on duty. Choose somebody else.") % {"name": person}, field=field)


def step(row):
    """The schedule of what an action waits for, or None."""
    if row.state in states.TO_AGREE:
        return MEASURE
    if row.state in states.TO_DO:
        return WORK
    if row.state == states.DONE:
        return EFFECT if row.rechecked_at else RECHECK
    return None


def duty_of(row, person):
    """What an action asks of a person now."""
    return Duty(schedule=step(row), slot=f"{row.number}/{row.turn}", kind=KIND, record_id=row.pk, hall=row.hall, employee=person,
                starts_at=row.begins_at, due_at=row.due_at)


def doer(row, judge=None):
    """Whose the next step is: the owner's, or of who re-checks, or of who judges the effect."""
    waits_for = step(row)
    return row.owner if waits_for in (MEASURE, WORK) else row.checker if waits_for == RECHECK else judge


def ask(row):
    """Make the next step a duty; the check of the effect is made by the clock when its day has come (SCH-54)."""
    if step(row) not in (None, EFFECT):
        duties.make([duty_of(row, doer(row))])


def _locked(row, verb):
    """The action, locked, if it may go that way now."""
    row = Action.objects.select_for_update(of=("self",)).select_related(*JOINS).get(pk=row.pk)
    sentence = _("This item is “%(state)s” by now. Look at it again.") % {"state": row.get_state_display()}
    row.state = states.TABLE[verb].apply(row.state, sentence)
    return row


def _of_owner(actor, row, verb):
    """The same for who does the work."""
    row = _locked(row, verb)
    if row.owner_id != actor.user.employee.pk:
        raise Refused(_("%(name)s is responsible. Only they say how the work stands.") % {"name": row.owner})
    return row


def _of_another(actor, row, verb):
    """The same for who re-checks or judges: somebody else than the owner, who leads it or was named."""
    row = _locked(row, verb)
    if row.owner_id == actor.user.employee.pk:
        raise Refused(_("Nobody checks their own work. Ask your superior or whoever is named for the re-check."))
    if not Action.objects.checked_by(actor.user).filter(pk=row.pk).exists():
        raise Refused(_("The re-check is for the superior of who did it, or whoever is named for it."))
    return row


def measure_of(row):
    """The measure that is being carried out."""
    return Measure.objects.select_for_update().filter(action=row).latest("pk")


@transaction.atomic
def agree(actor, row, *, cause, corrective, owner, due_on, now, preventive="", checker=None):
    """The cause is found and a measure is agreed: who does it by which day, and who re-checks it."""
    row = _locked(row, "agree")
    if not Action.objects.led_by(actor.user).filter(pk=row.pk).exists():
        raise Refused(_("The measure is agreed by who is responsible or their superior."))
    _employed(owner, "owner")
    if due_on < day_of(row, now):
        raise Refused(_("The day is past. Choose today or a later day."), field="due_on")
    row.cause, row.owner = cause, owner
    raiser = row.raised_by if row.raised_by_id != owner.pk else None
    row.checker = checker or queries.on_duty(raiser) or queries.judges([row], day_of(row, now))[row.pk]
    if row.checker is None or row.checker.pk == owner.pk:
        raise Refused(_("Somebody else than who does it re-checks it. Name another person."), field="checker")
    _employed(row.checker, "checker")
    row.begins_at, row.due_at = now, end_of(due_on, row.hall)
    trace.save(actor, row, "state", "cause", "owner", "checker", "begins_at", "due_at", act="measure agreed")
    trace.save(actor, Measure(action=row, corrective=corrective, preventive=preventive, owner=owner, due_on=due_on, agreed_at=now,
                              agreed_by=actor.user.employee), act="measure agreed")
    duties.finish(actor, KIND, row.pk, now=now, schedule=MEASURE)
    ask(row)
    return row


@transaction.atomic
def begin(actor, row, *, now):
    """The work on the measure begins."""
    return trace.save(actor, _of_owner(actor, row, "begin"), "state", act="begun")


@transaction.atomic
def finish(actor, row, *, result, now):
    """The owner has done it. Another re-checks it within `rectification_days`; its effect is checked `improvement_check_days` later."""
    row = _of_owner(actor, row, "finish")
    day, measure = day_of(row, now), measure_of(row)
    measure.result, measure.done_at = result, now
    trace.save(actor, measure, "result", "done_at", act="done")
    row.done_at, row.begins_at, row.due_at = now, now, within(row.hall, day)
    row.check_on = day + timedelta(days=values.value("improvement_check_days", day, row.hall))
    trace.save(actor, row, "state", "done_at", "begins_at", "due_at", "check_on", act="done")
    duties.finish(actor, KIND, row.pk, now=now, schedule=WORK)
    ask(row)
    return row


@transaction.atomic
def recheck(actor, row, *, note, now):
    """Another has seen that it is done; the check of the effect follows on its day."""
    row = _of_another(actor, row, "recheck")
    if row.rechecked_at:
        raise Refused(_("This item has been re-checked already. Its effect is checked from %(day)s on.") % {"day": day_in_words(row.check_on)})
    measure = measure_of(row)
    measure.note = note
    trace.save(actor, measure, "note", act="re-checked")
    row.rechecked_at, row.rechecked_by = now, actor.user.employee
    row.begins_at, row.due_at = bounds(row.check_on, row.hall)[0], within(row.hall, row.check_on)
    trace.save(actor, row, "rechecked_at", "rechecked_by", "begins_at", "due_at", act="re-checked")
    duties.finish(actor, KIND, row.pk, now=now, schedule=RECHECK)
    return row


@transaction.atomic
def send_back(actor, row, *, reason, due_on, now):
    """It is not done as agreed: back to the owner, to be done by another day."""
    row = _of_another(actor, row, "send_back")
    if row.rechecked_at:
        raise Refused(_("This item has been re-checked already. Its effect is checked from %(day)s on.") % {"day": day_in_words(row.check_on)})
    if due_on < day_of(row, now):
        raise Refused(_("The day is past. Choose today or a later day."), field="due_on")
    row.turn, row.done_at, row.check_on, row.begins_at, row.due_at = row.turn + 1, None, None, now, end_of(due_on, row.hall)
    trace.save(actor, row, "state", "turn", "done_at", "check_on", "begins_at", "due_at", act="sent back", reason=reason)
    measure = measure_of(row)
    measure.note, measure.done_at, measure.due_on = reason, None, due_on
    trace.save(actor, measure, "note", "done_at", "due_on", act="sent back", reason=reason)
    duties.finish(actor, KIND, row.pk, now=now, schedule=RECHECK)
    ask(row)
    return row


@transaction.atomic
def check_effect(actor, row, *, effective, effect, now):
    """Whether the measure helped: then the item is closed, else reopened for a new measure (SCH-54)."""
    row = _of_another(actor, row, "check")
    day, measure = day_of(row, now), measure_of(row)
    if not row.rechecked_at:
        raise Refused(_("Nobody has re-checked yet that it is done. Re-check it first."))
    if day < row.check_on:
        raise Refused(_("The effect shows later: it is checked from %(day)s on.") % {"day": day_in_words(row.check_on)})
    measure.effective, measure.effect, measure.checked_at, measure.checked_by = effective, effect, now, actor.user.employee
    trace.save(actor, measure, "effective", "effect", "checked_at", "checked_by", act="effect checked")
    trace.save(actor, row, "state", act="effect checked")
    duties.finish(actor, KIND, row.pk, now=now, schedule=EFFECT)
    return _close(actor, row, now) if effective else _reopen(actor, row, effect, day, now)


def _close(actor, row, now):
    row.state, row.closed_at = states.TABLE["close"].apply(row.state, ""), now
    return trace.save(actor, row, "state", "closed_at", act="closed")


def _reopen(actor, row, effect, day, now):
    """It came again: a new measure is to be agreed, by who judged it where the owner is gone."""
    row.state, row.turn = states.TABLE["reopen"].apply(row.state, ""), row.turn + 1
    row.done_at = row.check_on = row.rechecked_at = row.rechecked_by = None
    row.begins_at, row.due_at = now, within(row.hall, day)
    if row.owner.state != Employee.State.ON_DUTY:
        row.owner = actor.user.employee
    trace.save(actor, row, "state", "turn", "owner", "done_at", "check_on", "rechecked_at", "rechecked_by", "begins_at", "due_at", act="reopened",
               reason=effect)
    ask(row)
    return row
