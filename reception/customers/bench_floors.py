"""The floors of the acts of customer files: bare views over hand-written statements that read the same rows by the same indexes."""
from django.db import connection
from django.utils import timezone

from config.bench.floors import read, show, write

END = chr(0x10FFFF)  # sorts after every text
FOUND = """
SELECT c.id, c.name, c.company, c.last_seen_at, (SELECT p.value FROM reception_contactpoint p WHERE p.customer_id = c.id ORDER BY p.is_primary DESC, p.id LIMIT 1)
FROM (SELECT DISTINCT k.customer_id FROM unnest(%s::bigint[]) AS h(id) CROSS JOIN LATERAL (
    SELECT customer_id, key FROM reception_customerkey WHERE hall_id = h.id AND key >= %s AND key < %s ORDER BY key LIMIT 8) k) f
JOIN reception_customer c ON c.id = f.customer_id ORDER BY c.last_seen_at DESC LIMIT 8"""
FILE = """
SELECT c.id, c.number, c.name, c.company, c.note, c.last_seen_at, c.created_at, e.name,
       ARRAY(SELECT h.name ->> 'en' FROM reception_customerhall k JOIN staff_hall h ON h.id = k.hall_id WHERE k.customer_id = c.id)
FROM reception_customer c LEFT JOIN staff_employee e ON e.id = c.owner_id WHERE c.id = %s"""
CONTACTS = "SELECT kind, value, extension FROM reception_contactpoint WHERE customer_id = %s ORDER BY is_primary DESC, id"
TALK = """
SELECT t.id, t.at, t.method, t.topic, t.opinion, t.answer, t.next_step, u.username, h.name ->> 'en'
FROM reception_communication t JOIN config_user u ON u.id = t.entered_by_id JOIN staff_hall h ON h.id = t.hall_id WHERE t.customer_id = %s ORDER BY t.at DESC, t.id DESC"""
VISITS = """
SELECT v.id, v.number, v.arrived_at, v.state, v.outcome, p.name ->> 'en', e.name FROM reception_visit v JOIN reception_purpose p ON p.id = v.purpose_id
LEFT JOIN staff_employee e ON e.id = v.adviser_id WHERE v.customer_id = %s ORDER BY v.arrived_at DESC, v.id DESC LIMIT 50"""
LOOKED = """INSERT INTO config_accessevent (at, user_id, act, kind, record_id, fields, outcome, reference, address_key)
VALUES (%s, %s, 'view', 'customer', %s, '["file"]', '', '', '')"""
ALL_HALLS = "SELECT array_agg(id) FROM staff_hall"


def suggest(request):
    """The eight files seen last among those whose keys begin with what was typed."""
    start, halls = request.POST["start"], request.POST.get("hall")
    return show(request, read(FOUND, [int(halls)] if halls else read(ALL_HALLS)[0][0], start, start + END))


def file(request):
    """One file with its contacts, what was said, its visits; the look is on record."""
    pk = request.GET["pk"]
    write(LOOKED, timezone.now(), request.user.pk, pk)
    return show(request, read(FILE, pk), read(CONTACTS, pk), read(TALK, pk), read(VISITS, pk))


def typed(hall, kind, count=20):
    """What may be typed to find customers of a hall: the starts of keys of one kind, long enough to be typed for one person."""
    shape = {"start": ("\\+13%", 8), "end": ("-%", 5), "name": ("[a-z]", 5), "han": ("[一-龥]", 2), "one": ("[一-龥]", 1), "letter": ("[a-z]", 1)}[kind]
    operator, pattern = ("LIKE", shape[0]) if kind in ("start", "end") else ("~", f"^{shape[0]}{{{shape[1]}}}")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT left(key, {shape[1]}) FROM (SELECT key FROM reception_customerkey WHERE hall_id = %s AND key {operator} %s "  # noqa: S608
                       "AND length(key) < 30 ORDER BY customer_id LIMIT 20000) k ORDER BY hashtext(key) LIMIT %s", [hall, pattern, count])
        return [key for (key,) in cursor.fetchall()]
