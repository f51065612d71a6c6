"""Verbs on requests: sending, accepting or declining, dividing the work, delivering, rating, closing (STF-07, STF-09, lifecycles.md)."""
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from config.numbers.services import next_number
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.duties.states import OPEN
from staff.organisation.models import Employee
from staff.organisation.queries import posting_on
from staff.regulation import values
from staff.teamwork import queries, states
from staff.teamwork.models import RequestPart, WorkRequest

KIND, ANSWER, WORK = "work_request", "request-answer", "request-work"
SERIES = "RQ"


@transaction.atomic
def send(actor, *, kind, title, need, needed_by, now, to_department=None, to_hall=None):
    """Ask a department, or the logistics of a hall, for something by a day; answering it is due to them by that day."""
    day, me = timezone.localtime(now).date(), actor.user.employee
    posting = posting_on(me, day)
    if posting is None:
        raise Refused(_("You have no posting today, so nobody could tell which side asks. Ask HR to enter it."))
    if needed_by < day:
        raise Refused(_("The day by which it is needed is past. Choose today or a later day."), field="needed_by")
    row = WorkRequest(kind=kind, title=title, need=need, asked_by=me, from_department=posting.department, from_hall=posting.hall, to_hall=to_hall,
                      to_department=to_hall.department if to_hall else to_department, needed_by=needed_by, sent_at=now, due_at=end_of(needed_by, to_hall),
                      number=next_number(SERIES, day.year))
    if (whose := queries.answerer(row, day)) is None:
        raise Refused(_("Nobody answers there at present. Choose another place."), field="to_hall" if to_hall else "to_department")
    trace.save(actor, row, act="sent")
    duties.make([duty_of(row, ANSWER, **whose)])
    return row


