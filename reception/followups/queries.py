"""Follow-ups for screens."""
from django.db.models import Q
from django.utils import timezone

from config.accounts.access import one_of
from reception.customers.models import Customer
from reception.customers.queries import ids_matching
from reception.followups import states
from reception.followups.models import FollowUp
from staff.regulation import values

MANY = 500  # customers that words of the list may mean


def for_list(user):
    """The follow-ups in reach with the names that a row shows."""
    return FollowUp.objects.visible_to(user).select_related("hall", "customer", "employee", "recorded_by")


def narrowed(rows, user, words):
    """Those of `rows` about a customer whom the words may mean: whatever finds the file, or the name or number."""
    found, _more = ids_matching(user, words, MANY)
    return rows.filter(one_of(found, "customer") | Q(customer__name__icontains=words) | Q(customer__number__iexact=words))


def open_of(customer, user):
    """What is still to be called about for a customer, of what this viewer may see; the next first."""
    return for_list(user).filter(customer=customer, state__in=[states.PLANNED, states.DUE, states.ISSUES_OPEN]).order_by("due_at")


def tries_left(row):
    """How many tries the regulation still allows."""
    return max(0, values.value("followup_max_attempts", timezone.localdate(), row.hall_id) - row.tries)


def highest_score(row):
    """The top of the scale of satisfaction in the hall."""
    return values.value("survey_score_max", timezone.localdate(), row.hall_id)


def number_of(row):
    """The customer's main telephone number as a contact, or None."""
    return next((contact for contact in row.customer.contacts.order_by("-is_primary", "pk") if contact.is_phone), None)


def may_open_file(row, user):
    """Whether the customer's file is there for this viewer."""
    return Customer.objects.visible_to(user).filter(pk=row.customer_id).exists()


def still_to_call(people):
    """Of these customers, the ids of those with an open follow-up."""
    return set(FollowUp.objects.filter(customer__in=people.ids, state__in=states.OPEN).values_list("customer_id", flat=True))
