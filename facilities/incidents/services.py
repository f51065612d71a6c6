"""Verbs on incidents: reporting, confirming or dismissing, noting what is done, ending, measures, filing (FAC-27, FAC-30, FAC-31)."""
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts import trace
from config.accounts.access import may
from config.errors import Refused
from config.numbers.services import next_number
from facilities.incidents import record, states
from facilities.incidents.models import Incident, IncidentEntry, IncidentMeasure, IncidentThing
from facilities.incidents.permissions import Can
from staff.archive import services as archive
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.notifications import services as notifications
from staff.notifications.services import News
from staff.organisation.models import Employee
from staff.regulation import values

KIND, SERIES, CONFIRM, MEASURE, REPORTED = "incident", "IN", "incident-confirm", "incident-measure", "incident-reported"
LEADER = "manager"


def heads_of(hall, but=None):
    """Who has to hear of an incident of a hall at once: the head of its department and its manager, as far as they may lead incidents; the
    first one is asked to confirm it. `but` is the id of who reported it."""
    people = [one for one in (hall.department.head, hall.manager) if one is not None and one.pk != but and one.state == Employee.State.ON_DUTY]
    return [one for one in dict.fromkeys(people) if one.user_id and may(one.user, Can.LEAD)]


def leader_of(hall, but=None):
    """Whom confirming is due to, as facts of a duty."""
    found = heads_of(hall, but)
    return {"employee_id": found[0].pk} if found else {"role": LEADER}


@transaction.atomic
def report(actor, *, kind, hall, place, happened_at, description, now, source=("", None), things=()):
    """Report an incident; the head hears of it at once and has the minutes of the regulation to confirm it. `source` is the (kind, id) of
    the record that reported it, and `things` those that it is about. Refused: it lies ahead."""
    if happened_at > now:
        raise Refused(_("This moment is still to come. Say when it happened."), field="happened_at")
    limit = values.value("incident_response_minutes", timezone.localtime(now).date(), hall)
    row = Incident(number=next_number(SERIES, timezone.localtime(now).year), kind=kind, hall=hall, place=place, happened_at=happened_at,
                   description=description, reported_by=actor.user.employee if actor.user else None, reported_at=now, due_at=now + timedelta(minutes=limit),
                   source_kind=source[0], source_id=source[1])
    trace.save(actor, row, act="reported")
    IncidentThing.objects.bulk_create([IncidentThing(incident=row, kind=of, record_id=pk) for of, pk in things])
    duties.make([duty_of(row)])
    notifications.tell(REPORTED, [News(head.user, row.number, (KIND, row.pk), {"number": row.number, "what": row.get_kind_display(), "hall": str(hall)})
                                  for head in heads_of(hall, row.reported_by_id)], now=now)
    return row


def duty_of(row):
    """What the head has to do: look at the report within the limit."""
    return Duty(schedule=CONFIRM, slot=row.number, kind=KIND, record_id=row.pk, hall=row.hall, starts_at=row.reported_at, due_at=row.due_at,
                **leader_of(row.hall, row.reported_by_id))


def _locked(row, verb):
    row = Incident.objects.select_for_update(of=("self",)).select_related("hall__department", "hall__manager").get(pk=row.pk)
    row.state = states.TABLE[verb].apply(row.state, _("This incident is “%(state)s” by now. Look at it again.") % {"state": row.get_state_display()})
    return row


def _judged(actor, row, verdict, now, *, act):
    if row.reported_by_id == actor.user.employee.pk:
        raise Refused(_("Nobody confirms their own report. The other head of the hall, or the department, does it."))
    row.verdict, row.confirmed_by, row.confirmed_at = verdict, actor.user.employee, now
    trace.save(actor, row, "state", "verdict", "confirmed_by", "confirmed_at", act=act, reason=verdict)
    duties.finish(actor, KIND, row.pk, now=now, schedule=CONFIRM)
    return row


