"""Reads of the visits room for screens: the board, the queue, lists and figures, each for one viewer."""
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config import prepared
from config.accounts.access import among, one_of, reach
from config.accounts.models import User
from config.web.templatetags.hk import seconds as in_words
from config.web.texts import Text
from facilities.areas.models import Area
from reception.customers import queries as customers
from reception.customers.models import ContactPoint
from reception.customers.phones import read_phones
from reception.visits import calling, rules, states
from reception.visits.models import Handover, Purpose, ServiceLeg, Visit
from reception.visits.permissions import Can
from staff.organisation.access import closed_workplaces
from staff.organisation.models import Hall, Posting
from staff.organisation.queries import postings_on
from staff.regulation import calendar, values
from staff.shifts.queries import on_duty

TICKET = re.compile(r"([A-Za-z]{1,2})(\d{3,6})", re.ASCII)
SHORTEST_PART = 3  # characters of a name's middle that the index can find; fewer are looked for at its start
FEW = 1_000  # files whose visits are read first of all; of more, the newest visits are met sooner in the order of the list
MANY = 20_000  # files whose visits are looked up; where more fit, the visits are looked through from the newest on
TARGETS = ("greeting_target_seconds", "visit_wait_target_minutes")
NUMBER = re.compile(r"VS-\d{4}-\d{1,6}", re.IGNORECASE | re.ASCII)


def day_bounds(hall, day):
    """The aware start and end of `day` in the hall's zone."""
    zone = ZoneInfo(hall.timezone)
    start = datetime.combine(day, time.min, zone)
    return start, datetime.combine(day + timedelta(days=1), time.min, zone)


def visits_for_list(user):
    """What a list of visits needs, in one query: names, places, the first ticket."""
    return (Visit.objects.visible_to(user).select_related("hall", "customer", "purpose", "adviser", "area", "receptionist")
            .prefetch_related(Prefetch("legs", ServiceLeg.objects.select_related("service", "post", "employee").order_by("queued_at", "pk"))))


def today(hall, user, now):
    """The visits of the hall's day that the viewer may see."""
    return of_day(visits_for_list(user), hall, *day_bounds(hall, hall.day_of(now)))


def of_day(rows, hall, start, end):
    """Those of these visits whose visitors came to the hall between two moments."""
    return rows.filter(hall=hall, arrived_at__gte=start, arrived_at__lt=end)


@dataclass
class Board:
    """The reception day board of one hall (REC-91)."""

    hall: Hall
    now: datetime
    waiting: list = field(default_factory=list)
    serving: list = field(default_factory=list)
    ended: list = field(default_factory=list)
    areas: list = field(default_factory=list)
    advisers: list = field(default_factory=list)
    handovers: list = field(default_factory=list)
    figures: dict = field(default_factory=dict)

    @property
    def wait_limit_seconds(self):
        """The waiting target in seconds."""
        return self.figures["wait_target"] * 60

    @property
    def longest_minutes(self):
        """The longest present wait in whole minutes."""
        return self.figures["longest_wait"] // 60

    @property
    def free_words(self):
        """How many advisers are free, of how many on shift: '2/5'."""
        return f"{sum(not row['visits'] for row in self.advisers)}/{len(self.advisers)}"

    @property
    def latest_ended(self):
        """The visits that ended last, newest first, as many as a lane shows."""
        return sorted(self.ended, key=lambda visit: visit.left_at, reverse=True)[:12]


def board(hall, user, now):
    """Everything the board shows, in a number of queries that does not grow with the day."""
    visits = list(today(hall, user, now).order_by("arrived_at", "pk"))
    made = laid_out(hall, now, visits, targets(hall.pk, timezone.localtime(now).date()), areas_of(hall), advisers_of(hall, now))
    made.handovers = list(Handover.objects.filter(visit__in=[visit.pk for visit in made.serving], accepted_at=None, returned_at=None)
                          .select_related("visit", "giver", "taker").order_by("offered_at"))
    return made


def laid_out(hall, now, visits, allowed, areas, advisers):
    """The board of what was read already, without handovers; `allowed` is what `targets` gives."""
    greet_target, wait_target = allowed
    for visit in visits:
        visit.waited = visit.waited_seconds(now)
        open_legs = [leg for leg in visit.legs.all() if leg.state in states.OPEN_LEGS] if visit.state in states.PRESENT else []
        visit.leg = next(iter(open_legs), None)
        visit.away = visit.leg is not None and all(leg.state in states.AWAY for leg in open_legs)
        visit.tone = "wait" if visit.away else rules.waiting_tone(visit.waited, wait_target)
        seconds = visit.greeting_seconds()
        visit.greeted_late = seconds is not None and rules.greeting_is_late(seconds, greet_target)
        visit.greet_words = "" if seconds is None else _("greeted after %(span)s") % {"span": in_words(seconds)}
    made = Board(hall, now, areas=areas, advisers=advisers)
    made.waiting = [v for v in visits if v.state in (states.WAITING, states.GREETED)]
    made.serving = [v for v in visits if v.state == states.IN_SERVICE]
    made.ended = [v for v in visits if v.state in (states.CLOSED, states.LEFT)]
    made.figures = figures(visits, wait_target, greet_target)
    return made


