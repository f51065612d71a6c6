"""Verbs on suggestions: sending, handing to somebody, answering, making an improvement item of one, closing (REC-76)."""
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from config.numbers.services import next_number
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.duties.states import OPEN
from staff.improvement import services as improvement
from staff.improvement.models import Action
from staff.improvement.suggestions import queries, states
from staff.improvement.suggestions.models import Suggestion
from staff.notifications import services as notifications
from staff.notifications.services import News
from staff.organisation.models import Employee
from staff.organisation.queries import posting_on
from staff.regulation import values

KIND, SERIES, ANSWER, TOLD = "suggestion", "SG", "suggestion-answer", "suggestion-answered"


@transaction.atomic
def suggest(actor, *, topic, title, content, department, now, grounds=""):
    """Send a suggestion to a department; its head, or who stands above where the head suggests it, answers within `suggestion_reply_days`."""
    day, me = timezone.localtime(now).date(), actor.user.employee
    posting = posting_on(me, day)
    hall = posting.hall if posting else None
    due = improvement.end_of(day + timedelta(days=values.value("suggestion_reply_days", day, hall)), hall)
    row = Suggestion(number=next_number(SERIES, day.year), topic=topic, title=title, content=content, grounds=grounds, suggested_by=me, hall=hall,
                     department=department, sent_at=now, due_at=due)
    person = queries.answerer(row, day)
    if person is None:
        raise Refused(_("Nobody answers there at present. Choose another department."), field="department")
    if person.pk != department.head_id:
        row.assigned_to, row.state = person, states.TABLE["assign"].apply(row.state, "")
    trace.save(actor, row, act="sent")
    duties.make([duty_of(row, person)])
    return row


def duty_of(row, person):
    """What a suggestion asks of who answers it."""
    return Duty(schedule=ANSWER, slot=row.number, kind=KIND, record_id=row.pk, hall=row.hall, employee=person, starts_at=row.sent_at, due_at=row.due_at)


def _answering(actor, row, verb):
    """The suggestion, locked, if it may go that way now and this person is its addressee."""
    row = Suggestion.objects.select_for_update(of=("self",)).select_related("hall", "department__head", "assigned_to", "suggested_by__user").get(pk=row.pk)
    if verb is not None:
        row.state = states.TABLE[verb].apply(row.state, _("This suggestion is “%(state)s” by now. Look at it again.") % {"state": row.get_state_display()})
    if row.suggested_by_id == actor.user.employee.pk:
        raise Refused(_("Nobody answers their own suggestion. Wait for the answer of the addressee."))
    if not Suggestion.objects.answered_by(actor.user).filter(pk=row.pk).exists():
        raise Refused(_("This suggestion is not addressed to you. Whoever it was sent to answers it."))
    return row


@transaction.atomic
def assign(actor, row, *, person, now):
    """Somebody else answers it, by the same day."""
    row = _answering(actor, row, "assign")
    if person.state != Employee.State.ON_DUTY:
        raise Refused(_("%(name)s is not on duty. Choose somebody else.") % {"name": person}, field="person")
    if person.pk == row.suggested_by_id:
        raise Refused(_("%(name)s suggested it. Choose somebody else.") % {"name": person}, field="person")
    row.assigned_to = person
    trace.save(actor, row, "state", "assigned_to", act="assigned")
    duties.withdraw(actor, KIND, row.pk, reason=str(person), now=now)
    if not duties.make([duty_of(row, person)]):  # it was theirs before, and comes back
        Duty.objects.filter(kind=KIND, record_id=row.pk, employee=person).update(state=OPEN, reason="", done_at=None, done_by=None)
    return row


@transaction.atomic
def answer(actor, row, *, outcome, reply, now):
    """The answer with its reasons; who suggested it sees it. Where nobody was named, who answers had it."""
    row = _answering(actor, row, None)
    if row.state == states.RECEIVED:
        row.assigned_to, row.state = actor.user.employee, states.TABLE["assign"].apply(row.state, "")
        trace.save(actor, row, "state", "assigned_to", act="assigned")
    row.state = states.TABLE["answer"].apply(row.state, _("This suggestion is “%(state)s” by now. Look at it again.") % {"state": row.get_state_display()})
    row.outcome, row.reply, row.answered_at = outcome, reply, now
    trace.save(actor, row, "state", "outcome", "reply", "answered_at", act="answered")
    duties.finish(actor, KIND, row.pk, now=now, schedule=ANSWER)
    if row.suggested_by.user_id:
        notifications.tell(TOLD, [News(row.suggested_by.user, row.number, (KIND, row.pk), {"what": row.title})], now=now)
    return row


@transaction.atomic
def take_up(actor, row, *, now):
    """Make an improvement item of it, for the place it came from; once."""
    row = _answering(actor, row, None)
    if row.action_id:
        raise Refused(_("This suggestion is in the improvement register already."))
    if row.outcome == Suggestion.Outcome.REJECTED:
        raise Refused(_("This suggestion was not taken up, so there is nothing to carry out."))
    ours = row.hall if row.hall_id and row.hall.department_id == row.department_id else None
    row.action = improvement.raise_action(actor, source=Action.Source.SUGGESTION, problem=row.title, about=(KIND, row.pk), hall=ours,
                                          department=row.department, owner=actor.user.employee, now=now)
    return trace.save(actor, row, "action", act="taken up")


@transaction.atomic
def close(actor, row, *, now):
    """Nothing is left to do."""
    row = _answering(actor, row, "close")
    row.closed_at = now
    return trace.save(actor, row, "state", "closed_at", act="closed")


def hand_over(actor, records, to, now, reason=""):
    """Another answers what a leaver was to answer; their own suggestions go back to the head of the department."""
    for row in records.select_for_update(of=("self",)).select_related("hall", "department__head"):
        own = row.suggested_by_id == to.pk
        row.assigned_to, row.state = None if own else to, states.RECEIVED if own else row.state
        trace.save(actor, row, "assigned_to", "state", act="handed over", reason=reason)
        duties.withdraw(actor, KIND, row.pk, reason=str(to), now=now)
        if person := queries.answerer(row, timezone.localtime(now).date()):
            duties.make([duty_of(row, person)])