@transaction.atomic
def confirm(actor, row, *, verdict, now):
    """It is one: the head takes it in hand and says what is to be done."""
    return _judged(actor, _locked(row, "confirm"), verdict, now, act="confirmed")


@transaction.atomic
def dismiss(actor, row, *, verdict, now):
    """It was a false alarm, and why."""
    return _judged(actor, _locked(row, "dismiss"), verdict, now, act="false alarm")


@transaction.atomic
def note(actor, row, *, what, text, at, now):
    """Note what was done on site; the first one begins the response."""
    was, row = row.state, _locked(row, "note")
    if at > now:
        raise Refused(_("This moment is still to come. Say when it was done."), field="at")
    if at < row.happened_at:
        raise Refused(_("That is before it happened. Say when it was done."), field="at")
    entry = IncidentEntry.objects.create(incident=row, what=what, text=text, at=at, by=actor.user.employee, noted_at=now)
    if was != row.state:
        trace.save(actor, row, "state", act="begun")
    return entry


@transaction.atomic
def end(actor, row, *, loss, now):
    """It is over, and what was lost or hurt."""
    row = _locked(row, "end")
    row.ended_at, row.loss = now, loss
    return trace.save(actor, row, "state", "ended_at", "loss", act="over")


@transaction.atomic
def plan(actor, row, *, what, owner, due_on, now):
    """Set a measure against another one; it is due to whoever is responsible."""
    row = _locked(row, "plan")
    if owner.state != Employee.State.ON_DUTY:
        raise Refused(_("%(name)s is not on duty. Choose somebody else.") % {"name": owner}, field="owner")
    if due_on < timezone.localtime(now).date():
        raise Refused(_("This day is past. Choose today or a later one."), field="due_on")
    measure = trace.save(actor, IncidentMeasure(incident=row, what=what, owner=owner, due_on=due_on), act="measure set")
    duties.make([measure_due(measure, row, now)])
    return measure


def slot_of(measure):
    """What tells the duty of one measure from those of others."""
    return f"measure {measure.pk}"


def measure_due(measure, row, now):
    """What one measure asks of whoever is responsible."""
    ends = datetime.combine(measure.due_on + timedelta(days=1), time(), ZoneInfo(row.hall.timezone))
    return Duty(schedule=MEASURE, slot=slot_of(measure), kind=KIND, record_id=row.pk, hall=row.hall, employee_id=measure.owner_id,
                starts_at=now, due_at=ends)


@transaction.atomic
def finish_measure(actor, measure, *, now):
    """A measure is done, said by whoever is responsible for it or by who leads incidents of the hall."""
    measure = IncidentMeasure.objects.select_for_update().get(pk=measure.pk)
    leads = Incident.objects.visible_to(actor.user, Can.LEAD).filter(pk=measure.incident_id).exists()
    if measure.owner_id != actor.user.employee.pk and not leads:
        raise Refused(_("Only who is responsible for a measure, or who leads the incident, says that it is done."))
    if measure.done_at is None:
        measure.done_at = now
        trace.save(actor, measure, "done_at", act="done")
        duties.finish(actor, KIND, measure.incident_id, now=now, schedule=MEASURE, slot=slot_of(measure))
    return measure


@transaction.atomic
def file(actor, row, *, cause, lessons, now):
    """Close the case with its cause and lessons, and put its record into the emergency archive. Refused without a measure against another one."""
    row = _locked(row, "file")
    if not row.measures.exists():
        raise Refused(_("No measure is set against another incident. Set one with somebody responsible, then file it."))
    row.cause, row.lessons, row.filed_by, row.filed_at = cause, lessons, actor.user.employee, now
    trace.save(actor, row, "state", "cause", "lessons", "filed_by", "filed_at", act="filed")
    archive.file(actor, kind="emergency", title=str(row), day=timezone.localtime(row.happened_at).date(), hall=row.hall, now=now,
                 subject=(KIND, row.pk), files=[archive.kept_text(f"{row.number}.txt", record.text_of(row))], owner=row.reported_by)
    return row
