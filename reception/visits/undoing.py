"""Taking an act on a visit or one of its tickets back (UX 16): what has to hold once the rows stand as before."""
from django.utils.translation import gettext as _

from config.errors import Refused
from reception.customers import services as customers
from reception.visits import states
from reception.visits.models import ServiceLeg, Visit
from reception.visits.permissions import Can
from reception.visits.recording import locked_visit, record
from reception.visits.services import is_full
from staff.organisation.models import Employee


def changeable(user):
    """The visits that this person may change."""
    return Visit.objects.visible_to(user, Can.EDIT)


def locked(visit):
    """The visit under its lock, and before it whoever had one of its tickets, so that they call nobody meanwhile."""
    had = ServiceLeg.history.filter(visit_id=visit.pk, employee_id__isnull=False).values("employee_id")
    list(Employee.objects.select_for_update(no_key=True).filter(pk__in=had).order_by("pk"))
    return locked_visit(visit)


def restored(actor, visit, act, now):
    """Refuse what cannot be any more, take back who worked on the file for it, and say in the visit that it was undone."""
    if visit.area_id and visit.state in states.PRESENT and is_full(visit.area, but=visit):
        raise Refused(_("%(area)s was given to others meanwhile. Lead the visitors to a free area instead.") % {"area": visit.area})
    for leg in visit.legs.select_related("employee").filter(state__in=states.IN_HAND, employee__isnull=False):
        since = ServiceLeg.objects.filter(employee=leg.employee, hall=leg.hall_id, day=leg.day, state__in=states.IN_HAND, called_at__gte=act.at)
        other = since.exclude(visit=visit).first()
        if other:
            raise Refused(_("%(name)s has %(ticket)s at the counter by now. Finish it first, then undo this.") % {
                "name": leg.employee, "ticket": other.ticket})
    customers.take_back_involvements(kind="visit", record_id=visit.pk, since=act.at)
    record(actor, visit, "undone", at=now, detail={"events": act.facts.get("events", [])})
