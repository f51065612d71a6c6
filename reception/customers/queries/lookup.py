"""Finding a customer as typed: prefixes of stored keys first, parts of words only when no prefix fits (UX 3, PERFORMANCE goal 2).

Common prefixes have more matches than anybody reads. A bounded number is taken from the index; once that bound is met, the files
that a hall saw last are looked through too, so that the recent ones stand first however many there are.
"""
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from config.accounts.access import one_of, reach
from reception.customers import keys, names, phones
from reception.customers.models import ContactPoint, Customer, CustomerHall, CustomerKey
from reception.customers.permissions import Can
from staff.organisation.models import Hall

TAKEN = 200  # keys read from the index for one prefix in one hall
RECENT = 400  # files a hall saw last that are looked through when there are more
SHORTEST_PART = {True: 3, False: 4}  # characters of a word's middle worth looking for: Han, other writing
END = chr(0x10FFFF)  # sorts after every text

_FIND = """
WITH halls AS (SELECT unnest(%(halls)s::bigint[]) AS id),
     starts AS (SELECT unnest(%(starts)s::text[]) AS start),
     direct AS (
        SELECT k.customer_id, k.key, halls.id AS hall_id FROM halls CROSS JOIN starts CROSS JOIN LATERAL (
            SELECT customer_id, key FROM reception_customerkey
            WHERE hall_id = halls.id AND key >= starts.start AND key < starts.start || %(end)s ORDER BY key LIMIT %(taken)s) k),
     recent AS (
        SELECT r.customer_id, halls.id AS hall_id FROM halls CROSS JOIN LATERAL (
            SELECT customer_id FROM reception_customerhall WHERE hall_id = halls.id ORDER BY last_seen_at DESC LIMIT %(recent)s) r
        WHERE (SELECT count(*) FROM direct) >= %(taken)s),
     hits AS (
        SELECT customer_id, key, hall_id FROM direct
        UNION ALL
        SELECT recent.customer_id, k.key, recent.hall_id FROM recent CROSS JOIN starts CROSS JOIN LATERAL (
            SELECT key FROM reception_customerkey
            WHERE customer_id = recent.customer_id AND hall_id = recent.hall_id AND key >= starts.start AND key < starts.start || %(end)s LIMIT 5) k)
SELECT c.id FROM (SELECT customer_id, bool_or(key = ANY(%(starts)s)) AS exact, bool_or(hall_id = %(here)s) AS here
                  FROM hits GROUP BY customer_id) h
JOIN reception_customer c ON c.id = h.customer_id
WHERE c.merged_into_id IS NULL AND {also}
ORDER BY h.exact DESC, h.here DESC, c.last_seen_at DESC, c.id DESC LIMIT %(limit)s
"""
_ALSO_WORD = """EXISTS (SELECT 1 FROM reception_customerkey w WHERE w.customer_id = c.id AND w.key >= %(word)s AND w.key < %(word)s || %(end)s)"""


@dataclass(frozen=True)
class Suggestion:
    """One line of the type-ahead. `name` and `phone` are (before, marked, after); the phone is masked."""

    pk: int
    label: str
    name: tuple
    phone: tuple
    company: str
    last_seen_at: datetime
    choice: str


def suggest(user, hall, text, limit=8):
    """The files that `text` may mean, at most `limit`, for the person at the desk of `hall` (UX 3).

    Whole matches first, then those known in this hall, then the ones seen last. Only files in reach; people who share a phone
    are listed each. `hall` may be None. Two statements, four at most.
    """
    starts, word, typed = keys.starts_for(text), None, ""
    if parts := keys.parts_of(text):
        word, typed = parts
        starts = keys.starts_for(typed)
    if not starts:
        return []
    ids = _find(user, hall, starts, word, limit)
    if not ids and not keys.looks_like_phone(text):
        ids = _find_inside(user, names.normalise_query(text), limit)
    return [_suggestion(customer, text, typed) for customer in _loaded(ids)]


def matching(rows, user, text):
    """`rows` (customers in reach) narrowed to those `text` may mean; all of them when nothing was typed."""
    found = _meant(user, text)
    if found is None:
        return rows if not text.strip() else rows.none()
    keys_found, inside = found
    found = keys_found.values("customer")
    return rows.filter(pk__in=found.union(inside.values("pk")) if inside is not None else found)


def ids_matching(user, text, most):
    """(ids of files in reach that `text` may mean, at most `most`; whether there may be more)."""
    found = _meant(user, text)
    if found is None:
        return [], False
    keys_found, inside = found
    ids = set(keys_found.values_list("customer_id", flat=True)[: most + 1])
    if inside is not None and len(ids) <= most:
        ids |= set(inside.values_list("pk", flat=True)[: most + 1])
    ids, more = sorted(ids)[:most], len(ids) > most
    if ids and not reach(user, Can.READ).everything:
        ids = list(Customer.objects.visible_to(user).filter(one_of(ids)).values_list("pk", flat=True))
    return ids, more


def meant_by(user, text, reference):
    """The file in reach whose id is `reference` (an OuterRef), if `text` may mean it: to ask of one row after another where many fit."""
    keys_found, inside = _meant(user, text)
    rows, fits = Customer.objects.visible_to(user).filter(pk=reference), Exists(keys_found.filter(customer=OuterRef("pk")))
    return rows.filter(fits | Q(pk__in=inside.values("pk"))) if inside is not None else rows.filter(fits)


