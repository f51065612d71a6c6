"""The floors of the acts of visits: bare views over hand-written statements that write and read the same rows."""
import secrets
import uuid

from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils import timezone

from config.bench.floors import read, show, write

VISIT = """
SELECT v.id, v.number, v.state, c.name, v.visitor_name, v.arrived_at, v.served_at, v.left_at, v.party_size, p.name, e.name, a.name, h.name,
       ARRAY(SELECT l.prefix || lpad(l.sequence::text, 3, '0') FROM reception_serviceleg l WHERE l.visit_id = v.id ORDER BY l.queued_at, l.id)
FROM reception_visit v JOIN staff_hall h ON h.id = v.hall_id JOIN reception_purpose p ON p.id = v.purpose_id LEFT JOIN reception_customer c ON c.id = v.customer_id
LEFT JOIN staff_employee e ON e.id = v.adviser_id LEFT JOIN facilities_area a ON a.id = v.area_id """
TODAY = VISIT + "WHERE v.hall_id = %s AND v.arrived_at >= %s ORDER BY v.arrived_at, v.id"
ON_SHIFT = "SELECT e.id, e.name FROM staff_shift s JOIN staff_employee e ON e.id = s.employee_id WHERE s.hall_id = %s AND s.starts_at <= %s AND s.ends_at > %s"
AREAS = "SELECT id, name FROM facilities_area WHERE hall_id = %s AND is_active"
PURPOSES = 'SELECT id, name FROM reception_purpose WHERE is_active ORDER BY "order", id'
SOURCES = 'SELECT id, name FROM reception_source WHERE is_active ORDER BY "order", id'
SERVICES = "SELECT s.id, s.name FROM staff_service s JOIN staff_serviceoffer o ON o.service_id = s.id WHERE o.hall_id = %s"
SPELLS = "SELECT post_id, state, started_at FROM reception_postspell WHERE hall_id = %s AND (ended_at IS NULL OR ended_at > %s)"
EXPECTED = "SELECT at, name, party_size FROM reception_appointment WHERE hall_id = %s AND state = 'planned' AND at >= %s ORDER BY at"

ONE_OFF = "INSERT INTO config_oneoff (key, user_id, address, at) VALUES (%s, %s, '', %s) ON CONFLICT DO NOTHING"
SERIES = ("INSERT INTO config_series (kind, year, last) VALUES ('VS', %s, 1) ON CONFLICT (kind, year) DO UPDATE SET last = config_series.last + 1 "
          "RETURNING last")
COUNTER = ("INSERT INTO reception_ticketcounter (hall_id, day, prefix, last) VALUES (%s, %s, 'A', 1) ON CONFLICT (hall_id, day, prefix) "
           "DO UPDATE SET last = reception_ticketcounter.last + 1 RETURNING last")
FACTS = ("version, number, public_code, hall_id, state, customer_id, visitor_name, party_size, purpose_id, need, interest, intention, details, note, arrived_at, "
         "steps, outcome, next_step, assumed, imported, created_at, created_by_id")
NEW_VISIT = """INSERT INTO reception_visit (FACTS) VALUES (1, %s, %s, %s, 'waiting', %s, '', 1, %s, '', '', '', '{}', '', %s, '[]', '', '', false, false, %s, %s)
RETURNING id""".replace("FACTS", FACTS)
VISIT_HISTORY = """INSERT INTO reception_historicalvisit (id, FACTS, history_date, history_change_reason, history_type, history_user_id)
SELECT id, FACTS, created_at, 'logged', '+', created_by_id FROM reception_visit WHERE id = %s""".replace("FACTS", FACTS)
LEG_FACTS = "visit_id, hall_id, service_id, day, prefix, sequence, state, queued_at, priority, calls, result, assumed"
NEW_LEG = """INSERT INTO reception_serviceleg (FACTS) VALUES (%s, %s, %s, %s, 'A', %s, 'queued', %s, '', 0, '', false) RETURNING id""".replace("FACTS", LEG_FACTS)
LEG_HISTORY = """INSERT INTO reception_historicalserviceleg (id, FACTS, history_date, history_change_reason, history_type)
SELECT id, FACTS, queued_at, 'queued', '+' FROM reception_serviceleg WHERE id = %s""".replace("FACTS", LEG_FACTS)
NEW_EVENTS = """INSERT INTO reception_visitevent (visit_id, leg_id, hall_id, verb, at, user_id, reason, detail)
VALUES (%s, NULL, %s, 'arrived', %s, %s, '', '{}'), (%s, %s, %s, 'queued', %s, %s, '', '{}')"""
SEEN = """WITH halls AS (UPDATE reception_customerhall SET last_seen_at = %s WHERE customer_id = %s) UPDATE reception_customer SET last_seen_at = %s WHERE id = %s"""
DONE = "UPDATE config_oneoff SET address = %s WHERE key = %s"

