"""Verbs on calls of hosts: telling the host, taking the answer, asking the next one when there is none (FIELD 2.1 6, 7)."""
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from config.accounts import trace
from config.accounts.actor import Actor
from config.errors import Refused
from reception.visits import services as visits
from reception.visits import states as visit_states
from reception.visits.appointments import settings_of
from reception.visits.hosts import queries, states
from reception.visits.hosts.models import HostCall
from reception.visits.models import Visit, VisitEvent
from reception.visits.queue_models import Appointment
from reception.visits.recording import locked_visit
from staff.notifications import services as notifications
from staff.notifications.services import News
from staff.organisation.models import Employee

KIND = "host_call"
CALLED, UNANSWERED = "host-called", "host-unanswered"  # kinds of notification (notifications.py of the room)
HOUSE = Actor.system("hosts")


def call_waiting(now, visit_id=None):
    """Tell every host of a visitor who is here and of whom they do not know; of one visit, where it is named. The same twice, and two
    clocks share the work. Returns how many were told."""
    return sum(call_host(visit, visit.host_id, now=now) for visit in list(queries.untold(now, visit_id)))


@transaction.atomic
def call_host(visit, host_id, *, now):
    """Tell the host of one visit, unless somebody did meanwhile."""
    visit = locked_visit(visit)
    if visit.state not in visit_states.PRESENT or HostCall.objects.filter(visit=visit, host=host_id).exists():
        return 0
    host = Employee.objects.select_related("user").get(pk=host_id)
    if host.state != Employee.State.ON_DUTY:
        return ask_next(visit, host, HostCall.Step.HOST, now=now)
    return ask(visit, host, [host], HostCall.Step.HOST, now=now)


def ask(visit, host, people, step, *, now):
    """Ask these people, each within the minutes of the hall; returns how many."""
    minutes = settings_of(visit.hall).host_minutes
    asked = []
    for person in people:
        call = HostCall(visit=visit, hall=visit.hall, host=host, employee=person, step=step, told_at=now, answer_by=now + timedelta(minutes=minutes))
        asked.append(trace.save(HOUSE, call, act="asked"))
    values = {"hall": visit.hall.name, "at": visit.arrived_at, "host": host.name, "minutes": minutes}
    notifications.tell(CALLED, [News(call.employee.user, f"{call.pk}", (KIND, call.pk), values) for call in asked], now=now)
    return len(asked)


def ask_next(visit, host, step, *, now):
    """Nobody of this step comes: ask the deputies, then the shift leaders, whoever was not asked yet. When all were, the desk is told."""
    already = set(HostCall.objects.filter(visit=visit, host=host).values_list("employee", flat=True)) | {host.pk}
    for later in HostCall.Step:
        if later > step:
            people = queries.deputies(host, visit.hall.day_of(now)) if later == HostCall.Step.DEPUTY else queries.leaders(visit.hall, now)
            if fresh := [one for one in people if one.pk not in already and one.user_id]:
                return ask(visit, host, fresh, later, now=now)
    if visit.receptionist_id and visit.receptionist.user_id:
        notifications.tell(UNANSWERED, [News(visit.receptionist.user, f"{visit.pk}:{host.pk}", ("visit", visit.pk), {"host": host.name})], now=now)
    return 0


def pass_on(now):
    """Whoever did not answer in time is asked no longer: the next ones are. Returns how many fell silent."""
    late = HostCall.objects.filter(state=states.ASKED, answer_by__lte=now)
    return sum(pass_on_visit(visit_id, now=now) for visit_id in list(late.order_by("visit").values_list("visit", flat=True).distinct()))


@transaction.atomic
def pass_on_visit(visit_id, *, now):
    """The same of one visit; nobody is asked any more where it is over or somebody else's by now, or where the person came without a word."""
    visit = locked_visit(Visit(pk=visit_id))
    late = HostCall.objects.select_for_update(of=("self",)).filter(visit=visit, state=states.ASKED, answer_by__lte=now)
    late, silent = list(late.select_related("host", "employee").order_by("pk")), set()
    for call in late:
        waits = still_waits(visit, call)
        call.state = states.TABLE["fall_silent" if waits else "end"].apply(call.state, "")
        trace.save(HOUSE, call, "state", act="did not answer" if waits else "over")
        if waits:
            silent.add((call.host, call.step))
    for host, step in sorted(silent, key=lambda one: one[1]):
        go_on(visit, host, step, now=now)
    return len(silent)


def still_waits(visit, call):
    """Whether the visitor still waits for the host of this call, and the person who was asked has done nothing for them since."""
    expected = visit.adviser_id is None and Appointment.objects.filter(visit=visit, employee=call.host_id).exists()
    if visit.state not in visit_states.PRESENT or not (expected or visit.adviser_id == call.host_id):
        return False
    return not VisitEvent.objects.filter(visit=visit, user_id=call.employee.user_id, at__gte=call.told_at).exists()


def go_on(visit, host, step, *, now):
    """Ask the next step once nobody of this one is still asked, and nobody comes."""
    rows = HostCall.objects.filter(visit=visit, host=host)
    if not rows.filter(state__in=[states.ASKED, *states.COMES]).exists():
        ask_next(visit, host, step, now=now)


@transaction.atomic
def answer(actor, call, *, says, now):
    """The person who was asked says `coming`, `soon` or `other`. Who comes in another's place takes the visit over; after "somebody else" the
    next ones are asked at once. Refused: asked somebody else, the visit is over, another comes already."""
    visit = locked_visit(Visit(pk=call.visit_id))
    call = HostCall.objects.select_for_update(of=("self",)).select_related("employee", "host").get(pk=call.pk)
    if call.employee.user_id != (actor.user and actor.user.pk):
        raise Refused(_("%(name)s was asked, and answers alone.") % {"name": call.employee})
    if visit.state not in visit_states.PRESENT:
        raise Refused(_("This visit is over; nobody waits any more."))
    call.state = states.TABLE[says].apply(call.state, _("This was answered already, by you or by a colleague. Look at it again."))
    call.answered_at = now
    trace.save(actor, call, "state", "answered_at", act="answered")
    notifications.read_about(actor, KIND, call.pk, now=now)
    if says in states.COMES:
        take_over(actor, visit, call, now=now)
    else:
        go_on(visit, call.host, call.step, now=now)
    return call


def take_over(actor, visit, call, *, now):
    """Somebody comes: nobody else is asked, and who stands in for the host has the visit from now on."""
    for other in HostCall.objects.select_for_update().filter(visit=visit, host=call.host_id, state__in=[states.ASKED, states.SILENT]).exclude(pk=call.pk):
        other.state = states.TABLE["end"].apply(other.state, "")
        trace.save(HOUSE, other, "state", act="over")
    if call.step != HostCall.Step.HOST and visit.adviser_id != call.employee_id:
        visits.reassign(actor, visit, call.employee, reason=_("%(name)s did not come.") % {"name": call.host}, now=now)