def _meant(user, text):
    """(keys, files whose words hold the text inside or None) of what `text` may mean; None when nothing searchable was typed."""
    starts = keys.starts_for(text)
    if not starts:
        return None
    far = reach(user, Can.READ)
    halls = Hall.objects.values("pk") if far.everything or not far.halls or far.own or far.teams else far.halls
    wanted = Q()
    for start in starts:
        wanted |= Q(key__gte=start, key__lt=start + END)
    word = names.normalise_query(text)
    long_enough = not keys.looks_like_phone(text) and len(word) >= SHORTEST_PART[not word.isascii()]
    return CustomerKey.objects.filter(wanted, hall__in=halls), (
        Customer.objects.filter(search_keys__contains=word, merged_into__isnull=True) if long_enough else None)


def _find(user, hall, starts, word, limit):
    """Ids by prefix: in whole halls by the bounded statement, of one's own customers through the files themselves."""
    far = reach(user, Can.READ)
    halls = list(Hall.objects.values_list("pk", flat=True)) if far.everything else sorted(far.halls)
    found = _find_in_halls(halls, hall, starts, word, limit) if halls else []
    if not far.everything and (far.own or far.teams):
        mine = _find_own(user, starts, word, limit)
        found = list(dict.fromkeys(found + mine)) if found else mine
    return found[:limit]


def _find_in_halls(halls, hall, starts, word, limit):
    statement = _FIND.format(also=_ALSO_WORD if word else "TRUE")
    with connection.cursor() as cursor:
        cursor.execute(statement, {
            "halls": halls, "starts": starts, "here": hall.pk if hall else 0, "taken": TAKEN, "recent": RECENT, "limit": limit, "end": END, "word": word})
        return [pk for (pk,) in cursor.fetchall()]


def _find_own(user, starts, word, limit):
    """Ids among the files of the own scope, which are few: the files lead, their keys follow."""
    wanted = Q()
    for start in starts:
        wanted |= Q(keys__key__gte=start, keys__key__lt=start + END)
    rows = Customer.objects.visible_to(user).filter(wanted)
    if word:
        rows = rows.filter(Exists(CustomerKey.objects.filter(customer=OuterRef("pk"), key__gte=word, key__lt=word + END)))
    return list(dict.fromkeys(rows.order_by("-last_seen_at", "-pk").values_list("pk", flat=True)[: limit * 8]))


def _find_inside(user, word, limit):
    """Ids whose words hold `word` anywhere, served by the trigram index; only for words long enough to be rare."""
    if len(word) < SHORTEST_PART[not word.isascii()]:
        return []
    far = reach(user, Can.READ)
    rows = Customer.objects.filter(search_keys__contains=word, merged_into__isnull=True)
    if not far.everything:
        scope = Q(pk__in=CustomerHall.objects.filter(hall__in=far.halls, customer=OuterRef("pk")).values("customer"))
        if far.own or far.teams:
            scope |= Q(pk__in=Customer.objects.visible_to(user).values("pk"))
        rows = rows.filter(scope)
    found = list(rows.values_list("pk", "last_seen_at")[:200])
    return [pk for pk, _seen in sorted(found, key=lambda row: row[1], reverse=True)[:limit]]


def _loaded(ids):
    """The files of `ids` in that order, their numbers with them: one statement."""
    numbers = (ContactPoint.objects.filter(customer=OuterRef("pk")).exclude(digits="").order_by("-is_primary", "pk")
               .values(found=JSONObject(value="value", digits="digits")))
    rows = Customer.objects.filter(pk__in=ids).annotate(numbers=ArraySubquery(numbers)) if ids else []
    by_id = {row.pk: row for row in rows}
    return [by_id[pk] for pk in ids if pk in by_id]


def _suggestion(customer, text, digits):
    """One line; `digits` is the number part of a text that has a name as well."""
    phone = _phone_pieces(customer.numbers, digits or (phones.digits(text) if keys.looks_like_phone(text) else ""))
    label = str(customer)
    typed = keys.parts_of(text)[0] if digits else text.strip()
    place = label.casefold().find(typed.casefold()) if typed else -1
    pieces = (label[:place], label[place:place + len(typed)], label[place + len(typed):]) if place >= 0 else (label, "", "")
    company = customer.company if customer.name else ""
    return Suggestion(customer.pk, label, pieces, phone, company, customer.last_seen_at, customer.choice)


def _phone_pieces(numbers, typed):
    """The masked number that fits what was typed (else the main one), split where it may be marked: only digits that are shown."""
    if not numbers:
        return "", "", ""
    fits = next((n for n in numbers if typed and (n["digits"].endswith(typed) or n["digits"].startswith(typed))), None)
    masked = phones.mask((fits or numbers[0])["value"])
    if fits is None:
        return masked, "", ""
    head, _stars, tail = masked.partition("****")
    if fits["digits"].endswith(typed):
        shown = min(len(typed), len(tail))
        return masked[:len(masked) - shown], masked[len(masked) - shown:], ""
    shown = min(len(typed), len(head))
    return "", masked[:shown], masked[shown:]
