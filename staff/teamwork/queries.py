"""Requests for screens, and whom a request may be sent to (STF-07, STF-09)."""
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from staff.duties import ladder
from staff.organisation.access import workplaces
from staff.organisation.models import Department, Employee, Hall, Posting
from staff.teamwork.models import SUPPORT_ROLE, RequestPart, WorkRequest


def for_list(user):
    """The requests in reach with the names that a row shows, and whether the viewer's side answers them (`for_me`)."""
    received = WorkRequest.objects.received_by(user).filter(pk=OuterRef("pk"))
    return WorkRequest.objects.visible_to(user).select_related("asked_by", "from_department", "from_hall", "to_department", "to_hall", "owner").annotate(
        for_me=Exists(received))


def departments_asked():
    """The departments that somebody answers for: with a head, or with people of their own office."""
    office = Posting.objects.on(timezone.localdate()).filter(department=OuterRef("pk"), hall=None, employee__state=Employee.State.ON_DUTY)
    return Department.objects.filter(Q(head__isnull=False) | Exists(office)).order_by("pk")


def halls_supported(user, day):
    """The halls whose logistics this person may ask: those they work in, or all that are open for who works in none."""
    return Hall.objects.filter(pk__in=[hall.pk for hall in workplaces(user, day)]) if workplaces(user, day) else Hall.objects.open_on(day)


def answerer(request, day):
    """Whom answering a request is due to, as facts of a duty: logistics of the hall or its manager, the head of the department or somebody
    of its office; None where there is nobody."""
    if request.to_hall_id:
        if request.to_hall_id in ladder.halls_with(SUPPORT_ROLE, day):
            return {"role": SUPPORT_ROLE}
        return {"employee_id": request.to_hall.manager_id} if request.to_hall.manager_id else None
    head = request.to_department.head
    if head is not None and head.state == Employee.State.ON_DUTY and head.pk != request.asked_by_id:
        return {"employee_id": head.pk}
    office = Posting.objects.on(day).filter(department=request.to_department_id, hall=None, employee__state=Employee.State.ON_DUTY)
    found = office.exclude(employee=request.asked_by_id).order_by("position__order", "employee").values_list("employee_id", flat=True).first()
    return {"employee_id": found} if found else None


def parts_of(request):
    """How the work is divided, with names."""
    return list(RequestPart.objects.filter(request=request).select_related("employee"))