def figures(visits, wait_target, greet_target):
    """The day's figures with what they count; visits closed as assumed and imported ones stay out of the averages."""
    counted = [v for v in visits if not v.assumed and not v.imported]
    greeted = [v for v in counted if v.greeted_at]
    served = [v for v in counted if v.served_at]
    on_time = [v for v in greeted if not v.greeted_late]
    return {"visits": len(visits), "people": sum(v.party_size for v in visits),
            "people_words": ngettext("%(n)s person", "%(n)s people", sum(v.party_size for v in visits)) % {"n": sum(v.party_size for v in visits)},
            "greeted": len(greeted), "greeted_on_time": len(on_time),
            "greeted_share": round(100 * len(on_time) / len(greeted)) if greeted else None,
            "longest_wait": max((v.waited for v in visits if v.state in (states.WAITING, states.GREETED) and not v.away), default=0),
            "average_wait": round(sum(v.waited for v in served) / len(served)) if served else None,
            "wait_target": wait_target, "greet_target": greet_target}


def areas_of(hall):
    """The hall's areas for visitors with how many parties sit in each now (REC-05)."""
    rows = Area.objects.filter(hall=hall, is_active=True, kind__in=Area.FOR_VISITORS).order_by("order", "pk").annotate(
        taken=present_count(hall, states.PRESENT, area=OuterRef("pk")))
    return [area_row(row, row.taken) for row in rows]


def area_row(area, taken):
    """An area with how many parties sit in it, and whether another finds room."""
    return {"area": area, "taken": taken, "free": taken < area.capacity}


def present_count(hall, among, **of):
    """How many visits of the hall in one of these states are `of` a row (area=, adviser=), for use within its statement."""
    rows = Visit.objects.filter(hall=hall, state__in=sorted(among), **of).order_by().values(*of)
    return Coalesce(Subquery(rows.values(n=Count("pk"))), 0)


def advisers_of(hall, now):
    """Who is on shift here and serves customers, with the number of visits in their hands: free ones first (REC-06)."""
    return adviser_rows(serving_shifts(hall, now).annotate(visits=present_count(hall, [states.IN_SERVICE], adviser=OuterRef("employee"))))


def adviser_rows(shifts):
    """The people of these shifts, each with `visits` in hand: free ones first."""
    rows = [{"employee": shift.employee, "post": shift.post, "until": "" if shift.all_day else shift.until, "visits": shift.visits} for shift in shifts]
    return sorted(rows, key=lambda row: (row["visits"], row["employee"].sort_key))


def serving_shifts(hall, now, day=None):
    """The shifts running here of people who serve customers by their posting of `day`, else of today."""
    serving = postings_on(day or timezone.localtime(now).date()).filter(position__serves_customers=True)
    return on_duty(hall, now).filter(employee__in=serving.values("employee"))


def left_open(user, hall, now):
    """Visits that the end of a day closed as assumed and nobody has settled, however old: the receptionist's list next morning (REC-08).

    Those of `hall` (one may be None), and of the own halls that have closed for good, which nobody can choose any more.
    """
    halls = halls_to_settle(user, hall and hall.pk)
    rows = visits_for_list(user).filter(hall__in=halls, assumed=True, outcome="") if halls else Visit.objects.none()
    return rows.order_by("arrived_at", "pk")


def halls_to_settle(user, hall_id):
    """The ids of the halls whose visits left open are listed for somebody who works in this hall now."""
    return closed_workplaces(user, timezone.localdate()) | ({hall_id} if hall_id else set())


def due(user, hall_id, now):
    """{"waiting", "late", "left_open"} of a hall, for the side column: waiting visits of today, of them those past the waiting target of
    the day, and what was left open, as `left_open` lists it. One statement; none for who has no hall."""
    halls, today = frozenset(halls_to_settle(user, hall_id)), timezone.localdate()
    if not halls:
        return {}
    key = ("due", prepared.reader(user, Can.READ), halls, hall_id)
    [counted] = prepared.values(key, lambda: due_counted(Visit.objects.visible_to(user), halls, hall_id), now=now, start=start_of(today))
    return dict(zip(("waiting", "late", "left_open"), counted, strict=True))


