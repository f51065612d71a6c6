"""Shifts on other pages: the person's next ones, who is on duty in a hall, the own shift on My day."""
from django.utils import timezone

from config.contributions.panels import register
from staff.organisation.models import Employee
from staff.shifts import queries
from staff.shifts.models import Shift

SHOWN = 7


def of_person(person, user):
    """The running and coming shifts of a person, as far as this viewer sees them."""
    if not isinstance(person, Employee):
        return None
    rows = Shift.objects.visible_to(user).filter(employee=person, ends_at__gt=timezone.now()).select_related("hall", "post")[:SHOWN]
    return {"shifts": list(rows), "person": person}


def of_hall(hall, user):
    """Who is on duty in a hall now, as far as this viewer sees it."""
    seen = Shift.objects.visible_to(user).filter(hall=hall).values("pk")
    return {"shifts": list(queries.on_duty(hall, timezone.now()).filter(pk__in=seen)), "hall": hall}


def mine(record, user):
    """The own running or next shift."""
    shift = Shift.objects.filter(employee__user_id=user.pk, ends_at__gt=timezone.now()).select_related("hall", "post").first()
    return {"shift": shift, "now": timezone.now(), "aside": True} if shift else None


register(key="shifts", place="person", template="staff/shifts/_of_person.html", context=of_person, order=20)
register(key="shifts_of_hall", place="hall", template="staff/shifts/_of_hall.html", context=of_hall, order=20)
register(key="own_shift", place="my_day", template="staff/shifts/_mine.html", context=mine, order=10)
