"""Finding a customer as typed: prefixes of stored keys first, parts of words only when no prefix fits (UX 3, PERFORMANCE goal 2).

Common prefixes have more matches than anybody reads. A bounded number is taken from the index; once that bound is met, the files
that a hall saw last are looked through too, so that the recent ones stand first however many there are. Who reaches many halls
reads each as deep as their share of that bound, the one they work in as deep as its own people.
"""
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from config.accounts.access import one_of, reach
from reception.customers import keys, names, phones
from reception.customers.models import Customer, CustomerHall, CustomerKey
from reception.customers.permissions import Can
from staff.organisation.models import Hall

TAKEN = 200  # keys read from the index for one prefix: in the hall one works in, while the halls one reaches besides share as many
RECENT = 400  # files seen last that are looked through when there are more, shared alike
LEAST = 80  # of each in every hall, however many share
SHORTEST_PART = {True: 3, False: 4}  # characters of a word's middle worth looking for: Han, other writing
END = chr(0x10FFFF)  # sorts after every text

_FOUND = """c.id, c.name, c.company, c.number, c.choice, c.last_seen_at,
       ARRAY(SELECT ARRAY[p.value, p.digits] FROM reception_contactpoint p WHERE p.customer_id = c.id AND p.digits <> '' ORDER BY p.is_primary DESC, p.id)"""
_FIND = """
WITH halls AS MATERIALIZED (
        SELECT id, greatest(%(taken)s / n, %(least)s) AS taken, greatest(%(recent)s / n, %(least)s) AS recent
        FROM (SELECT id, CASE WHEN id = %(here)s THEN 1 ELSE count(*) OVER () END AS n FROM {halls} AS known) each_hall),
     direct AS MATERIALIZED (
        SELECT k.customer_id, k.key, halls.id AS hall_id, starts.start FROM halls CROSS JOIN unnest(%(starts)s::text[]) AS starts(start)
        CROSS JOIN LATERAL (
            SELECT customer_id, key FROM reception_customerkey
            WHERE hall_id = halls.id AND key >= starts.start AND key < starts.start || %(end)s ORDER BY key LIMIT halls.taken) k),
     hits AS MATERIALIZED (
        SELECT customer_id, bool_or(key = ANY(%(starts)s) OR key >= %(tail)s AND key < %(tail)s || %(end)s) AS exact,
               bool_or(hall_id = %(here)s) AS here FROM (
            SELECT customer_id, key, hall_id FROM direct
            UNION ALL
            SELECT k.customer_id, k.key, halls.id
            FROM (SELECT hall_id, start, count(*) AS found FROM direct GROUP BY hall_id, start) each_start
            JOIN halls ON halls.id = each_start.hall_id AND halls.taken = each_start.found CROSS JOIN LATERAL ( -- OFFSET 0: compared in the index
                SELECT customer_id, key FROM reception_customerkey WHERE customer_id = ANY(ARRAY(
                    SELECT customer_id FROM reception_customerhall WHERE hall_id = halls.id ORDER BY last_seen_at DESC LIMIT halls.recent))
                AND hall_id = halls.id AND key >= each_start.start AND key < each_start.start || %(end)s OFFSET 0) k) each_key
        GROUP BY customer_id)
SELECT {found}
FROM reception_customer c JOIN hits ON hits.customer_id = c.id
WHERE c.id = ANY(ARRAY(SELECT customer_id FROM hits)) AND c.merged_into_id IS NULL AND {also}
ORDER BY hits.exact DESC, hits.here DESC, c.last_seen_at DESC, c.id DESC LIMIT %(limit)s
"""
_ALSO_WORD = """EXISTS (SELECT 1 FROM reception_customerkey w WHERE w.customer_id = c.id AND w.key >= %(word)s AND w.key < %(word)s || %(end)s)"""
_THESE_HALLS, _ALL_HALLS = "(SELECT unnest(%(halls)s::bigint[]) AS id)", "(SELECT id FROM staff_hall)"
_BY_KEY = """
SELECT unnest(array_agg(k.customer_id)) FROM {halls} AS halls CROSS JOIN unnest(%s::text[]) AS starts(start) CROSS JOIN LATERAL (
    SELECT customer_id FROM reception_customerkey WHERE hall_id = halls.id AND key >= starts.start AND key < starts.start || %s) k
"""  # as one array, since a list that is thought to be long is not kept as a hash but read through for each row
_IDS = """
SELECT array_agg(customer_id) FROM (
    SELECT k.customer_id FROM {halls} AS halls CROSS JOIN unnest(%(starts)s::text[]) AS starts(start) CROSS JOIN LATERAL (
        SELECT customer_id FROM reception_customerkey
        WHERE hall_id = halls.id AND key >= starts.start AND key < starts.start || %(end)s LIMIT %(most)s) k LIMIT %(most)s) found
"""
_LOADED = f"""
SELECT {_FOUND} FROM unnest(%(ids)s::bigint[]) WITH ORDINALITY AS asked(id, place)
JOIN reception_customer c ON c.id = asked.id ORDER BY asked.place"""  # noqa: S608


