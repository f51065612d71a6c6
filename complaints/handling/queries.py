"""Complaints for screens, lists and forms."""
import json
import re

from django.db.models import Exists, OuterRef, Prefetch, Q, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from complaints.handling import states
from complaints.handling.facts import (
    ComplaintEntry,
    ComplaintExtension,
    ComplaintPause,
    ComplaintPerson,
    ComplaintRoute,
    Evidence,
    InvestigationTask,
)
from complaints.handling.models import FOUND_BY, NEVER, Complaint
from complaints.handling.permissions import Can
from complaints.handling.services import clock, merging
from complaints.handling.services.registering import repeats_of
from complaints.handling.solving import ComplaintRating, Liability, SolutionMeasure, SolutionRound
from config import prepared
from config.accounts.access import reach
from config.numbers.services import ALPHABET, CODE_LENGTH
from config.web import finding
from config.web.texts import Text
from reception.customers import phones
from reception.customers.models import Customer
from staff.organisation.models import Employee, Hall
from staff.organisation.queries import employee_of
from staff.regulation import calendar as calendars

NAMES = ("hall", "handler", "customer", "department")
ALL_OF_ONE = (*NAMES, "registered_by", "escalated_to", "closed_by", "merged_into", "split_from", "repeats", "customer__owner")
CODE = re.compile(f"[{ALPHABET}]{{{CODE_LENGTH}}}", re.IGNORECASE)
TAIL = 4  # digits by which a telephone is found
PARTS = (  # what belongs to a complaint, with whom each row names
    ("people", ComplaintPerson, ("employee",)), ("entries", ComplaintEntry, ("by", "to")), ("pauses", ComplaintPause, ("by", "ended_by")),
    ("extensions", ComplaintExtension, ("asked_by", "decided_by")), ("routes", ComplaintRoute, ("handler", "department", "by", "answered_by")),
    ("tasks", InvestigationTask, ("owner",)), ("evidence", Evidence, ("person", "added_by", "attachment")),
    ("liabilities", Liability, ("employee", "department", "decided_by")), ("rounds", SolutionRound, ("offered_by", "approved_by")),
    ("measures", SolutionMeasure, ("owner",)), ("ratings", ComplaintRating, ("taken_by", "appealed_by", "decided_by")))
FEW = 3  # possible twins that a page names
SHOWN = 10  # earlier complaints that a page names


def named(rows):
    """The same rows with `due` and the names that a row of a list shows."""
    return with_due(rows).select_related(*NAMES)


def with_due(rows):
    """The same rows with `due`: when something is due next, at the end of all times where nothing is."""
    return rows.annotate(due=Coalesce("next_due_at", Value(NEVER)))


def narrowed(rows, words):
    """Those that the typed words may mean: the one whose whole code was typed, else number, code, name, telephone or its tail, words of the matter."""
    words = finding.tidy(words)
    if CODE.fullmatch(words) and (known := rows.filter(public_code=words.upper()).values_list("pk", flat=True).first()):
        return rows.filter(pk=known)
    found = finding.holding(words, *FOUND_BY)
    digits = phones.digits(words)
    if len(digits) >= TAIL:
        found |= Q(contact_phone__iendswith=digits)  # as the index holds it
    return rows.filter(found)


def late(now):
    """Past a limit that still asks for something."""
    return Q(state__in=states.OPEN, next_due_at__lt=now)


def measure_late(now):
    """Being carried out, with a measure of its last solution that is not done after its day (CMP-14)."""
    later = SolutionRound.objects.filter(complaint=OuterRef("complaint"), pk__gt=OuterRef("round"))
    overdue = SolutionMeasure.objects.filter(~Exists(later), complaint=OuterRef("pk"), done_at=None, due_on__lt=timezone.localdate(now))
    return Q(Exists(overdue), state=states.IMPLEMENTING)


def limits_of(rows, now):
    """{id: the Limit that is due next} of listed complaints; the calendars of all their halls in two statements."""
    waiting = [row for row in rows if row.state in states.OPEN]
    found = calendars.of_halls(list({row.hall_id: row.hall for row in waiting}.values())) if waiting else {}
    return {row.pk: next(iter(clock.clocks_of(row, now, found[row.hall_id])), None) for row in waiting}


def detail(user, pk):
    """One complaint in reach with all that its page tells, or None."""
    rows = Complaint.objects.visible_to(user).select_related(*ALL_OF_ONE).prefetch_related(
        *(Prefetch(name, model.objects.select_related(*joins)) for name, model, joins in PARTS), "demands", "deadlines", "merged", "parts")
    return rows.filter(pk=pk).first()


def within(user, capability, row):
    """Whether the capability reaches this complaint."""
    return bool(reach(user, capability)) and Complaint.objects.visible_to(user, capability).filter(pk=row.pk).exists()


def earlier_of(row, user):
    """Earlier complaints of the same person within a year that this viewer may see, the newest first."""
    found = repeats_of(now=row.received_at, customer=row.customer, phone=row.contact_phone, email=row.contact_email, but=row)
    ids = list(found.filter(received_at__lte=row.received_at).values_list("pk", flat=True)[:SHOWN])
    return list(named(Complaint.objects.visible_to(user)).filter(pk__in=ids).order_by("-received_at", "-pk")) if ids else []


def twins_of(row, user, but=()):
    """The few open complaints that may be the same one, of those this viewer handles, without `but`."""
    known = {one.pk for one in but}
    return [one for one in merging.candidates(row, user)[:SHOWN] if one.pk not in known][:FEW] if row.is_open else []


def choices(user):
    """{"hall", "handler": [(id, name)]}: the halls of the complaints in this person's reach and who handles one of them; one statement."""
    found = {"hall": [], "handler": []}
    rows = prepared.values(("filters of complaints", prepared.reader(user, Can.READ)), lambda: halls_and_handlers(Complaint.objects.visible_to(user)))
    for kind, pk, name, _key in sorted(rows, key=lambda row: (row[0], row[3], row[1])):
        found[kind].append((pk, str(Text(json.loads(name)))))
    return found


def halls_and_handlers(rows):
    """("hall" or "handler", id, name as JSON, key to sort by) of these complaints; looks once for each hall and each person and not at each complaint."""
    halls = Hall.objects.order_by().filter(Exists(rows.order_by().filter(hall=OuterRef("pk")))).values_list(Value("hall"), "pk", "name", Value(""))
    people = Employee.objects.order_by().filter(Exists(rows.order_by().filter(handler=OuterRef("pk"))))
    return halls.union(people.values_list(Value("handler"), "pk", JSONObject(en="name"), "sort_key"), all=True)


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
