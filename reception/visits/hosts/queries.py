"""Whom a visitor came for and was not told yet, who stands in for whom, what a person is asked (FIELD 2.1 6, 7)."""
from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Now

from reception.visits import states as visit_states
from reception.visits.hosts import states
from reception.visits.hosts.models import HostCall
from reception.visits.models import Visit, VisitEvent
from staff.organisation.models import Assignment, Deputy, Employee
from staff.shifts.queries import on_duty

EXPECTED = "expected"
GIVEN = ("assigned", "reassigned", EXPECTED)  # the events that name for whom a visitor is
MOST = 8  # calls that are shown
RECENT = timedelta(hours=16)  # a visit that is older and still open waits for nobody


def untold(now, visit_id=None):
    """The visits of people who are present for somebody who was not told: with `host_id`. Who did anything to the visit themselves knows."""
    given = VisitEvent.objects.filter(Q(visit__adviser=None, verb=EXPECTED) | Q(employee_id=F("visit__adviser"), verb__in=GIVEN),
                                      visit=OuterRef("pk"), employee_id__isnull=False).order_by("-pk")
    own_acts = VisitEvent.objects.filter(visit=OuterRef("pk"), user_id=OuterRef("host_user"))
    rows = Visit.objects.filter(state__in=sorted(visit_states.PRESENT), arrived_at__gte=now - RECENT)
    if visit_id is not None:
        rows = rows.filter(pk=visit_id)
    return (rows.annotate(host_id=Subquery(given.values("employee_id")[:1]))
            .annotate(host_user=Subquery(Employee.objects.filter(pk=OuterRef("host_id")).values("user_id")[:1]))
            .filter(host_user__isnull=False)
            .exclude(Exists(own_acts)).exclude(Exists(HostCall.objects.filter(visit=OuterRef("pk"), host=OuterRef("host_id"))))
            .order_by("arrived_at", "pk"))


def deputies(host, day):
    """Who stands in for a person on a day, and may work."""
    rows = Deputy.objects.filter(employee=host, starts_on__lte=day, ends_on__gte=day, deputy__state=Employee.State.ON_DUTY)
    return [row.deputy for row in rows.select_related("deputy__user").order_by("pk")]


def leaders(hall, now):
    """The shift leaders of a hall at a moment: its supervisors and its manager who are on shift; without one, all of them."""
    day = hall.day_of(now)
    roles = Assignment.objects.filter(Q(role="supervisor", team__hall=hall) | Q(role="supervisor", hall=hall) | Q(role="manager", hall=hall),
                                      Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)
    people = list(Employee.objects.filter(Q(pk__in=roles.values("employee")) | Q(pk=hall.manager_id), state=Employee.State.ON_DUTY)
                  .select_related("user").order_by("sort_key", "pk"))
    here = set(on_duty(hall, now).values_list("employee", flat=True))
    return [one for one in people if one.pk in here] or people


def open_for_account():
    """The ids of the newest calls that may wait for the account around, as a column of it: who has none is asked for no more."""
    recent = HostCall.objects.filter(employee__user=OuterRef("pk"), told_at__gt=Now() - RECENT, state__in=[states.ASKED, states.SILENT])
    return ArraySubquery(recent.order_by("-told_at").values("pk")[:MOST])


def waiting_for(employee):
    """The calls that wait for this person's answer."""
    return list(HostCall.objects.filter(employee=employee, state__in=[states.ASKED, states.SILENT], visit__state__in=sorted(visit_states.PRESENT))
                .select_related("visit__customer", "visit__purpose", "visit__area", "hall", "host").order_by("told_at", "pk")[:MOST])
