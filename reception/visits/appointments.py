"""The verbs of an appointment: planned, changed, cancelled, arrived, missed (FIELD 2.1 4, 5)."""
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from config.numbers.services import drawn_again
from config.web.versions import claim_version
from reception.customers import services as customers
from reception.visits import services, states
from reception.visits.queue_models import Appointment, HallQueue
from staff.organisation import hours
from staff.organisation.models import Employee
from staff.organisation.queries import postings_on
from staff.regulation import calendar

FIELDS = ("hall", "at", "customer", "name", "phone", "purpose", "service", "employee", "party_size", "note")


@transaction.atomic
def plan(actor, *, hall, at, purpose, now, **facts):
    """Expect somebody: a customer, or a name or telephone, at a moment of the hall's opening hours. Facts as in `FIELDS`."""
    appointment = Appointment(hall=hall, at=at, purpose=purpose, created_at=now, created_by=actor.user, **facts)
    refuse_unfit(appointment, now)
    if appointment.customer:
        customers.know_in_hall(appointment.customer, hall, now=now)
    return trace.save(actor, appointment, act="planned")


def refuse_unfit(appointment, now):
    """Refuse what the hall cannot keep: nobody named, a time that has passed or lies outside its hours, a service or a person it has not."""
    hall, at = appointment.hall, appointment.at
    day = hall.day_of(at)
    if not (appointment.customer or appointment.name or appointment.phone):
        raise Refused(_("Say who is expected: choose a customer, or enter a name or a phone number."), field="who")
    if at <= now:
        raise Refused(_("This time has passed. Enter a time still to come; who is here already is logged at the desk."), field="at")
    if not hall.is_open_on(day):
        raise Refused(_("%(hall)s is not open on this day. Choose another hall or another day.") % {"hall": hall}, field="at")
    refuse_shut(hall, timezone.localtime(at, ZoneInfo(hall.timezone)))
    if appointment.service and not hall.offers.filter(service=appointment.service).exists():
        raise Refused(_("This hall does not offer that service. Choose one of its own."), field="service")
    if appointment.employee and not postings_on(day).filter(hall=hall, employee=appointment.employee, employee__state=Employee.State.ON_DUTY).exists():
        raise Refused(_("%(name)s does not work in this hall on that day. Choose somebody who does.") % {"name": appointment.employee}, field="employee")


def refuse_shut(hall, local):
    """Refuse a moment of the hall's own time at which it is shut."""
    spans = calendar.spans_on(hall, local.date())
    if any(opens <= local.hour * 60 + local.minute < closes for opens, closes in spans):
        return
    if spans:
        raise Refused(_("%(hall)s is shut at that time; it is open %(hours)s. Choose a time within.") % {"hall": hall, "hours": hours.shown(spans)}, field="at")
    if hall.hours.exists():
        raise Refused(_("%(hall)s is shut on that day. Choose another day.") % {"hall": hall}, field="at")


def locked(appointment):
    """The appointment as it is now, locked until the transaction ends."""
    return Appointment.objects.select_for_update(of=("self",)).select_related("hall", "customer", "purpose", "service", "employee").get(pk=appointment.pk)


@transaction.atomic
def change(actor, appointment, *, version, now, **facts):
    """Another time, person or wish; only what is still expected can be changed."""
    appointment = locked(appointment)
    claim_version(appointment, version)
    states.APPOINTMENT["change"].apply(appointment.state, _("This appointment is over. Plan a new one."))
    for name, value in facts.items():
        setattr(appointment, name, value)
    refuse_unfit(appointment, now)
    if appointment.customer:
        customers.know_in_hall(appointment.customer, appointment.hall, now=now)
    return trace.save(actor, appointment, act="changed")


@transaction.atomic
def cancel(actor, appointment, *, reason, now):
    """planned -> cancelled, with the reason."""
    appointment = locked(appointment)
    appointment.state = states.APPOINTMENT["cancel"].apply(appointment.state, _("This appointment is over; there is nothing to cancel."))
    appointment.reason, appointment.version = reason, appointment.version + 1
    return trace.save(actor, appointment, act="cancelled", reason=reason)


@drawn_again
@transaction.atomic
def arrive(actor, appointment, *, now, receptionist=None):
    """planned -> arrived: its visit begins. Told twice, by whatever way, it is the same visit (returned again).

    Refused: cancelled, of another day. Without a customer file one is opened for the name and telephone that were told.
    """
    appointment = locked(appointment)
    if appointment.state == states.ARRIVED:
        return appointment.visit
    if appointment.state != states.PLANNED or appointment.hall.day_of(appointment.at) != appointment.hall.day_of(now):
        raise Refused(_not_now(appointment))
    new = None if appointment.customer else {"name": appointment.name, "phones": [appointment.phone] if appointment.phone else []}
    return services.log_visit(
        actor, hall=appointment.hall, purpose=appointment.purpose, service=appointment.service, customer=appointment.customer, new_customer=new,
        party_size=appointment.party_size, note=appointment.note, receptionist=receptionist, appointment=appointment, now=now)


def _not_now(appointment):
    """Why nobody arrives for this appointment now."""
    if appointment.state == states.CANCELLED:
        return _("This appointment was cancelled. Log the visitor at the desk.")
    return _("This appointment is not of today. Log the visitor at the desk.")


def refuse_early(appointment, now):
    """By the own phone one arrives within the minutes before the hour that the hall allows."""
    settings = settings_of(appointment.hall)
    left = (appointment.at - now).total_seconds() / 60
    if appointment.state == states.PLANNED and left > settings.early_minutes:
        raise Refused(_("It is too early. Come back here from %(minutes)s minutes before your appointment, once you are in the hall.")
                      % {"minutes": settings.early_minutes})


def settings_of(hall):
    """How the hall calls and warns; the defaults where nothing was set."""
    return getattr(hall, "queue", None) or HallQueue(hall=hall)


@transaction.atomic
def set_queue(actor, hall, *, version, now, **facts):
    """Change how the hall calls and when it warns."""
    settings = HallQueue.objects.select_for_update().filter(hall=hall).first()
    if settings is None:
        settings = HallQueue(hall=hall, version=0)
        version = None if version in (None, 1) else version
    claim_version(settings, version)
    for name, value in facts.items():
        setattr(settings, name, value)
    return trace.save(actor, settings, act="changed")


@transaction.atomic
def miss(actor, hall, *, before):
    """Whoever was expected before this moment and did not come is noted as missed; safe to run twice. Returns how many."""
    rows = list(Appointment.objects.select_for_update(skip_locked=True).filter(hall=hall, state=states.PLANNED, at__lt=before).order_by("pk"))
    for appointment in rows:
        appointment.state = states.APPOINTMENT["miss"].apply(appointment.state, "")
        appointment.version += 1
        trace.save(actor, appointment, act="missed")
    return len(rows)