class Found(NamedTuple):
    """A file as a statement found it; `numbers` are [value, digits] of its phones, the main one first."""

    pk: int
    name: str
    company: str
    number: str
    choice: str
    last_seen_at: datetime
    numbers: list

    @property
    def label(self):
        """What the file is called, as `str(customer)` says it."""
        return self.name or self.company or self.number


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

    Whole matches first (of four digits also whose number ends so), then those known in this hall, then the ones seen last. Only files in
    reach; people who share a phone are listed each. `hall` may be None. One statement, three at most.
    """
    starts, word, typed = keys.starts_for(text), None, ""
    if parts := keys.parts_of(text):
        word, typed = parts
        starts = keys.starts_for(typed)
    if not starts:
        return []
    is_phone = keys.looks_like_phone(text)
    found = _find(user, hall, starts, word, limit)
    if not found and not is_phone:
        found = _loaded(_find_inside(user, names.normalise_query(text), limit))
    digits = typed or (phones.digits(text) if is_phone else "")
    return [_suggestion(file, word if typed else text.strip(), digits) for file in found]


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
    far, inside = reach(user, Can.READ), found[1]
    ids = _ids_by_key(_halls_read(far), keys.starts_for(text), most + 1)
    if inside is not None and len(ids) <= most:
        ids += inside[: most + 1].aggregate(found=ArrayAgg("pk"))["found"] or []
    ids, more = sorted(set(ids[: most + 1]))[:most], len(ids) > most
    if ids and not far.everything:
        ids = list(Customer.objects.visible_to(user).filter(one_of(ids)).values_list("pk", flat=True))
    return ids, more


def _ids_by_key(halls, starts, most):
    """The ids of at most `most` keys that begin so, in one row: thousands of rows of one number each take many times longer to read."""
    with connection.cursor() as cursor:
        cursor.execute(_IDS.format(halls=_ALL_HALLS if halls is None else _THESE_HALLS), {"halls": halls, "starts": starts, "end": END, "most": most})
        return cursor.fetchone()[0] or []


def is_meant(user, text):
    """The condition on rows with a `customer` that it is a file in reach that `text` may mean: to look through one row after another
    where many fit."""
    keys_found, inside = _meant(user, text)
    far, visible = reach(user, Can.READ), Customer.objects.visible_to(user)
    if far.everything or far.halls and not (far.own or far.teams):
        known, values = (_ALL_HALLS, []) if far.everything else ("(SELECT unnest(%s::bigint[]) AS id)", [sorted(far.halls)])
        fits = Q(customer__in=RawSQL(_BY_KEY.format(halls=known), [*values, keys.starts_for(text), END]))  # noqa: S611
        return fits | Q(customer__in=visible.filter(pk__in=inside.values("pk")).values("pk")) if inside is not None else fits
    fits, rows = Exists(keys_found.filter(customer=OuterRef("pk"))), visible.filter(pk=OuterRef("customer"))
    return Q(Exists(rows.filter(fits | Q(pk__in=inside.values("pk"))) if inside is not None else rows.filter(fits)))


def _meant(user, text):
    """(keys, files whose words hold the text inside or None) of what `text` may mean; None when nothing searchable was typed."""
    starts = keys.starts_for(text)
    if not starts:
        return None
    halls = _halls_read(reach(user, Can.READ))
    halls = Hall.objects.values("pk") if halls is None else halls
    wanted = Q()
    for start in starts:
        wanted |= Q(key__gte=start, key__lt=start + END)
    word = names.normalise_query(text)
    long_enough = not keys.looks_like_phone(text) and len(word) >= SHORTEST_PART[not word.isascii()]
    return CustomerKey.objects.filter(wanted, hall__in=halls), (
        Customer.objects.filter(search_keys__contains=word, merged_into__isnull=True) if long_enough else None)


def _halls_read(far):
    """The ids of the halls whose keys are looked through for this reach; None for all, where files are reached by their people too."""
    return None if far.everything or not far.halls or far.own or far.teams else sorted(far.halls)


def _find(user, hall, starts, word, limit):
    """Files by prefix: in whole halls by the bounded statement, of one's own customers through the files themselves."""
    far = reach(user, Can.READ)
    found = _find_in_halls(None if far.everything else sorted(far.halls), hall, starts, word, limit) if far.everything or far.halls else []
    if not far.everything and (far.own or far.teams):
        known = {file.pk for file in found}
        found += _loaded([pk for pk in _find_own(user, starts, word, limit) if pk not in known])
    return found[:limit]


def _find_in_halls(halls, hall, starts, word, limit):
    """Files that these halls know; None stands for all halls."""
    statement = _FIND.format(found=_FOUND, halls=_ALL_HALLS if halls is None else _THESE_HALLS, also=_ALSO_WORD if word else "TRUE")
    return _read(statement, {"halls": halls, "starts": starts, "here": hall.pk if hall else 0, "taken": TAKEN, "recent": RECENT, "least": min(LEAST, TAKEN),
                             "limit": limit, "end": END, "word": word, "tail": keys.tail_of(starts) or END})


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
    """The files of `ids` in that order: one statement, or none for none."""
    return _read(_LOADED, {"ids": ids}) if ids else []


def _read(statement, values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [Found(*row) for row in cursor.fetchall()]


def _suggestion(file, typed, digits):
    """One line; `typed` is the name part of what was typed, `digits` the number part."""
    label = file.label
    place = label.casefold().find(typed.casefold()) if typed else -1
    pieces = (label[:place], label[place:place + len(typed)], label[place + len(typed):]) if place >= 0 else (label, "", "")
    return Suggestion(file.pk, label, pieces, _phone_pieces(file.numbers, digits), file.company if file.name else "", file.last_seen_at, file.choice)


def _phone_pieces(numbers, typed):
    """The masked number that fits what was typed (else the main one), split where it may be marked: only digits that are shown."""
    if not numbers:
        return "", "", ""
    fits = next((number for number in numbers if typed and (number[1].endswith(typed) or number[1].startswith(typed))), None)
    value, digits = fits or numbers[0]
    masked = phones.mask(value)
    if fits is None:
        return masked, "", ""
    head, _stars, tail = masked.partition("****")
    if digits.endswith(typed):
        shown = min(len(typed), len(tail))
        return masked[:len(masked) - shown], masked[len(masked) - shown:], ""
    shown = min(len(typed), len(head))
    return "", masked[:shown], masked[shown:]
