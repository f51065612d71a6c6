"""Many customers at once, from a register: found among those the hall knows, opened where unknown, taken back again (REC-02)."""
from collections import defaultdict
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Count
from simple_history.utils import bulk_create_with_history

from config.numbers.services import take
from config.web.models import Attachment
from reception.customers import keys, merges, names
from reception.customers.models import ContactPoint, Customer, CustomerHall, CustomerKey, DuplicatePair
from reception.customers.services.files import index, owner_of_new

BATCH = 500
OWN_PARTS = {ContactPoint, CustomerHall, CustomerKey, DuplicatePair}  # what belongs to a file and goes with it

_SEEN = """
WITH seen AS (SELECT unnest(%(ids)s::bigint[]) AS id, unnest(%(at)s::timestamptz[]) AS at),
     halls AS (UPDATE reception_customerhall h SET last_seen_at = seen.at FROM seen
               WHERE h.customer_id = seen.id AND h.hall_id = %(hall)s AND h.last_seen_at < seen.at)
UPDATE reception_customer c SET last_seen_at = seen.at FROM seen WHERE c.id = seen.id AND c.last_seen_at < seen.at
"""


@dataclass
class Filed:
    """What became of the rows: `customers` in their order (None where the row tells no telephone), the ids of files and of contact
    points that were made."""

    customers: list = field(default_factory=list)
    made: list = field(default_factory=list)
    points: list = field(default_factory=list)


@transaction.atomic
def file_many(actor, hall, rows, *, now, reason):
    """Find or open the file of each row {name, company, points (unsaved), at}; None for a row without a telephone. A row may bring what
    `foresee` worked out before: number, sort_key, words.

    A file the hall knows is the same person when it has one of the row's numbers and the same name; a row without a name is the
    one person of that number. Another name opens a file of its own, which shares the number. Set-based: the number of statements
    does not grow with the rows.
    """
    known = _known(hall, {point.value for row in rows if row for point in row["points"]})
    filed, new, points = Filed(), [], []
    for row in rows:
        customer = row and _match(known, row)
        if row and customer is None:
            customer = _opened(actor, row, now)
            new.append(customer)
        if row:
            points += _missing_points(known, customer, row["points"])
            customer.last_seen_at = max(customer.last_seen_at, row["at"])
        filed.customers.append(customer)
    _save(actor, hall, new, points, now, reason)
    _note_seen(hall, {customer.pk: customer.last_seen_at for customer in filed.customers if customer})
    filed.made = [customer.pk for customer in new]
    filed.points = [point.pk for point in points]
    index({point.customer_id for point in points})
    return filed


def foresee(hall, rows, seen, *, now):
    """Before `file_many`, in a transaction of its own: which of these rows {name, company, phones} will likely open a file.

    Those get number, sort_key and words, so that the long transaction neither holds the series of numbers nor spells names.
    `seen` is a set of what earlier rows told; it grows.
    """
    values = {value for row in rows for value in row["phones"]}
    known = ContactPoint.objects.filter(value__in=values, customer__halls__hall=hall, customer__merged_into__isnull=True)
    for value, name in known.values_list("value", "customer__name"):
        seen |= {value, f"{value} {names.normalise_query(name)}"}
    opening = []
    for row in rows:
        marks = {f"{value} {names.normalise_query(row['name'])}" if row["name"] else value for value in row["phones"]}
        if marks and not marks & seen:
            opening.append(row)
        seen |= marks | set(row["phones"])
    for row, number in zip(opening, take("CU", now.year, len(opening)) if opening else [], strict=True):
        row |= {"number": number, **keys_of(row)}


def keys_of(row):
    """The sort key and the searchable words of a file, without those of its number."""
    return {"sort_key": names.sort_key(row["name"] or row["company"]), "words": keys.words_of(name=row["name"], company=row["company"], number="")}


class _Known:
    """The files by number, those found and those opened meanwhile, and what stands in each."""

    def __init__(self):
        self.by_value = defaultdict(dict)
        self.held = defaultdict(set)

    def add(self, customer, point):
        self.by_value[point.value][id(customer)] = customer
        self.held[id(customer)].add((str(point.kind), point.value, point.extension))


def _known(hall, values):
    """The files that the hall knows by one of these numbers or addresses."""
    known, files = _Known(), {}
    rows = ContactPoint.objects.filter(value__in=values, customer__halls__hall=hall, customer__merged_into__isnull=True).order_by("customer_id", "pk")
    for point in rows.select_related("customer"):
        known.add(files.setdefault(point.customer_id, point.customer), point)
    return known


def _match(known, row):
    """The file of this row, or None."""
    found = {}
    for point in row["points"]:
        if point.is_phone:
            found |= known.by_value.get(point.value, {})
    same = [customer for customer in found.values() if names.normalise_query(customer.name) == names.normalise_query(row["name"])]
    if same:
        return same[0]
    return next(iter(found.values())) if len(found) == 1 and not row["name"] else None


