"""First answer, acceptance, routing, and the way upwards (CMP-06, CMP-07, CMP-08, CMP-11; FIELD 2.3 rows 6, 13, 16)."""
from django.db import transaction
from django.utils.translation import gettext as _

from complaints.handling import states
from complaints.handling.facts import ComplaintEntry, ComplaintRoute
from complaints.handling.models import Severity
from complaints.handling.permissions import Can
from complaints.handling.reach import MINOR
from complaints.handling.services import common
from config.accounts import trace
from config.accounts.access import may, reach
from config.errors import Refused
from staff.duties import ladder
from staff.duties.decisions import services as decisions
from staff.organisation.models import Employee

REFUSAL = "complaint_refusal"  # what a second person confirms


@transaction.atomic
def acknowledge(actor, complaint, *, method, text, now):
    """The first answer to who complained, in time or late as the clock shows; what was said stands in the story."""
    row = common.locked(complaint, "acknowledge")
    common.check_not_about_actor(actor, row)
    row.acknowledged_at = row.reported_at = now
    if not row.is_anonymous:
        common.entry(actor, row, ComplaintEntry.Kind.TOLD, text=text, method=method, now=now)
    else:
        common.entry(actor, row, ComplaintEntry.Kind.PUBLISHED, text=text, method="page", now=now)
    return common.saved(actor, row, "acknowledged_at", "reported_at", act="acknowledged", verb="acknowledge", now=now)


@transaction.atomic
def ask_refusal(actor, complaint, *, reason, method, text, now):
    """Ask that it be not accepted: out of what the house answers for. `text` is what the customer will be told, by `method`; a second person
    confirms it before anything is told (FIELD 2.3 row 6)."""
    row = common.open_one(complaint)
    common.check_not_about_actor(actor, row)
    states.TABLE["refuse"].apply(row.state, _("Only a complaint that was just registered can be refused. Look at it again."))
    row.end_reason, row.advice, row.told_by = reason, text, row.told_by or method
    decisions.ask(actor, REFUSAL, row.pk, hall=row.hall, reason=reason, now=now)
    return common.saved(actor, row, "end_reason", "advice", "told_by", act="refusal asked", verb="ask_refusal", now=now, reason=reason)


@transaction.atomic
def settle_refusal(actor, complaint, *, approved, answer, now):
    """The second person confirms that it is not accepted, and the customer is told; or it is accepted after all."""
    row = common.found(complaint)
    row.was = row.state
    common.check_not_about_actor(actor, row)
    actor = decisions.settle(actor, REFUSAL, row.pk, approved=approved, answer=answer, now=now)
    if not approved:
        row.end_reason = row.advice = ""
        return common.saved(actor, row, "end_reason", "advice", act="accepted after all", verb="settle_refusal", now=now, reason=answer)
    row.state = states.TABLE["refuse"].apply(row.state, _("This complaint is “%(state)s” by now. Look at it again.") % {"state": row.get_state_display()})
    row.closed_at, row.closed_by = now, common.employee_of(actor)
    kind = ComplaintEntry.Kind.PUBLISHED if row.is_anonymous else ComplaintEntry.Kind.TOLD
    common.entry(actor, row, kind, text=row.advice, method=row.told_by or "page", now=now)
    return common.saved(actor, row, "closed_at", "closed_by", act="not accepted", verb="refuse", now=now, reason=answer)


@transaction.atomic
def assign(actor, complaint, *, handler, now, department=None, note=""):
    """Give it to a handler, who is on duty, may handle it, and is not the one complained about. Who had it before gives it up."""
    row = common.open_one(complaint)
    common.check_not_about_actor(actor, row)
    check_handler(row, handler)
    if row.state in states.TABLE["assign"].sources:
        row.state = states.ASSIGNED
    elif row.state not in states.IN_HAND:
        raise Refused(_("Give the customer the first answer before you assign it."))
    elif row.handler_id == handler.pk:
        raise Refused(_("%(name)s handles it already.") % {"name": handler}, field="handler")
    row.handler, row.department = handler, department
    ComplaintRoute.objects.filter(complaint=row, returned_at=None, answered_at=None).update(returned_at=now, return_reason=_("assigned to somebody else"))
    trace.save(actor, ComplaintRoute(complaint=row, handler=handler, department=department, at=now, by=common.employee_of(actor), note=note), act="assigned")
    return common.saved(actor, row, "handler", "department", act="assigned", verb="assign", now=now, reason=note)


