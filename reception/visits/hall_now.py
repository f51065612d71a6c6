"""A hall with all that the desk shows and asks beside a visit, read in one statement; what a person may not see is not read (REC-02, 91)."""
import json
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject

from config import prepared
from config.as_json import as_object, record
from facilities.areas.models import Area
from reception.customers.models import Customer
from reception.customers.permissions import Can as CanCustomers
from reception.visits import queries, states
from reception.visits.hosts.models import HostCall
from reception.visits.models import Purpose, ServiceLeg, Source, TemplateVersion, Visit
from reception.visits.permissions import Can
from reception.visits.queue_models import Appointment, HallQueue, PostSpell
from staff.organisation.models import Employee, Hall, Post, Service
from staff.regulation import values
from staff.shifts.models import Shift

COUNTED = ("id", "hall_id", "state", "party_size", "arrived_at", "greeted_at", "served_at", "left_at", "assumed", "imported")  # of each visit of the day
NEWEST = 5  # visits that the page tells as just saved


@dataclass
class HallNow:
    """A hall at a moment, as `hall_now` read it. What was not asked for is empty; `visits` is None then."""

    hall: Hall
    now: datetime
    purposes: dict = field(default_factory=dict)
    sources: dict = field(default_factory=dict)
    services: dict = field(default_factory=dict)
    version: TemplateVersion | None = None
    customer: Customer | None = None
    areas: list = field(default_factory=list)
    advisers: list = field(default_factory=list)
    visits: list | None = None
    newest: list = field(default_factory=list)
    spells: list = field(default_factory=list)
    expected: list = field(default_factory=list)
    targets: tuple = ()


def hall_now(hall, user, now, *, form=True, places=True, queue=True, customer=None):
    """What the desk's form offers in `hall`, with the file `customer` (an id) if this person may see it, its areas and who is on shift
    there, and what its queue shows."""
    day = hall.day_of(now)
    start, end = queries.day_bounds(hall, day)
    parts = (form, places, queue, customer is not None)
    key = ("hall now", parts, prepared.reader(user, Can.READ, CanCustomers.READ))
    [[text]] = prepared.values(key, lambda: asked(user, *parts), hall=hall.pk, pk=customer, day=day, now=now, start=start, end=end)
    facts = {name: rows or [] for name, rows in json.loads(text).items()}  # nothing comes for what a person may not see at all
    found = HallNow(hall, now)
    if places:
        read_places(found, facts)
    if form:
        read_offers(found, facts)
    if queue:
        read_queue(found, facts)
    return found


def asked(user, form, places, queue, customer):
    """The query of one hall as one JSON value."""
    parts = (offers() if form else {}) | (filled() if places else {}) | (queued(user) if queue else {})
    if customer:
        parts["customer"] = listed(Customer.objects.visible_to(user).filter(pk=prepared.PK), as_object(Customer))
    return Hall.objects.filter(pk=prepared.HALL).values_list(JSONObject(**parts))


def listed(rows, row):
    """These rows as a list within the value."""
    return ArraySubquery(rows.values(row=row))


def filled():
    """Areas and who is on shift, both with how much they have in hand."""
    shifts = queries.serving_shifts(prepared.HALL, prepared.NOW, day=prepared.DAY).annotate(
        visits=queries.present_count(prepared.HALL, [states.IN_SERVICE], adviser=OuterRef("employee")))
    areas = Area.objects.filter(hall=prepared.HALL, is_active=True).order_by("order", "pk").annotate(
        taken=queries.present_count(prepared.HALL, states.PRESENT, area=OuterRef("pk")))
    return {"areas": listed(areas, JSONObject(record=as_object(Area), taken="taken")),
            "shifts": listed(shifts, JSONObject(record=as_object(Shift), employee=as_object(Employee, "employee__"), post=as_object(Post, "post__"),
                                                visits="visits"))}


def offers():
    """What the form offers besides: purposes, sources, services, and the fields and steps of the template in force."""
    version = TemplateVersion.objects.filter(template__halls__hall=prepared.HALL, valid_from__lte=prepared.DAY).order_by("-valid_from", "-number")[:1]
    services = Service.objects.filter(offers__hall=prepared.HALL).order_by("offers__order")
    return {"purposes": listed(Purpose.objects.filter(is_active=True),
                               JSONObject(record=as_object(Purpose), service=as_object(Service, "service__"))),
            "sources": listed(Source.objects.filter(is_active=True), as_object(Source)),
            "services": listed(services, as_object(Service)), "version": listed(version, as_object(TemplateVersion))}


