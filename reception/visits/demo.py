"""Twelve months of visits in the halls of the demo that are fully alive, written by COPY; today's halls are full of people."""
import datetime
import json
from collections import defaultdict

from django.db import connection
from django.utils import timezone
from psycopg import sql
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from config.contributions.demo import register
from config.numbers.services import ALPHABET, CODE_LENGTH, take
from reception.customers import services as customers
from reception.visits import imagined, import_demo, queue_demo, saved_demo, states
from reception.visits.hosts import demo as hosts_demo
from reception.visits.models import (
    HallReception,
    Purpose,
    ReceptionTemplate,
    ServiceLeg,
    Source,
    TemplateVersion,
    TicketCounter,
    Visit,
    VisitEvent,
)
from reception.visits.presence import demo as presence_demo
from reception.visits.stations import demo as stations
from staff.organisation.models import OpeningHours, ServiceOffer
from staff.shifts.models import Shift
from staff.training.models import CompetenceHeld, ServiceNeed

RECEIVE = {"sales": "sales-hall", "showroom": "decoration", "hotline": "telephone-desk", "expo": "decoration", "after_sales": "sales-hall",
           "repair": "sales-hall", "online": "telephone-desk"}
LIVE = tuple(imagined.words()["halls"])
NOW = {"sales": ((14, 7, 3, 1), 3), "showroom": ((9, 4), 2), "hotline": ((2,), 1)}  # minutes of those who wait; how many are served
SERVE = ("sales", "agent", "designer", "telesales")
WHY = "demo data"


def load(world):
    """How the halls receive, and the visits of the year."""
    link(world)
    write(world, world.first_day, world.today)


def append(world, first_day, last_day):
    """The visits of the missing days."""
    write(world, first_day, last_day)


def link(world):
    """Tell the delivered purposes which of the company's services they mean, and each hall by which template it receives."""
    wanted = {row["code"]: row.get("service") for row in imagined.yaml.safe_load((imagined.FILE.parent / "receiving.yaml").read_text("utf-8"))["purposes"]}
    purposes = list(Purpose.objects.filter(code__in=wanted))
    for purpose in purposes:
        purpose.service = world.services.get(wanted[purpose.code])
    bulk_update_with_history(purposes, Purpose, ["service"], default_change_reason=WHY)
    templates = {template.code: template for template in ReceptionTemplate.objects.all()}
    rows = [HallReception(hall=world.halls[code], template=templates[template]) for code, template in RECEIVE.items() if code in world.halls]
    bulk_create_with_history(rows, HallReception, default_change_reason=WHY)


def write(world, first, last):
    """Invent every day from `first` to `last` and write it all at once, in the order of arrival."""
    rows = []
    for code in LIVE:
        scene = scene_of(world, code, first, last)
        for after in range((last - first).days + 1):
            rows += one_day(world, scene, first + datetime.timedelta(days=after))
    if not rows:
        return
    rows.sort(key=lambda row: row.arrived)
    number(world, rows)
    copy(rows)
    remember(rows[0].id)
    for row in rows:
        if row.customer and row.state == states.IN_SERVICE:
            visit = Visit.objects.select_related("customer").get(pk=row.id)
            customers.involve(visit.customer, row.adviser, kind="visit", record_id=row.id, now=row.served)


def scene_of(world, code, first, last):
    """One hall with everything its visitors meet."""
    hall, staff = world.halls[code], world.staff[code]
    role = {person.pk: person.user.username.rstrip("0123456789") for person in staff}
    hours = {}
    for row in OpeningHours.objects.on(timezone.localdate()).filter(hall=hall):
        opens, closes = hours.get(row.weekday, (row.opens, row.closes))
        hours[row.weekday] = (min(opens, row.opens), max(closes, row.closes))
    scene = imagined.Scene(
        code=code, hall=hall, purposes={row.code: row for row in Purpose.objects.select_related("service")}, sources=list(Source.objects.all()),
        offered=set(ServiceOffer.objects.filter(hall=hall).values_list("service_id", flat=True)),
        areas=[area for area in world.areas.get(code, []) if area.kind in area.FOR_VISITORS], customers=known_from(world, code),
        version=TemplateVersion.objects.filter(template__halls__hall=hall).order_by("-number").first(), able=able(),
        advisers={pk for pk, name in role.items() if name in SERVE}, desk={pk for pk, name in role.items() if name == "reception"}, hours=hours)
    people = {person.pk: person for person in staff}
    scene.shifts = defaultdict(list)
    begin = imagined.moment(first, 0)
    shifts = Shift.objects.filter(hall=hall, starts_at__gte=begin, starts_at__lt=imagined.moment(last, 1440))
    for shift in shifts.select_related("post").order_by("starts_at", "pk"):
        if shift.employee_id in people:
            scene.shifts[timezone.localtime(shift.starts_at).date()].append((shift.starts_at, shift.ends_at, people[shift.employee_id], shift.post))
    return scene