def end_of(day, hall):
    """The end of a day by the clock of a hall, or of the house."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(hall.timezone if hall else settings.TIME_ZONE))


def duty_of(row, schedule, slot="", **whose):
    """What a request asks of somebody: its answer or its work, by the day it is needed."""
    return Duty(schedule=schedule, slot=slot or row.number, kind=KIND, record_id=row.pk, hall=row.to_hall, starts_at=row.sent_at, due_at=row.due_at, **whose)


def _locked(row, verb):
    """The request, locked, if it may go that way now."""
    row = WorkRequest.objects.select_for_update(of=("self",)).select_related("to_hall", "to_department__head").get(pk=row.pk)
    sentence = _("This request is “%(state)s” by now. Look at it again.") % {"state": row.get_state_display()}
    row.was, row.state = row.state, states.TABLE[verb].apply(row.state, sentence)
    return row


def _answering(actor, row, verb):
    """The same for who answers it: somebody of the side that was asked, and never who asked."""
    row = _locked(row, verb)
    if row.asked_by_id == actor.user.employee.pk:
        raise Refused(_("Nobody answers their own request. Ask a colleague of that side."))
    if not WorkRequest.objects.received_by(actor.user).filter(pk=row.pk).exists():
        raise Refused(_("This request is not addressed to you. Whoever it was sent to answers it."))
    return row


@transaction.atomic
def accept(actor, row, *, owner, answer, now):
    """It will be done, and `owner` is responsible; the work is due to them by the day it is needed."""
    row = _answering(actor, row, "accept")
    if owner.state != Employee.State.ON_DUTY:
        raise Refused(_("%(name)s is not on duty. Choose somebody else.") % {"name": owner}, field="owner")
    if owner.pk == row.asked_by_id:
        raise Refused(_("%(name)s asked for it. Choose somebody of your side.") % {"name": owner}, field="owner")
    row.owner, row.answer, row.answered_by, row.answered_at = owner, answer, actor.user.employee, now
    trace.save(actor, row, "state", "owner", "answer", "answered_by", "answered_at", act="accepted")
    duties.finish(actor, KIND, row.pk, now=now, schedule=ANSWER)
    duties.make([duty_of(row, WORK, employee_id=owner.pk)])
    return row


@transaction.atomic
def decline(actor, row, *, reason, now):
    """It will not be done, and why."""
    row = _answering(actor, row, "decline")
    row.answer, row.answered_by, row.answered_at = reason, actor.user.employee, now
    trace.save(actor, row, "state", "answer", "answered_by", "answered_at", act="declined", reason=reason)
    duties.finish(actor, KIND, row.pk, now=now, schedule=ANSWER)
    return row


@transaction.atomic
def withdraw(actor, row, *, reason, now):
    """Who asked needs it no longer, and why; only before it is answered. Nobody has to answer any more."""
    row = _locked(row, "withdraw")
    if row.asked_by_id != actor.user.employee.pk:
        raise Refused(_("Only who asked takes a request back."))
    row.withdrawn_because = reason
    trace.save(actor, row, "state", "withdrawn_because", act="withdrawn", reason=reason)
    duties.withdraw(actor, KIND, row.pk, reason=_("The request was withdrawn."), now=now)
    return row


@transaction.atomic
def divide(actor, row, *, employee, what, now):
    """Give somebody a part of the work, from whichever department."""
    row = _answering(actor, row, "divide")
    if employee.state != Employee.State.ON_DUTY:
        raise Refused(_("%(name)s is not on duty. Choose somebody else.") % {"name": employee}, field="employee")
    part = trace.save(actor, RequestPart(request=row, employee=employee, what=what), act="divided")
    duties.make(parts_due(row))
    return part


def parts_due(row):
    """What a request asks of those who do a part of it; the one responsible has the whole as a duty."""
    doing = RequestPart.objects.filter(request=row, done_at=None).exclude(employee=row.owner_id).order_by("employee_id", "-pk").distinct("employee_id")
    there = set(Duty.objects.filter(kind=KIND, record_id=row.pk, schedule=WORK, state=OPEN).values_list("employee_id", flat=True))
    return [duty_of(row, WORK, f"{row.number}/{part.pk}", employee_id=part.employee_id) for part in doing if part.employee_id not in there]


@transaction.atomic
def finish_part(actor, part, *, now):
    """A part is done, said by whoever does it or by the one responsible. The first one begins the work."""
    row = _locked(part.request, "finish_part")
    part = RequestPart.objects.select_for_update(of=("self",)).select_related("employee").get(pk=part.pk)
    if actor.user.employee.pk not in (part.employee_id, row.owner_id):
        raise Refused(_("%(name)s does this part. Only they or the one responsible say that it is done.") % {"name": part.employee})
    if part.done_at:
        return part
    part.done_at = now
    trace.save(actor, part, "done_at", act="done")
    if row.state != row.was:
        trace.save(actor, row, "state", act="begun")
    if part.employee_id != row.owner_id and not RequestPart.objects.filter(request=row, employee=part.employee_id, done_at=None).exists():
        duties.finish(actor, KIND, row.pk, now=now, schedule=WORK, employee=part.employee)
    return part


@transaction.atomic
def begin(actor, row, *, now):
    """The work begins."""
    row = _answering(actor, row, "begin")
    return trace.save(actor, row, "state", act="begun")


@transaction.atomic
def deliver(actor, row, *, result, now):
    """It is done, and what came of it; every part has to be done."""
    row = _answering(actor, row, "deliver")
    if left := RequestPart.objects.filter(request=row, done_at=None).count():
        raise Refused(_("%(n)s parts of the work are not done yet. Finish them, then deliver.") % {"n": left})
    row.result, row.delivered_at = result, now
    trace.save(actor, row, "state", "result", "delivered_at", act="delivered")
    duties.finish(actor, KIND, row.pk, now=now, schedule=WORK)
    return row


@transaction.atomic
def rate(actor, row, *, score, comment, now):
    """Who asked says how the cooperation was, from 1 up to the scale of the regulation."""
    row = _locked(row, "rate")
    if row.asked_by_id != actor.user.employee.pk:
        raise Refused(_("Only who asked rates the cooperation."))
    highest = highest_score(row, now)
    if not 1 <= score <= highest:
        raise Refused(_("The rating is from 1 to %(n)s. Choose one of them.") % {"n": highest}, field="score")
    row.score, row.comment, row.rated_at = score, comment, now
    return trace.save(actor, row, "state", "score", "comment", "rated_at", act="rated")


def highest_score(row, now):
    """The top of the scale."""
    return values.value("survey_score_max", timezone.localtime(now).date(), row.to_hall_id)


@transaction.atomic
def close(actor, row, *, now):
    """Nothing is left to do; either side says so."""
    row = _locked(row, "close")
    if row.asked_by_id != actor.user.employee.pk and not WorkRequest.objects.received_by(actor.user).filter(pk=row.pk).exists():
        raise Refused(_("Only the side that asked or the side that was asked closes a request."))
    row.closed_at = now
    return trace.save(actor, row, "state", "closed_at", act="closed")