def _opened(actor, row, now):
    """An unsaved file; its number comes when all are known."""
    told = row if "words" in row else row | keys_of(row)
    customer = Customer(number=row.get("number") or "", name=row["name"], company=row["company"], owner_id=owner_of_new(actor),
                        sort_key=told["sort_key"], created_at=now, created_by=actor.user, last_seen_at=row["at"])
    customer.search_keys = told["words"]
    return customer


def _missing_points(known, customer, points):
    """The points that the file does not hold yet; the first of a new file is its main one."""
    missing = []
    for point in points:
        if (str(point.kind), point.value, point.extension) not in known.held[id(customer)]:
            point.customer, point.is_primary = customer, customer.pk is None and not known.held[id(customer)]
            point.digits, point.reversed_digits = keys.digits_of(point.value) if point.is_phone else ("", "")
            known.add(customer, point)
            missing.append(point)
    return missing


def _save(actor, hall, new, points, now, reason):
    """Write files, numbers and what makes the hall know them."""
    facts = {"default_user": actor.user, "default_change_reason": reason, "default_date": now, "batch_size": BATCH}
    unnumbered = [customer for customer in new if not customer.number]
    for customer, number in zip(unnumbered, take("CU", now.year, len(unnumbered)) if unnumbered else [], strict=True):
        customer.number = number
    for customer in new:
        customer.search_keys = f"{customer.search_keys} {names.normalise_query(customer.number)}".strip()
    bulk_create_with_history(new, Customer, **facts)
    CustomerHall.objects.bulk_create([CustomerHall(customer=customer, hall=hall, since=now, last_seen_at=customer.last_seen_at) for customer in new])
    for point in points:
        point.customer_id = point.customer.pk
    bulk_create_with_history(points, ContactPoint, **facts)


def _note_seen(hall, newest):
    """The newest time each was here, in one statement."""
    if newest:
        with connection.cursor() as cursor:
            cursor.execute(_SEEN, {"ids": list(newest), "at": list(newest.values()), "hall": hall.pk})


@transaction.atomic
def take_back(actor, hall, customer_ids, point_ids, *, reason, now):
    """Remove files that `file_many` opened and contact points it added, save what was used or changed since.

    Returns (how many files went, numbers of the files that stay because something else hangs on them by now).
    """
    candidates = set(Customer.objects.select_for_update().filter(pk__in=customer_ids).values_list("pk", flat=True))
    gone = candidates - used_since(candidates, hall, set(point_ids))
    untouched = _unchanged(ContactPoint, set(ContactPoint.objects.filter(pk__in=point_ids).values_list("pk", flat=True)))
    points = ContactPoint.objects.filter(pk__in=untouched)
    touched = set(points.values_list("customer_id", flat=True)) - gone
    kept_files = candidates - gone  # a file that stays keeps its numbers
    bury(actor, ContactPoint, points.exclude(customer__in=kept_files), reason, now)
    for model, path in ((CustomerKey, "customer"), (CustomerHall, "customer"), (DuplicatePair, "first"), (DuplicatePair, "second")):
        rows = model.objects.filter(**{f"{path}__in": gone})
        rows._raw_delete(rows.db)
    bury(actor, Customer, Customer.objects.filter(pk__in=gone), reason, now)
    index(touched)
    return len(gone), list(Customer.objects.filter(pk__in=kept_files).order_by("pk").values_list("number", flat=True))


def used_since(candidates, hall, own_points):
    """Of these files, the ids on which something else hangs by now, or that somebody changed."""
    used = candidates - _unchanged(Customer, candidates)
    for _name, model, path in merges.relations():
        rows = model._base_manager.filter(**{f"{path}__in": candidates})
        if model is ContactPoint:
            rows = rows.exclude(pk__in=own_points & _unchanged(ContactPoint, own_points))
        elif model is CustomerHall:
            rows = rows.exclude(hall=hall)
        elif model in OWN_PARTS or model is Customer and path != "merged_into":
            continue
        used |= set(rows.values_list(path, flat=True))
    return used | set(Attachment.objects.filter(kind="customer", record_id__in=candidates).values_list("record_id", flat=True))


def _unchanged(model, ids):
    """Of these rows, the ids whose history has nothing but their making."""
    rows = model.history.filter(id__in=ids).order_by().values("id").annotate(times=Count("history_id"))
    return {row["id"] for row in rows if row["times"] == 1}


def bury(actor, model, rows, reason, now):
    """Delete rows at once, with a history row each that says who, when and why; nothing may point at them any more."""
    history = model.history.model
    for batch in _batches(list(rows)):
        history.objects.bulk_create([
            history(history_date=now, history_user=actor.user, history_change_reason=reason[:100], history_type="-",
                    **{field.attname: getattr(row, field.attname) for field in history.tracked_fields}) for row in batch])
        doomed = model._base_manager.filter(pk__in=[row.pk for row in batch])
        doomed._raw_delete(doomed.db)


def _batches(rows):
    return [rows[start:start + BATCH] for start in range(0, len(rows), BATCH)]
