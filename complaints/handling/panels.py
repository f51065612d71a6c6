"""What complaints bring to the customer's page: the ones of this customer that the viewer may see, also as entries of the time line."""
from django.urls import reverse
from django.utils.text import Truncator

from complaints.handling import cells, queries, states
from complaints.handling.models import Complaint, Kind
from complaints.handling.permissions import Can
from config.accounts.access import may
from config.contributions.panels import register, register_timeline
from config.web.choices import word
from staff.organisation.permissions import Can as People
from staff.organisation.queries import is_within

SHOWN = 8  # praises on the page of a person


def of_customer(customer, user):
    """The box; None where there is nothing to see."""
    rows = queries.of_customer(customer, user) if may(user, Can.READ) else []
    return {"rows": [(row, cells.tone(row), word(row, "state")) for row in rows]} if rows else None


def entries(customer, user, limit):
    """When something was complained about or praised."""
    rows = queries.of_customer(customer, user)[:limit] if may(user, Can.READ) else []
    return [{"at": row.received_at, "title": f"{word(row, 'kind')} {row.number}", "detail": Truncator(row.matter).chars(60),
             "address": reverse("complaint", args=[row.pk]), "icon": "message-square-warning", "key": True} for row in rows]


def praise_of(person, user):
    """The praise that names a person, for them and for who leads them; None where there is none (CMP-21)."""
    if person.user_id != user.pk and not is_within(user, person, People.READ):
        return None
    found = Complaint.objects.filter(kind=Kind.PRAISE, people__employee=person).exclude(state__in=(states.MERGED, states.WITHDRAWN))
    rows = list(found.order_by("-received_at", "-pk")[:SHOWN + 1])
    if not rows:
        return None
    seen = set(Complaint.objects.visible_to(user).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)) if may(user, Can.READ) else set()
    return {"rows": [(row, row.pk in seen) for row in rows[:SHOWN]], "total": found.count() if len(rows) > SHOWN else len(rows)}


register(key="praise", place="person", template="complaints/handling/_praise.html", context=praise_of, order=35)
register(key="complaints", place="customer", template="complaints/handling/_of_customer.html", context=of_customer, order=8)
register_timeline(key="complaints", place="customer", entries=entries)
