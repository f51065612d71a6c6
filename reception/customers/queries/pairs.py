"""Files that may be the same person (REC-23)."""
from django.db.models import Q

from reception.customers.models import ContactPoint, Customer, DuplicatePair
from reception.customers.permissions import Can

MOST = 10


def duplicate_pairs(user):
    """Open pairs of which the viewer may edit both files."""
    mine = Customer.objects.visible_to(user, Can.EDIT).values("pk")
    return (DuplicatePair.objects.filter(state=DuplicatePair.State.OPEN, first__in=mine, second__in=mine,
                                         first__merged_into__isnull=True, second__merged_into__isnull=True)
            .select_related("first", "second").prefetch_related("first__contacts", "second__contacts"))


def duplicates_of(customer, user):
    """Files in reach that may be the same person as `customer`, at most MOST, without those said to be different people."""
    values = ContactPoint.objects.filter(customer=customer).exclude(kind=ContactPoint.Kind.UNREADABLE).values("value")
    alike = Q(pk__in=ContactPoint.objects.filter(value__in=values).values("customer"))
    if customer.name and customer.company:
        alike |= Q(sort_key=customer.sort_key, name__iexact=customer.name, company__iexact=customer.company)
    told_apart = DuplicatePair.objects.filter(Q(first=customer) | Q(second=customer), state=DuplicatePair.State.DIFFERENT)
    apart = {pk for pair in told_apart.values_list("first", "second") for pk in pair} - {customer.pk}
    rows = Customer.objects.visible_to(user).filter(alike).exclude(pk=customer.pk).exclude(pk__in=apart)
    return list(rows.prefetch_related("contacts").order_by("-last_seen_at")[:MOST])