def known_from(world, code):
    """(since when, id) of the customers that a hall knows, the oldest first."""
    return sorted((customer.created_at, customer.pk) for customer in world.customers.get(code, []))


def able():
    """{service id: ids of who holds every competence it asks for}; services that ask for none are missing."""
    holders = defaultdict(set)
    for row in CompetenceHeld.objects.filter(valid_until=None):
        holders[row.competence_id].add(row.employee_id)
    found = {}
    for need in ServiceNeed.objects.all():
        found[need.service_id] = found.get(need.service_id, holders[need.competence_id]) & holders[need.competence_id]
    return found


def one_day(world, scene, day):
    """A past day is over; yesterday two visits were left open; today goes on."""
    rows = imagined.day_of(scene, day, world.random, world.now - datetime.timedelta(minutes=1))
    hours = scene.hours.get(day.weekday())
    if day == world.today - datetime.timedelta(days=1) and hours:
        imagined.leave_open(rows, 2 if scene.code == "sales" else 1, imagined.moment(day, hours[1]))
    if day == world.today:
        rows = [row for row in rows if row.left < world.now] + imagined.now_in(scene, world.now, world.random, *NOW[scene.code])
    return rows


def number(world, rows):
    """Ids, visit numbers, tickets: as if each had been taken in turn."""
    with connection.cursor() as cursor:
        visit_ids, leg_ids = taken(cursor, Visit, len(rows)), taken(cursor, ServiceLeg, len(rows))
    years, last = defaultdict(list), defaultdict(int)
    for row, visit_id, leg_id in zip(rows, visit_ids, leg_ids, strict=True):
        row.id, row.leg_id = visit_id, leg_id
        local = timezone.localtime(row.arrived)
        years[local.year].append(row)
        if row.service:
            key = (row.scene.hall.pk, local.date(), row.service.prefix)
            last[key] += 1
            row.sequence = last[key]
    for year, those in sorted(years.items()):
        for row, text in zip(those, take("VS", year, len(those)), strict=True):
            row.number = text
    codes = set()
    for row in rows:
        while not row.facts.get("code") or row.facts["code"] in codes:
            row.facts["code"] = "".join(world.random.choices(ALPHABET, k=CODE_LENGTH))
        codes.add(row.facts["code"])
    TicketCounter.objects.bulk_create([TicketCounter(hall_id=hall, day=day, prefix=prefix, last=count) for (hall, day, prefix), count in last.items()],
                                      batch_size=2000)


def taken(cursor, model, count):
    """`count` ids of a table's own sequence."""
    cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [model._meta.db_table, count])
    return [pk for (pk,) in cursor.fetchall()]


