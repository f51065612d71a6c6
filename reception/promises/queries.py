"""Promises for screens, lists and figures."""
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from config.accounts.access import reach
from config.contributions import records
from reception.customers.models import Customer
from reception.promises import states
from reception.promises.models import Promise
from reception.promises.permissions import Can
from staff.organisation.matrix import matrix
from staff.organisation.models import Assignment, Employee, Hall
from staff.organisation.queries import employee_of, postings_on

SHOWN = 20
KEPT = Q(state=states.KEPT)
LATE = Q(state=states.LATE)
KEEPERS = [role for role, cells in matrix().items() if "promises" in cells and "edit" in cells["promises"].actions]


def for_list(user):
    """The promises in reach with the names that a row shows."""
    return Promise.objects.visible_to(user).select_related("hall", "customer", "owner", "promised_by")


def of_record(user, kind, pk):
    """The promises made in a record, or to a customer, that this viewer may see: what is still to be kept first."""
    rows = for_list(user).filter(customer=pk) if kind == "customer" else for_list(user).filter(kind=kind, record_id=pk)
    return sorted(rows.order_by("-due_at", "-pk")[:SHOWN], key=lambda row: (row.state not in states.RUNNING, 0))


def stands_above(user):
    """Whether this person looks after what others promise: of a hall, a team or everything."""
    far = reach(user, Can.LEAD)
    return bool(far.everything or far.halls or far.teams)


def broken_of_others(user, now):
    """The broken promises that this person has to know of: of the teams and halls in which they stand above those who keep them."""
    if not stands_above(user):
        return []
    rows = Promise.objects.visible_to(user, Can.LEAD).broken(now).exclude(owner=employee_of(user)).select_related("customer", "owner")
    return list(rows.order_by("due_at", "pk")[:SHOWN])


def source_of(row, user):
    """The record in which it was made, as a link for who may open it; None for one that is told by the customer alone."""
    if row.kind == "customer":
        return None
    return records.resolve([(row.kind, row.record_id)], user).get((row.kind, row.record_id))


def may_open_file(row, user):
    """Whether the customer's file is there for this viewer."""
    return Customer.objects.visible_to(user).filter(pk=row.customer_id).exists()


def keepers(hall, day, user):
    """The people who may keep a promise of a hall: who works there on the day, is on duty and has a role that makes promises; and oneself."""
    here = postings_on(day).filter(hall=hall).values("employee")
    able = Assignment.objects.filter(role__in=KEEPERS, starts_on__lte=day).exclude(ends_on__lt=day).values("employee")
    people = Employee.objects.filter(Q(pk__in=here) & Q(pk__in=able) | Q(user=user), state=Employee.State.ON_DUTY, user__isnull=False)
    return people.order_by("sort_key", "pk")


def hall_for(customer, user):
    """The hall in which something is promised to a customer outside any record: where this person works, if the customer is known there, else
    the hall that saw them last."""
    known = Hall.objects.filter(pk__in=customer.halls.values("hall"))
    here = postings_on(timezone.localdate()).filter(employee=employee_of(user)).values("hall")
    return known.filter(pk__in=here).first() or known.order_by("pk").first()


def still_promised(people):
    """Of these customers, the ids of those to whom something is still promised."""
    return set(Promise.objects.filter(customer__in=people.ids, state__in=states.RUNNING).values_list("customer_id", flat=True))


def counted(rows, now):
    """Of these promises, those that count in the rate: due by now, or kept before; withdrawn ones count nowhere."""
    return rows.exclude(state=states.WITHDRAWN).filter(Q(due_at__lt=now) | KEPT)


def due_in(rows, since, until, now):
    """Those of them that were due in a span."""
    return counted(rows, now).filter(due_at__gte=since, due_at__lt=until)


def bounds(first, last):
    """The two moments between which the days from `first` to `last` lie, by the clock of the house."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return datetime.combine(first, time(), zone), datetime.combine(last + timedelta(days=1), time(), zone)
