"""Verbs on follow-ups: planning one, a try in vain, recording what was said, answering issues, closing (REC-59 to 62)."""
from collections import defaultdict
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from config import together
from config.accounts import trace
from config.errors import Refused
from reception.followups import states
from reception.followups.events import follow_up_recorded, follow_up_tried
from reception.followups.models import FollowUp, FollowUpIssue, FollowUpTry
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.duties.states import OPEN as OPEN_DUTY
from staff.improvement import services as improvement
from staff.improvement.models import Action
from staff.regulation import values

KIND = "follow_up"
DAY = timedelta(days=1)
AT_ONCE = 1000  # follow-ups written in one statement
FACTS = ("method", "usage", "satisfaction", "loyalty", "opinions")


def plan(actor, rows):
    """Write these planned follow-ups, those that are there already left out; returns how many are new. A statement for what is there and
    one for the new ones, however many."""
    there = set(FollowUp.objects.filter(customer__in={row.customer_id for row in rows}).values_list("customer_id", "trigger", "slot"))
    new = [row for row in rows if (row.customer_id, row.trigger, row.slot) not in there]
    for row in together.name(new):
        trace.mark(actor, row, act="planned")
    for begin in range(0, len(new), AT_ONCE):
        together.insert(new[begin:begin + AT_ONCE])
    return len(new)


def after_purchases(visits, calendars):
    """The follow-ups of visits that ended in business: each by its adviser, within `followup_after_purchase_days` of the visit. `calendars` are those of
    their halls by id; a statement a hall, however many visits."""
    ended = [(visit, calendars[visit.hall_id].day_of(visit.left_at)) for visit in visits]
    days = defaultdict(set)
    for visit, day in ended:
        days[visit.hall_id].add(day)
    within = {hall: values.values_on("followup_after_purchase_days", found, hall) for hall, found in days.items()}
    return [_after_purchase(visit, day, within[visit.hall_id][day] * DAY, calendars[visit.hall_id]) for visit, day in ended]


def _after_purchase(visit, day, within, calendar):
    return FollowUp(hall_id=visit.hall_id, customer_id=visit.customer_id, visit_id=visit.pk, employee_id=visit.adviser_id, trigger=FollowUp.Trigger.PURCHASE,
                    slot=f"visit {visit.pk}", begins_at=morning(day + DAY, calendar.zone), due_at=closing(day + within, calendar))


def morning(day, zone):
    """The beginning of a day by the hall's clock."""
    return datetime.combine(day, time(), ZoneInfo(zone))


def closing(day, calendar):
    """When the hall closes on the day, or on the next one on which it works; midnight where it never does."""
    for later in range(60):
        if spans := calendar.intervals(day + later * DAY):
            return spans[-1][1]
    return morning(day + DAY, calendar.zone)


def _locked(follow_up, verb):
    """The follow-up, locked, if it may go that way now."""
    row = FollowUp.objects.select_for_update(of=("self",)).select_related("hall", "customer").get(pk=follow_up.pk)
    row.state = states.TABLE[verb].apply(row.state, _("This follow-up is “%(state)s” by now. Look at it again.") % {"state": row.get_state_display()})
    return row


@transaction.atomic
def not_reached(actor, follow_up, *, method, note="", again_at, now):
    """A try in vain: to be tried again at `again_at`; given up after `followup_max_attempts` tries, which the supervisor sees."""
    row = _locked(follow_up, "not_reached")
    if again_at and again_at <= now:
        raise Refused(_("The next try lies in the past. Choose a later time."), field="again_at")
    FollowUpTry.objects.create(follow_up=row, at=now, by=actor.user.employee, method=method, note=note)
    row.tries, row.again_at = row.tries + 1, again_at
    if row.tries >= values.value("followup_max_attempts", row.hall.day_of(now), row.hall):
        row.state, row.again_at = states.GIVEN_UP, None
        duties.finish(actor, KIND, row.pk, now=now)
    trace.save(actor, row, "state", "tries", "again_at", act="given up" if row.state == states.GIVEN_UP else "not reached")
    follow_up_tried.send(sender=FollowUp, follow_up=row, method=method, note=note, actor=actor, now=now)
    return row


@transaction.atomic
def record(actor, follow_up, *, issues=(), now, **facts):
    """What the customer said. `issues` are (text, department) for departments to answer, each of which stands in the improvement
    register too; without one the follow-up is closed at once."""
    row = _locked(follow_up, "record")
    for name in FACTS:
        setattr(row, name, facts[name])
    row.recorded_at, row.recorded_by, row.again_at = now, actor.user.employee, None
    trace.save(actor, row, "state", *FACTS, "recorded_at", "recorded_by", "again_at", act="recorded")
    duties.finish(actor, KIND, row.pk, now=now)
    for text, department in issues:
        trace.save(actor, FollowUpIssue(follow_up=row, text=text, department=department), act="opened")
        ours = row.hall if row.hall.department_id == department.pk else None
        improvement.raise_action(actor, source=Action.Source.FOLLOW_UP, problem=text, about=(KIND, row.pk), hall=ours, department=department, now=now)
    row.state = states.TABLE["open_issues" if issues else "close"].apply(row.state, "")
    trace.save(actor, row, "state", act="issues open" if issues else "closed")
    follow_up_recorded.send(sender=FollowUp, follow_up=row, problems=[text for text, _department in issues], actor=actor, now=now)
    return row


@transaction.atomic
def settle(actor, follow_up, *, satisfaction, method, opinions, now):
    """The customer was asked where the record of the call is dealt with, and said this."""
    row = _locked(follow_up, "settle")
    row.satisfaction, row.method, row.opinions, row.again_at = satisfaction, method, opinions, None
    row.recorded_at, row.recorded_by = now, actor.user.employee if actor.user else None
    duties.finish(actor, KIND, row.pk, now=now)
    return trace.save(actor, row, "state", "satisfaction", "method", "opinions", "again_at", "recorded_at", "recorded_by", act="recorded")


@transaction.atomic
def drop(actor, follow_up, *, now):
    """What it was made for went another way: nobody calls."""
    row = _locked(follow_up, "drop")
    row.again_at = None
    duties.withdraw(actor, KIND, row.pk, reason=_("No longer needed"), now=now)
    return trace.save(actor, row, "state", "again_at", act="no longer needed")


@transaction.atomic
def pass_on(actor, follow_up, *, now):
    """Another person calls, `follow_up.employee_id`; what is due passes on to them."""
    row = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
    row.employee_id = follow_up.employee_id
    Duty.objects.filter(kind=KIND, record_id=row.pk, state=OPEN_DUTY).update(employee_id=row.employee_id, role="", level=0, told_to=None)
    return trace.save(actor, row, "employee", act="handed over")


@transaction.atomic
def answer(actor, issue, *, answer, now):
    """The department's answer, told to the customer."""
    issue = FollowUpIssue.objects.select_for_update().get(pk=issue.pk)
    if issue.answered_at:
        raise Refused(_("This is answered already."))
    issue.answer, issue.answered_at = answer, now
    return trace.save(actor, issue, "answer", "answered_at", act="answered")


@transaction.atomic
def close(actor, follow_up, *, now):
    """Every issue is answered and told to the customer."""
    row = _locked(follow_up, "close")
    if left := row.issues.filter(answered_at=None).count():
        raise Refused(_("%(n)s issues have no answer yet. Answer them, then close.") % {"n": left})
    return trace.save(actor, row, "state", act="closed")