def due_counted(visits, halls, hall_id):
    """The query of `due`: its three figures of these visits NOW, on the day that began at START."""
    waiting = Q(state__in=[states.WAITING, states.GREETED], arrived_at__gte=prepared.START)
    open_still = Q(assumed=True, outcome="")
    figures = (waiting, waiting & too_long_ago(hall_id, prepared.NOW), open_still)
    return (visits.filter(waiting | open_still, hall__in=halls).order_by().annotate(of=Value(1)).values("of")
            .annotate(**{f"n{place}": Count("pk", filter=figure) for place, figure in enumerate(figures)}).values_list("n0", "n1", "n2"))


def too_long_ago(hall_id, now):
    """The condition that a visit of today arrived longer ago than the waiting target allows in its hall, and is not away as on the board."""
    wait = values.value_in_sql("visit_wait_target_minutes", timezone.localdate(), hall_id)
    legs = ServiceLeg.objects.filter(visit=OuterRef("pk"))
    away = Exists(legs.filter(state__in=sorted(states.AWAY))) & ~Exists(legs.filter(state__in=sorted(states.OPEN_LEGS - states.AWAY)))
    return Q(arrived_at__lt=ExpressionWrapper(now - wait * timedelta(minutes=1), DateTimeField())) & ~away


def halls_today(user, now):
    """{hall id: {"visits", "waiting", "late", "serving"}} of today's visits in reach, in one statement."""
    waiting = Q(state__in=[states.WAITING, states.GREETED])
    rows = Visit.objects.visible_to(user).filter(arrived_at__gte=start_of(timezone.localdate())).order_by().values("hall_id").annotate(
        visits=Count("pk"), waiting=Count("pk", filter=waiting), late=Count("pk", filter=waiting & too_long_ago(OuterRef("hall_id"), now)),
        serving=Count("pk", filter=Q(state=states.IN_SERVICE)))
    return {row.pop("hall_id"): row for row in rows}


def start_of(day):
    """The aware beginning of `day` in the active zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def with_cells(visits):
    """Visits with what a row of the list shows, all in one statement: `tickets`, and the customer's first number in `numbers`."""
    tickets = ServiceLeg.objects.filter(visit=OuterRef("pk")).order_by("queued_at", "pk").values(row=JSONObject(prefix="prefix", sequence="sequence"))
    first = (ContactPoint.objects.filter(customer=OuterRef("customer")).exclude(kind__in=[ContactPoint.Kind.EMAIL, ContactPoint.Kind.WECHAT])
             .order_by("-is_primary", "pk").values(row=JSONObject(kind="kind", value="value", extension="extension"))[:1])
    return (visits.select_related("hall", "customer", "purpose", "adviser", "area")
            .annotate(tickets=ArraySubquery(tickets), numbers=ArraySubquery(first)))


def visits_for_list_page(visits):
    """The same with those columns alone that the list shows."""
    return with_cells(visits).only(
        "number", "state", "visitor_name", "party_size", "arrived_at", "outcome", "assumed", "hall__name", "purpose__name", "adviser__name", "area__name",
        "customer__name", "customer__company", "customer__number")


def visits_for_table(user):
    """The visits in reach with what a row of the list shows."""
    return with_cells(Visit.objects.visible_to(user))


def visits_in_full(user):
    """The visits in reach with all that the page of one tells of the visit itself, in one statement."""
    return visits_for_table(user).with_rights(user).select_related("source", "template_version", "receptionist")


def targets(hall_id, day):
    """(seconds to greeting, minutes to service) that the regulation of a day allows in a hall, in one statement."""
    found = values.several(TARGETS, day, hall_id)
    return tuple(found[key] for key in TARGETS)


def wait_target(hall_id):
    """The longest wait for an adviser that today's regulation allows in a hall, as a timedelta."""
    return timedelta(minutes=values.value("visit_wait_target_minutes", timezone.localdate(), hall_id))


def narrowed(rows, user, text):
    """`rows` narrowed to what `text` may mean: a visit number, a ticket, the name as told, or whatever finds the customer's file."""
    text = text.replace("\0", "")
    if NUMBER.fullmatch(text):
        return rows.filter(number__startswith=text.upper())
    if ticket := TICKET.fullmatch(text):
        legs = ServiceLeg.objects.filter(prefix=ticket[1].upper(), sequence=int(ticket[2])).values("visit")
        known = legs[: MANY + 1].aggregate(found=ArrayAgg("visit"))["found"] or []
        return rows.filter(one_of(known) if len(known) <= MANY else Q(pk__in=legs))
    told = Q(**{"visitor_name__icontains" if len(text) >= SHORTEST_PART else "visitor_name__istartswith": text}) & ~Q(visitor_name="")
    files, more = customers.ids_matching(user, text, MANY)
    of_these = one_of(files, "customer")
    if more:
        found = rows.filter(told | customers.is_meant(user, text))
        found.some = rows.filter(of_these)
        return found
    if len(files) > FEW:
        return rows.filter(told | of_these)
    return rows.filter(among(Visit.objects.filter(told).values("pk").union(Visit.objects.filter(of_these).values("pk"))))