def copy(rows):
    """Write visits, tickets and events: three COPY statements."""
    into(Visit, VISIT, map(visit_values, rows))
    into(ServiceLeg, LEG, (leg_values(row) for row in rows if row.service))
    into(VisitEvent, EVENT, (values for row in rows for values in event_values(row)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reception_visit, reception_serviceleg, reception_visitevent")  # the parts that follow ask for them by the thousand


def into(model, columns, rows):
    """One COPY of rows of values into the table of a model."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns)))
    with connection.cursor() as cursor, cursor.copy(statement) as out:
        for values in rows:
            out.write("\t".join(map(cell, values)) + "\n")


def cell(value):
    """One value as COPY reads it."""
    if value is None:
        return "\\N"
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, (dict, list)):
        value = json.dumps(value, ensure_ascii=False)
    return str(value).replace("\\", "\\\\").replace("\t", " ").replace("\n", "\\n")


VISIT = ("id", "version", "number", "public_code", "hall_id", "state", "customer_id", "visitor_name", "party_size", "purpose_id", "source_id",
         "need", "interest", "intention", "details", "note", "template_version_id", "receptionist_id", "adviser_id", "area_id",
         "arrived_at", "greeted_at", "served_at", "left_at", "steps", "outcome", "next_step", "assumed", "imported", "created_at", "created_by_id")


def visit_values(row):
    """A visit in the order of VISIT."""
    facts = row.facts
    by = row.receptionist.user_id if row.receptionist else None
    return (row.id, 1, row.number, facts["code"], row.scene.hall.pk, row.state, row.customer, row.name, row.party, row.purpose.pk, facts["source"],
            facts["need"], facts["interest"], facts["intention"], facts["details"], "", pk(row.scene.version), pk(row.receptionist), pk(row.adviser),
            pk(row.area), row.arrived, row.greeted, row.served, row.left, facts["steps"], row.outcome, facts["next_step"], row.assumed, False, row.arrived, by)


def pk(record):
    """The id of a record, or None."""
    return record.pk if record else None


LEG = ("id", "visit_id", "hall_id", "service_id", "day", "prefix", "sequence", "state", "queued_at", "wanted_employee_id", "wanted_post_id",
       "employee_id", "post_id", "called_at", "calls", "started_at", "ended_at", "result", "assumed")
LEG_STATE = {"closed": "done", "left": "abandoned", "in_service": "serving", "greeted": "queued", "waiting": "queued"}


def leg_values(row):
    """The ticket of a visit in the order of LEG."""
    return (row.leg_id, row.id, row.scene.hall.pk, row.service.pk, timezone.localtime(row.arrived).date(), row.service.prefix, row.sequence,
            LEG_STATE[row.state], row.arrived, None, None, pk(row.adviser), pk(row.post), row.served, 1 if row.served else 0,
            row.served, row.left, row.facts["result"], row.assumed)


EVENT = ("visit_id", "leg_id", "hall_id", "verb", "at", "user_id", "employee_id", "post_id", "area_id", "reason", "detail")


def event_values(row):
    """What happened in a visit, in order, in the order of EVENT."""
    hall, desk = row.scene.hall.pk, row.receptionist.user_id if row.receptionist else None
    leg = row.leg_id if row.service else None
    yield row.id, None, hall, "arrived", row.arrived, desk, None, None, None, "", {}
    if leg:
        yield row.id, leg, hall, "queued", row.arrived, desk, None, None, None, "", {}
    if row.greeted:
        yield row.id, None, hall, "greeted", row.greeted, desk, None, None, None, "", {}
    if row.served:
        by, post = row.adviser, pk(row.post)
        if leg:
            yield row.id, leg, hall, "called", row.served, by.user_id, by.pk, post, None, "", {}
            yield row.id, leg, hall, "started", row.served, by.user_id, by.pk, post, None, "", {}
        yield row.id, None, hall, "served", row.served, by.user_id, by.pk, post, None, "", {}
        if row.area:
            yield row.id, None, hall, "guided", row.served, by.user_id, None, None, row.area.pk, "", {}
    if row.left:
        user = None if row.assumed else row.adviser.user_id if row.adviser else desk
        if leg:
            yield row.id, leg, hall, "done" if row.served else "abandoned", row.left, user, pk(row.adviser), pk(row.post), None, row.facts["result"], {}
        yield row.id, None, hall, "day_end" if row.assumed else "closed" if row.served else "left", row.left, user, pk(row.adviser), None, None, row.reason, {}


def remember(first_id):
    """The history's first rows, and when each customer was seen last: a statement a table."""
    with connection.cursor() as cursor:
        for model, columns, at, own in ((Visit, VISIT, "created_at", "id"), (ServiceLeg, LEG, "queued_at", "visit_id")):
            who = sql.Identifier("created_by_id") if model is Visit else sql.SQL("NULL::bigint")
            statement = sql.SQL("INSERT INTO {history} ({columns}, history_date, history_change_reason, history_type, history_user_id) "
                                "SELECT {columns}, {at}, 'logged', '+', {who} FROM {table} WHERE {own} >= %s")
            cursor.execute(statement.format(
                history=sql.Identifier(model.history.model._meta.db_table), table=sql.Identifier(model._meta.db_table), at=sql.Identifier(at),
                own=sql.Identifier(own), who=who, columns=sql.SQL(", ").join(map(sql.Identifier, columns))), [first_id])
        cursor.execute("UPDATE reception_customerhall h SET last_seen_at = v.at FROM (SELECT customer_id, hall_id, max(arrived_at) AS at "
                       "FROM reception_visit WHERE id >= %s GROUP BY 1, 2) v "
                       "WHERE h.customer_id = v.customer_id AND h.hall_id = v.hall_id AND h.last_seen_at < v.at", [first_id])
        cursor.execute("UPDATE reception_customer c SET last_seen_at = v.at FROM (SELECT customer_id, max(arrived_at) AS at FROM reception_visit "
                       "WHERE id >= %s GROUP BY 1) v WHERE c.id = v.customer_id AND c.last_seen_at < v.at", [first_id])


register(key="visits", order=50, load=load, append=append)
register(key="registers", order=51, load=import_demo.load)
register(key="stations", order=55, load=stations.load)
register(key="views", order=52, load=saved_demo.load)
register(key="queue", order=53, load=queue_demo.load, append=queue_demo.append)
register(key="hosts", order=57, load=hosts_demo.load, append=hosts_demo.append)
register(key="evacuations", order=58, load=presence_demo.load)