def queued(user):
    """Today's visits that this person may see, of them the present and the newest in full with their tickets; who is expected, the posts,
    and what the regulation allows."""
    legs = ServiceLeg.objects.filter(visit=OuterRef("pk")).order_by("queued_at", "pk")
    visits = queries.of_day(Visit.objects.visible_to(user), prepared.HALL, prepared.START, prepared.END).order_by("arrived_at", "pk")
    shown = visits.filter(Q(state__in=sorted(states.PRESENT)) | Q(pk__in=visits.order_by("-created_at", "-pk").values("pk")[:NEWEST]))
    asked = HostCall.objects.filter(visit=OuterRef("pk")).order_by("-told_at", "-pk")[:1]
    visit = JSONObject(record=as_object(Visit), host=listed(asked, JSONObject(state="state", name="employee__name")),
                       legs=listed(legs, as_object(ServiceLeg)), customer=as_object(Customer, "customer__"),
                       purpose=as_object(Purpose, "purpose__"), adviser=as_object(Employee, "adviser__"), area=as_object(Area, "area__"))
    expected = Appointment.objects.visible_to(user).filter(
        hall=prepared.HALL, state=states.PLANNED, at__gte=prepared.START, at__lt=prepared.END).order_by("at", "pk")
    appointment = JSONObject(record=as_object(Appointment), customer=as_object(Customer, "customer__"), purpose=as_object(Purpose, "purpose__"),
                             employee=as_object(Employee, "employee__"))
    spells = PostSpell.objects.filter(Q(ended_at=None) | Q(ended_at__gt=prepared.START), hall=prepared.HALL).order_by("started_at", "pk")
    targets = values.deciding(queries.TARGETS, prepared.DAY, prepared.HALL)
    return {"visits": listed(visits, JSONObject(**{name: name for name in COUNTED})), "shown": listed(shown, visit),
            "expected": listed(expected, appointment), "spells": listed(spells, as_object(PostSpell)),
            "settings": listed(HallQueue.objects.filter(hall=prepared.HALL), as_object(HallQueue)),
            "targets": listed(targets, JSONObject(key="key", value="value"))}


def read_places(found, facts):
    """Areas as `queries.areas_of` gives them (those for visitors and others), people as `queries.advisers_of` does."""
    found.areas = [queries.area_row(record(Area, row["record"]), row["taken"]) for row in facts["areas"]]
    shifts = []
    for row in facts["shifts"]:
        shift = record(Shift, row["record"])
        shift.employee, shift.post, shift.visits = record(Employee, row["employee"]), record(Post, row["post"]), row["visits"]
        shifts.append(shift)
    found.advisers = queries.adviser_rows(shifts)


def read_offers(found, facts):
    """{id: record} of what may be chosen, in the order in which it is offered."""
    for row in facts["purposes"]:
        purpose = record(Purpose, row["record"])
        purpose.service = record(Service, row["service"])
        found.purposes[purpose.pk] = purpose
    found.sources = {row["id"]: record(Source, row) for row in facts["sources"]}
    found.services = {row["id"]: record(Service, row) for row in facts["services"]}
    found.version = next((record(TemplateVersion, row) for row in facts["version"]), None)
    found.customer = next((record(Customer, row) for row in facts.get("customer", ())), None)


def read_queue(found, facts):
    """Visits with their tickets, appointments, spells and targets as records; the settings of the queue stand on the hall."""
    shown = {row["record"]["id"]: visit_of(found.hall, row) for row in facts["shown"]}
    found.visits = [shown.get(row["id"]) or record(Visit, row) for row in facts["visits"]]
    found.newest = sorted(shown.values(), key=lambda visit: visit.created_at, reverse=True)[:NEWEST]
    found.spells = [record(PostSpell, row) for row in facts["spells"]]
    targets = values.decided(queries.TARGETS, [(row["key"], row["value"]) for row in facts["targets"]])
    found.targets = tuple(targets[key] for key in queries.TARGETS)
    found.hall._state.fields_cache["queue"] = next((record(HallQueue, row) for row in facts["settings"]), None)
    for row in facts["expected"]:
        one = record(Appointment, row["record"])
        one.customer, one.purpose, one.employee = record(Customer, row["customer"]), record(Purpose, row["purpose"]), record(Employee, row["employee"])
        found.expected.append(one)


def visit_of(hall, row):
    """One visit with the records it names and its tickets."""
    visit = record(Visit, row["record"])
    for name, model in (("customer", Customer), ("purpose", Purpose), ("adviser", Employee), ("area", Area)):
        visit._state.fields_cache[name] = record(model, row[name])
    visit._state.fields_cache["hall"] = hall
    visit.host = next(iter(row["host"]), None)  # whom the desk asked last to come, and how it stands
    legs = visit.legs.all()
    legs._result_cache = [record(ServiceLeg, leg) for leg in row["legs"]]
    visit._prefetched_objects_cache = {"legs": legs}
    return visit