def expected(rows, text):
    """The appointments of this visitor: by name, company or a whole telephone number."""
    numbers = [phone.e164 for phone in read_phones(text) if phone.e164]
    return rows.filter(Q(name__icontains=text) | Q(customer__name__icontains=text) | Q(customer__company__icontains=text) | Q(phone__in=numbers)
                       | Q(customer__contacts__value__in=numbers)).distinct()


def choices_found(user, first, last):
    """The purposes, halls, advisers with their teams, and areas by which this viewer may narrow the list, as the database gives them in one
    statement; `choices_in_words` reads them. Advisers and teams are those of these days, None leaving an end open."""
    key = ("filters of visits", prepared.reader(user, Can.READ), first is None, last is None)
    return prepared.values(key, lambda: choices_row(user, first and prepared.DAY, last and prepared.LAST), day=first, last=last)[0]


def choices_row(user, first, last):
    """One row with four lists of the choices: the halls in reach, their advisers of these days, their areas for visitors, the purposes."""
    far = reach(user, Can.READ)
    halls = Hall.objects.all() if far.everything else Hall.objects.filter(pk__in=far.halls | far.own_halls)
    people = Posting.objects.between(first, last).filter(hall__in=halls.values("pk"), position__serves_customers=True).order_by("pk")
    areas = Area.objects.filter(hall__in=halls.values("pk"), kind__in=Area.FOR_VISITORS).order_by("hall", "order", "pk")
    purposes, name = Purpose.objects.order_by("order", "pk"), JSONObject(pk="pk", name="name")
    who = JSONObject(pk="employee", name="employee__name", sort_key="employee__sort_key", team="team", team_name="team__name")
    return User.objects.filter(pk=user.pk).annotate(
        halls=ArraySubquery(halls.order_by("pk").values(row=JSONObject(pk="pk", name="name", timezone="timezone"))),
        people=ArraySubquery(people.values(row=who)), rooms=ArraySubquery(areas.values(row=name)), purposes=ArraySubquery(purposes.values(row=name)),
    ).values_list("halls", "people", "rooms", "purposes")


def choices_in_words(found, name):
    """[(id, name)] of the choices of a field ('purpose', 'hall', 'adviser', 'team', 'area') among what was found, in the active language."""
    halls, people, rooms, purposes = found
    rows = [json.loads(row) for row in {"hall": halls, "area": rooms, "purpose": purposes}.get(name, people) or ()]
    if name == "adviser":
        return [(pk, words) for _key, pk, words in dict.fromkeys(sorted((row["sort_key"], row["pk"], row["name"]) for row in rows))]
    if name == "team":
        return sorted({row["team"]: str(Text(row["team_name"])) for row in rows if row["team"]}.items())
    return [(row["pk"], str(Text(row["name"]))) for row in rows]


def hall_among(found, pk):
    """The hall with this id among what was found, with its zone alone; None where there is none."""
    return next((Hall(pk=row["pk"], timezone=row["timezone"]) for row in map(json.loads, found[0] or ()) if row["pk"] == pk), None)


def who_served(user, pk):
    """[(id, name)] of this employee, if a visit that the viewer may see names them as its adviser; else nothing."""
    return list(Visit.objects.visible_to(user).filter(adviser=pk).order_by().values_list("adviser_id", "adviser__name")[:1])


def people_ahead(legs, now):
    """{leg id: how many are called before it for the same service, by the hall's rule}, for waiting tickets of one visit."""
    asked = {leg.pk for leg in legs if leg.state == states.QUEUED}
    if not asked:
        return {}
    hall, day = legs[0].hall, legs[0].day
    waiting = ServiceLeg.objects.filter(hall=hall, day=day, state=states.QUEUED).order_by("queued_at", "pk")
    found, before = {}, Counter()
    for leg in calling.sequence(waiting.only("service", "queued_at", "priority", "priority_from"), hall, now):
        found[leg.pk] = before[leg.service_id]
        before[leg.service_id] += 1
    return {pk: found[pk] for pk in asked if pk in found}


def closing_time(hall, day):
    """The end of the last opening interval of `day`, or midnight where none is given."""
    spans = calendar.spans_on(hall, day)
    start, end = day_bounds(hall, day)
    return start + timedelta(minutes=spans[-1][1]) if spans else end
