"""Files that may be the same person (REC-23)."""
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from reception.customers.models import ContactPoint, Customer, CustomerMerge, DuplicatePair
from reception.customers.permissions import Can

MOST = 10


def duplicate_pairs(user):
    """Open pairs of which the viewer may edit both files."""
    mine = Customer.objects.visible_to(user, Can.EDIT).values("pk")
    return (DuplicatePair.objects.filter(state=DuplicatePair.State.OPEN, first__in=mine, second__in=mine,
                                         first__merged_into__isnull=True, second__merged_into__isnull=True)
            .select_related("first", "second").prefetch_related("first__contacts", "second__contacts"))


def merges_to_undo(user):
    """The last merges whose kept file the viewer may edit and that nobody undid, newest first, at most MOST."""
    mine = Customer.objects.visible_to(user, Can.EDIT).values("pk")
    return list(CustomerMerge.objects.filter(undone_at=None, kept__in=mine).select_related("kept", "merged", "by").order_by("-pk")[:MOST])


def duplicates_of(customer, user):
    """Files in reach that may be the same person as `customer`, at most MOST, without those said to be different people."""
    values = ContactPoint.objects.filter(customer=customer).exclude(kind=ContactPoint.Kind.UNREADABLE).values("value")
    alike = Q(pk__in=ContactPoint.objects.filter(value__in=values).values("customer"))
    if customer.name and customer.company:
        alike |= Q(sort_key=customer.sort_key, name__iexact=customer.name, company__iexact=customer.company)
    apart = DuplicatePair.objects.filter(Q(first=customer, second=OuterRef("pk")) | Q(second=customer, first=OuterRef("pk")),
                                         state=DuplicatePair.State.DIFFERENT)
    numbers = ContactPoint.objects.filter(customer=OuterRef("pk")).values(found=JSONObject(kind="kind", value="value"))
    rows = Customer.objects.visible_to(user).filter(~Exists(apart), alike).exclude(pk=customer.pk).annotate(numbers=ArraySubquery(numbers))
    found = list(rows.order_by("-last_seen_at")[:MOST])
    for other in found:
        other.masked = [ContactPoint(**number).masked for number in other.numbers]
    return found
