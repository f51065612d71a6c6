"""Who is logged is perhaps expected: a visitor with an appointment of today becomes its visit, never a second one (FIELD 2.1 4)."""
from django.db.models import Q

from config import prepared
from config.accounts import trace
from reception.customers import services as customers
from reception.customers.models import ContactPoint, Customer
from reception.visits import states
from reception.visits.models import ServiceLeg
from reception.visits.queries import day_bounds
from reception.visits.queue_models import Appointment
from reception.visits.recording import locked_visit, record
from staff.shifts.queries import on_duty


def expected(hall, day, customer, new_customer):
    """The appointment of the day, locked, that this visitor means, or None. One statement where nobody is expected.

    One whose visitor arrived and is still here comes before one that is still to come. A number that several people share names
    nobody by itself: by it alone only the single appointment under it is meant, or the one of the same name.
    """
    who, name = _asked(customer, new_customer)
    if who is None:
        return None
    start, end = day_bounds(hall, day)
    rows = prepared.rows("expected by file", lambda: _of_day(prepared.HALL, prepared.START, prepared.END, who),
                         pk=customer.pk, hall=hall.pk, start=start, end=end) if customer else list(_of_day(hall, start, end, who))
    rows = [row for row in rows if customer and row.customer_id == customer.pk] or named(rows, name)
    here = [row for row in rows if row.visit_id and row.visit.state in states.PRESENT]
    planned = [row for row in rows if row.state == states.PLANNED]
    return next(iter(here or planned), None)


def _of_day(hall, start, end, who):
    """The appointments of a day of the hall that meet a condition, locked."""
    return Appointment.objects.select_for_update(of=("self",)).select_related("customer", "service", "employee", "hall").filter(
        who, hall=hall, at__gte=start, at__lt=end, state__in=[states.PLANNED, states.ARRIVED]).order_by("at", "pk")


def _asked(customer, new_customer):
    """(condition on appointments, name as told) of a known customer, who is PK in it, or a new one."""
    if customer:
        numbers = ContactPoint.objects.filter(customer=prepared.PK).values("value")
        return Q(customer=prepared.PK) | Q(customer=None, phone__gt="", phone__in=numbers), customer.name
    numbers = [phone.e164 for phone in (new_customer or {}).get("phones", ()) if getattr(phone, "e164", None)]
    if not numbers:
        return None, ""
    return Q(phone__in=numbers) | Q(customer__in=Customer.objects.filter(contacts__value__in=numbers).values("pk")), new_customer.get("name", "")


def named(rows, name):
    """Those of `rows` that a name may mean: the same name, or the only one there is when no name was told."""
    said = plain(name)
    if not said:
        return rows if len({plain(row.shown_name) for row in rows}) == 1 else []
    return [row for row in rows if plain(row.shown_name) in {said, ""}]


def plain(name):
    """A name without blanks and case, for comparing."""
    return "".join(name.split()).casefold()


def told_before(appointment, customer, new_customer):
    """(customer, new customer) with what the appointment says of them: its file instead of a second one, its name where none was told now."""
    if not appointment or customer or not new_customer:
        return customer, new_customer
    if appointment.customer_id:
        return appointment.customer, None
    return None, new_customer | {"name": new_customer.get("name") or appointment.name}


def takes_place(actor, appointment, visit, *, now):
    """The appointment became this visit; its ticket has priority from the hour on, and waits for the adviser if that one is here."""
    appointment.state = states.APPOINTMENT["arrive"].apply(appointment.state, "")
    appointment.visit, appointment.version = visit, appointment.version + 1
    appointment.customer_id = appointment.customer_id or visit.customer_id
    trace.save(actor, appointment, act="arrived")
    record(actor, visit, "expected", at=now, employee=appointment.employee, detail={"appointment": appointment.pk, "at": appointment.at.isoformat()})


def ticket_facts(appointment, now):
    """What an appointment says of its ticket: {priority, priority_from, wanted_employee}."""
    wished = appointment.employee
    here = wished if wished and on_duty(appointment.hall, now).filter(employee=wished).exists() else None
    return {"priority": ServiceLeg.Priority.APPOINTMENT, "priority_from": max(appointment.at, now), "wanted_employee": here}


def meets(actor, visit, *, now, customer=None, **facts):
    """Somebody logs a visitor who arrived a moment ago another way: what is new is added to the one visit, nothing is overwritten."""
    visit = locked_visit(visit)
    added = [name for name, value in facts.items() if value and not getattr(visit, name)]
    for name in added:
        setattr(visit, name, facts[name])
    if customer and not visit.customer_id:
        visit.customer = customer
        customers.know_in_hall(customer, visit.hall, now=now)
        added.append("customer")
    if added:
        visit.version += 1
        trace.save(actor, visit, act="completed at the desk")
    record(actor, visit, "met_again", at=now, detail={"added": added})
    return visit