def check_handler(row, handler):
    """Whether this person may handle this complaint (CMP-11, CMP-26)."""
    common.check_independent(row, handler, what=_("handle it"), field="handler")
    if handler.state != Employee.State.ON_DUTY or handler.user is None or not may(handler.user, Can.HANDLE):
        raise Refused(_("%(name)s cannot handle complaints at present. Choose somebody else.") % {"name": handler}, field="handler")
    far = reach(handler.user, Can.HANDLE)
    whole = far.full or far
    limited = MINOR in far.limits and not (whole.everything or row.hall_id in whole.halls)
    if limited and row.severity != Severity.MINOR:
        raise Refused(_("Advisers handle minor complaints alone. Choose somebody from customer service."), field="handler")
    if limited and (row.customer is None or row.customer.owner_id != handler.pk):
        raise Refused(_("Advisers handle complaints of their own customers alone. Choose somebody from customer service."), field="handler")


@transaction.atomic
def give_back(actor, complaint, *, reason, now):
    """Back to whoever assigns, as wrongly assigned; each return is counted (FIELD 2.3 row 16)."""
    row = common.locked(complaint, "give_back")
    common.check_not_about_actor(actor, row)
    if row.handler_id != getattr(common.employee_of(actor), "pk", None) and not may(actor.user, Can.DECIDE):
        raise Refused(_("Only the handler gives it back."))
    ComplaintRoute.objects.filter(complaint=row, returned_at=None, answered_at=None).update(returned_at=now, return_reason=reason[:300])
    row.handler = row.department = None
    row.returns += 1
    return common.saved(actor, row, "handler", "department", "returns", act="given back", verb="give_back", now=now, reason=reason)


@transaction.atomic
def answer_for(actor, route, *, answer, now):
    """The department's answer, in the record (CMP-07)."""
    row = common.open_one(route.complaint)
    common.check_not_about_actor(actor, row)
    route = ComplaintRoute.objects.select_for_update().get(pk=route.pk)
    if route.answered_at:
        raise Refused(_("This was answered already."))
    route.answer, route.answered_at, route.answered_by = answer, now, common.employee_of(actor)
    trace.save(actor, route, "answer", "answered_at", "answered_by", act="answered")
    return common.saved(actor, row, act="department answered", verb="answer_for", now=now)


@transaction.atomic
def report_up(actor, complaint, *, note, now):
    """Tell one's superior of it, with a note; the superior finds it in their list and may instruct (CMP-08)."""
    row = common.open_one(complaint)
    common.check_not_about_actor(actor, row)
    me = common.employee_of(actor)
    above = independent_superior(row, me, now)
    if above is None:
        raise Refused(_("Nobody stands above you who is not concerned. Assign it to somebody else."))
    common.entry(actor, row, ComplaintEntry.Kind.REPORTED, text=note, to=above, now=now)
    row.escalated_to = above
    return common.saved(actor, row, "escalated_to", act="reported upwards", verb="report_up", now=now, reason=note)


def independent_superior(row, employee, now):
    """The nearest superior who is not complained about, up the ladder; None where nobody is."""
    concerned = set(row.people.filter(complained_about=True).values_list("employee_id", flat=True))
    seen, person = set(), employee
    while person and person.pk not in seen:
        seen.add(person.pk)
        person = ladder.superior(person, row.hall.day_of(now))
        if person and person.pk not in concerned and person.user_id and may(person.user, Can.READ):
            return person
    return None


@transaction.atomic
def instruct(actor, complaint, *, text, now):
    """A superior's instruction, in the record (CMP-08)."""
    row = common.open_one(complaint)
    common.check_not_about_actor(actor, row)
    common.entry(actor, row, ComplaintEntry.Kind.INSTRUCTION, text=text, to=row.handler, now=now)
    return common.saved(actor, row, act="instructed", verb="instruct", now=now, reason=text)
