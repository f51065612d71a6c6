"""Writing what happened: one event row for every fact of a visit (FIELD 2.1 30)."""
from contextlib import contextmanager

from config.web import undo
from reception.visits.models import Visit, VisitEvent
from staff.organisation.models import Employee


def locked_person(employee):
    """Whoever is given work stays as they are until the transaction ends, so that two desks do not give it to one free person. Taken
    before the visit's lock."""
    return Employee.objects.select_for_update(no_key=True).get(pk=employee.pk)


def locked_visit(visit):
    """The visit as it is now, locked until the transaction ends; every act on a visit or its legs takes this lock first."""
    return Visit.objects.select_for_update(of=("self",)).select_related("hall", "customer", "adviser", "area", "purpose").get(pk=visit.pk)


def record(actor, visit, verb, *, at, leg=None, employee=None, post=None, area=None, reason="", detail=None):
    """Add one event. Events are only ever added; figures and time lines are worked out from them."""
    event = VisitEvent(
        visit=visit, hall_id=visit.hall_id, leg_id=leg and leg.pk, verb=verb, at=at, user_id=actor.user and actor.user.pk,
        employee_id=employee and employee.pk, post_id=post and post.pk, area_id=area and area.pk, reason=reason[:300], detail=detail or {})
    if visit.to_record is None:
        event.save()
        undo.note("events", event.pk)
    else:
        visit.to_record.append(event)


@contextmanager
def recorded_together(visit):
    """Within this block events may come before the visit is saved; those that nobody wrote with it are written at its end, in one
    statement."""
    visit.to_record = []
    yield
    VisitEvent.objects.bulk_create(to_write(visit))
    visit.to_record = None


def to_write(visit):
    """Take the events that wait to be written. Arrival and ticket stand before what was done at the same moment."""
    events, visit.to_record = sorted(visit.to_record, key=lambda event: event.verb not in ("arrived", "queued")), []
    return events
