"""Files that lack something, and fields that are to be confirmed with the customer (REC-22)."""
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from reception.customers.completeness_models import Confirmation, FileCheck
from reception.customers.models import Customer
from reception.customers.queries.files import with_halls
from staff.organisation.matrix import matrix
from staff.organisation.models import Assignment, Employee
from staff.organisation.queries import postings_on

ASKERS = [role for role, cells in matrix().items() if "customers" in cells and "edit" in cells["customers"].actions]


def incomplete(user):
    """The files in reach that lack a field of their template."""
    return Customer.objects.visible_to(user).filter(check_of__percent__lt=100)


def with_lacks(customers):
    """Files with what a row of the list shows, in one statement: what they lack, what is marked, owner and halls."""
    marked = Confirmation.objects.filter(asked_at=None).order_by("pk").values("field")
    return with_halls(customers).select_related("owner", "check_of").annotate(marked=ArraySubquery(marked.filter(customer=OuterRef("pk")))).only(
        "number", "name", "company", "last_seen_at", "owner__name", "check_of__percent", "check_of__missing")


def check_of(customer):
    """How complete a file is, or None for one that was opened a moment ago."""
    return FileCheck.objects.filter(customer=customer).first()


def marks_of(customer):
    """What is marked, and what was asked last: open ones first."""
    rows = customer.confirmations.select_related("owner", "marked_by", "asked_by").order_by("-marked_at", "-pk")[:20]
    return sorted(rows, key=lambda row: row.asked_at is not None)


def askers(customer, day, user):
    """Who may ask a customer: the people on duty in the halls that know them, the owner, and oneself."""
    here = postings_on(day).filter(hall__in=customer.halls.values("hall")).values("employee")
    able = Assignment.objects.filter(role__in=ASKERS, starts_on__lte=day).exclude(ends_on__lt=day).values("employee")
    people = Employee.objects.filter(Q(pk__in=here) & Q(pk__in=able) | Q(pk=customer.owner_id) | Q(user=user), state=Employee.State.ON_DUTY,
                                     user__isnull=False)
    return people.order_by("sort_key", "pk")


def still_to_confirm(people):
    """Of these customers, the ids of those of whom something is still to be asked."""
    return set(Confirmation.objects.filter(customer__in=people.ids, asked_at=None).values_list("customer_id", flat=True))