PAGE = VISIT + "WHERE (v.arrived_at, v.id) < (%s, %s) ORDER BY v.arrived_at DESC, v.id DESC LIMIT 26"
FIRST = VISIT + "ORDER BY v.arrived_at DESC, v.id DESC LIMIT 26"
FILTERED = VISIT + """WHERE v.hall_id = %s AND v.state = %s AND v.arrived_at >= %s AND v.arrived_at < %s ORDER BY v.arrived_at DESC, v.id DESC LIMIT 26"""
SEARCHED = """LIST WHERE v.id IN (
    SELECT id FROM reception_visit WHERE customer_id IN (
        SELECT customer_id FROM reception_customerkey WHERE hall_id = ANY(ARRAY(SELECT id FROM staff_hall)) AND key >= %s AND key < %s)
    UNION SELECT id FROM reception_visit WHERE upper(visitor_name) LIKE upper(%s) AND visitor_name <> '') ORDER BY v.arrived_at DESC, v.id DESC LIMIT 26""".replace("LIST", VISIT)
BY_TICKET = """LIST WHERE v.id IN (SELECT visit_id FROM reception_serviceleg WHERE prefix = %s AND sequence = %s)
ORDER BY v.arrived_at DESC, v.id DESC LIMIT 26""".replace("LIST", VISIT)
IN_FULL = VISIT + "WHERE v.id = %s"
TOLD = """SELECT x.at, x.verb, x.reason, u.username, e.name, a.name ->> 'en' FROM reception_visitevent x LEFT JOIN config_user u ON u.id = x.user_id
LEFT JOIN staff_employee e ON e.id = x.employee_id LEFT JOIN facilities_area a ON a.id = x.area_id WHERE x.visit_id = %s ORDER BY x.at, x.id"""
CHANGED = """SELECT history_date, history_change_reason, state, party_size, need, note FROM reception_historicalvisit WHERE id = %s
ORDER BY history_date DESC, history_id DESC LIMIT 20"""
LEGS = "SELECT prefix, sequence, state, queued_at, called_at, started_at, ended_at FROM reception_serviceleg WHERE visit_id = %s"
LOOKED = """INSERT INTO config_accessevent (at, user_id, act, kind, record_id, fields, outcome, reference, address_key, hall_id)
VALUES (%s, %s, 'view', 'visit', %s, '[]', '', '', '', NULL)"""


def log_visit(request):
    """POST: the rows that logging a walk-in writes, in one transaction. GET: the page it leads to."""
    if request.method == "GET":
        return desk(request)
    now, asked, hall, key = timezone.now(), request.POST, request.POST["hall"], uuid.uuid4()
    day, user, customer = timezone.localdate(), request.user.pk, request.POST.get("customer")
    with transaction.atomic():
        write(ONE_OFF, key, user, now)
        number = write(SERIES, day.year)
        if customer:
            write(SEEN, now, customer, now, customer)
        visit = write(NEW_VISIT, f"VS-{day.year}-{number:06d}", secrets.token_hex(4), hall, customer, asked["purpose"], now, now, user)
        write(VISIT_HISTORY, visit)
        leg = write(NEW_LEG, visit, hall, asked["service"], day, write(COUNTER, hall, day), now)
        write(LEG_HISTORY, leg)
        write(NEW_EVENTS, visit, hall, now, user, visit, leg, hall, now, user)
        address = f"{request.path}?hall={hall}&saved={visit}"
        write(DONE, address, key)
    return HttpResponseRedirect(address)


def desk(request):
    """The visits of the day in a hall, and what the form of the desk offers."""
    hall, now = request.GET["hall"], timezone.now()
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    choices = [("purpose", read(PURPOSES)), ("source", read(SOURCES)), ("service", read(SERVICES, hall)), ("area", read(AREAS, hall)),
               ("adviser", read(ON_SHIFT, hall, now, now))]
    return show(request, read(TODAY, hall, midnight), read(SPELLS, hall, midnight), read(EXPECTED, hall, midnight), choices=choices)


def board(request):
    """The visits of the day in a hall, its areas, and who is on shift."""
    hall, now = request.GET["hall"], timezone.now()
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return show(request, read(TODAY, hall, midnight), read(AREAS, hall), read(ON_SHIFT, hall, now, now), read(SPELLS, hall, midnight),
                read(EXPECTED, hall, midnight))

def page(request):
    """A page of the list: the first, or the one after a place in it."""
    asked = request.GET
    return show(request, read(PAGE, asked["at"], asked["pk"]) if "at" in asked else read(FIRST))


def filtered(request):
    """The list of a hall, a state and a time."""
    return show(request, read(FILTERED, *(request.GET[name] for name in ("hall", "state", "since", "until"))))


def searched(request):
    """The list by what was typed: a ticket, or the start of a key of the customer or part of the name as told."""
    asked = request.GET
    if "prefix" in asked:
        return show(request, read(BY_TICKET, asked["prefix"], asked["sequence"]))
    return show(request, read(SEARCHED, asked["start"], asked["start"] + chr(0x10FFFF), f"%{asked['told']}%"))


def visit(request):
    """One visit with its tickets, events and history; the look is on record."""
    pk = request.GET["pk"]
    write(LOOKED, timezone.now(), request.user.pk, pk)
    return show(request, read(IN_FULL, pk), read(LEGS, pk), read(TOLD, pk), read(CHANGED, pk))
