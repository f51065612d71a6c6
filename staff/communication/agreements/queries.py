"""Confidentiality agreements for screens (STF-52)."""
import datetime

from django.db.models import Count, DateField, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from staff.communication.agreements import rules
from staff.communication.agreements.models import ConfidentialityAgreement
from staff.communication.permissions import Agreement
from staff.organisation.models import Employee, Posting
from staff.organisation.queries import people_within

NEVER = datetime.date(1900, 1, 1)  # where somebody who never signed stands in the order


def signers(user):
    """The people in reach who work today, with hall and position of today and the newest agreement; one statement."""
    today = timezone.localdate()
    posting = Posting.objects.on(today).filter(employee=OuterRef("pk"))
    newest = ConfidentialityAgreement.objects.filter(employee=OuterRef("pk")).order_by("-signed_at", "-pk")
    return (people_within(user, Agreement.READ).employed_on(today).exclude(state=Employee.State.LEFT)
            .annotate(hall_id=Subquery(posting.values("hall_id")[:1]), hall_name=Subquery(posting.values("hall__name")[:1]),
                      position_name=Subquery(posting.values("position__name")[:1]), agreement_id=Subquery(newest.values("pk")[:1]),
                      signed_at=Subquery(newest.values("signed_at")[:1]),
                      until=Coalesce(F("bound_until"), NEVER, output_field=DateField())))


def counts(user):
    """How many of the people in reach have no agreement that holds, and of how many it ends soon."""
    today = timezone.localdate()
    soon = today + datetime.timedelta(days=rules.RENEWAL_DAYS)
    people = people_within(user, Agreement.READ).employed_on(today).exclude(state=Employee.State.LEFT)
    return people.aggregate(missing=Count("pk", filter=Q(bound_until=None) | Q(bound_until__lt=today)),
                            ending=Count("pk", filter=Q(bound_until__gte=today, bound_until__lt=soon)), all=Count("pk"))


def of_person(employee):
    """All that this person signed, the newest first."""
    return ConfidentialityAgreement.objects.filter(employee=employee)
