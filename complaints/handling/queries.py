"""Complaints for screens, lists and forms."""
from datetime import UTC, datetime

from django.db.models import Prefetch, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from complaints.handling import states
from complaints.handling.facts import ComplaintEntry, ComplaintPerson
from complaints.handling.models import Complaint
from complaints.handling.services import clock
from complaints.handling.services.registering import repeats_of
from config.accounts.access import among, reach
from config.web import finding
from reception.customers import phones
from reception.customers.models import Customer
from staff.organisation.models import Employee, Hall
from staff.organisation.queries import employee_of
from staff.regulation import calendar as calendars

NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # where nothing is due: such complaints stand last
NAMES = ("hall", "handler", "customer", "department")
ALL_OF_ONE = (*NAMES, "registered_by", "escalated_to", "closed_by", "merged_into", "split_from", "repeats", "customer__owner")
TAIL = 4  # digits by which a telephone is found
SHOWN = 10  # earlier complaints that a page names


def for_list(user):
    """The complaints in reach with the names that a row shows, and `due`, which is never empty."""
    return with_due(Complaint.objects.visible_to(user)).select_related(*NAMES)


def with_due(rows):
    """The same rows with `due`: when something is due next, at the end of all times where nothing is."""
    return rows.annotate(due=Coalesce("next_due_at", Value(NEVER)))


def narrowed(rows, words):
    """Those that the typed words may mean: number, code, name, telephone or its tail, words of the matter."""
    words = finding.tidy(words)
    found = finding.holding(words, "number", "public_code", "contact_name", "matter", "product")
    digits = phones.digits(words)
    if len(digits) >= TAIL:
        found |= Q(contact_phone__endswith=digits)
    return rows.filter(found)


def late(now):
    """Past a limit that still asks for something."""
    return Q(state__in=states.OPEN, next_due_at__lt=now)


def limits_of(rows, now):
    """{id: the Limit that is due next} of listed complaints; the calendars of all their halls in four statements."""
    waiting = [row for row in rows if row.state in states.OPEN]
    found = calendars.of_halls(list({row.hall_id: row.hall for row in waiting}.values())) if waiting else {}
    return {row.pk: next(iter(clock.clocks_of(row, now, found[row.hall_id])), None) for row in waiting}


def detail(user, pk):
    """One complaint in reach with all that its page tells, or None."""
    rows = Complaint.objects.visible_to(user).select_related(*ALL_OF_ONE).prefetch_related(
        Prefetch("people", ComplaintPerson.objects.select_related("employee")),
        Prefetch("entries", ComplaintEntry.objects.select_related("by", "to")),
        "pauses__by", "pauses__ended_by", "extensions__asked_by", "extensions__decided_by", "routes__handler", "routes__department",
        "routes__by", "routes__answered_by", "tasks__owner", "evidence__person", "evidence__added_by", "evidence__attachment",
        "liabilities__employee", "liabilities__department", "liabilities__decided_by", "demands", "rounds__offered_by", "rounds__approved_by",
        "measures__owner", "measures__round", "ratings__taken_by", "ratings__appealed_by", "ratings__decided_by", "deadlines", "merged", "parts")
    return rows.filter(pk=pk).first()


def within(user, capability, row):
    """Whether the capability reaches this complaint."""
    return bool(reach(user, capability)) and Complaint.objects.visible_to(user, capability).filter(pk=row.pk).exists()


def earlier_of(row, user):
    """Earlier complaints of the same person within a year that this viewer may see, the newest first."""
    found = repeats_of(now=row.received_at, customer=row.customer, phone=row.contact_phone, email=row.contact_email, but=row)
    ids = list(found.filter(received_at__lte=row.received_at).values_list("pk", flat=True)[:SHOWN])
    return list(for_list(user).filter(pk__in=ids).order_by("-received_at", "-pk")) if ids else []


def candidates(row, user):
    """Complaints that may be the same one: open, of the same hall, and of the same person or with nearly the same words; a few of them."""
    from complaints.handling.services import merging

    return list(merging.candidates(row, user))


def handlers(rows):
    """The people who handle one of these complaints."""
    return Employee.objects.filter(among(rows.exclude(handler=None).values("handler_id"), "pk")).order_by("sort_key", "pk")


def halls(rows):
    """The halls of these complaints."""
    return Hall.objects.filter(among(rows.values("hall_id"), "pk")).order_by("pk")


def of_customer(customer, user):
    """The newest complaints of a customer that this viewer may see, those still open first."""
    rows = Complaint.objects.visible_to(user).filter(customer=customer).select_related("hall", "handler").order_by("-received_at", "-pk")[:SHOWN]
    return sorted(rows, key=lambda row: row.state not in states.OPEN)


def mine(user):
    """The condition that one handles it."""
    return Q(handler=employee_of(user))


def today():
    """The end of this day by the clock of the house."""
    return timezone.localtime().replace(hour=23, minute=59, second=59, microsecond=999_999)


def may_open_file(row, user):
    """Whether the customer's file is there for this viewer."""
    return bool(row.customer_id) and Customer.objects.visible_to(user).filter(pk=row.customer_id).exists()
