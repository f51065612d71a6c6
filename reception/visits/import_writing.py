"""Writing the visits of a register and removing them again: set-based, a fixed number of statements for each parcel of rows."""
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q
from simple_history.utils import bulk_create_with_history

from config.numbers.services import drawn_again, public_code
from config.web.models import Attachment
from reception.customers.services import registers as customers
from reception.visits import states
from reception.visits.import_rows import file_of, labelled
from reception.visits.models import ImportedRow, Visit, VisitEvent
from reception.visits.register.table import LONGEST_NOTE

BATCH = 500
REASON = "imported from a register"
UNDONE = "import undone"


@transaction.atomic
def write(actor, register, parcels, *, now):
    """Write every parcel of prepared rows. Returns ({visits, customers_new, customers_known, points}, ids of contact points made)."""
    counts = {"visits": 0, "customers_new": 0, "customers_known": 0, "points": 0}
    points, new = [], set()
    for rows in parcels:
        present = set(ImportedRow.objects.filter(hall=register.hall, fingerprint__in=[row["fingerprint"] for row in rows])
                      .values_list("fingerprint", flat=True))
        rows = [row for row in rows if row["fingerprint"] not in present]
        filed = _write_parcel(actor, register, rows, now)
        new |= set(filed.made)
        counts["visits"] += len(rows)
        counts["customers_new"] = len(new)
        counts["customers_known"] += sum(1 for customer in filed.customers if customer and customer.pk not in new)
        counts["points"] += len(filed.points)
        points += filed.points
    return counts, points


@drawn_again
@transaction.atomic
def _write_parcel(actor, register, rows, now):
    """The customers, visits, events and marks of one parcel."""
    told = [_told(row, now) for row in rows]
    filed = customers.file_many(actor, register.hall, told, now=now, reason=REASON)
    visits = [_visit(actor, register, row, customer, now) for row, customer in zip(rows, filed.customers, strict=True)]
    bulk_create_with_history(visits, Visit, batch_size=BATCH, default_user=actor.user, default_change_reason=REASON, default_date=now)
    VisitEvent.objects.bulk_create([event for visit in visits for event in _events(actor, register, visit)], batch_size=BATCH)
    unclaimed = set(filed.made)
    marks = []
    for row, visit in zip(rows, visits, strict=True):
        made_here = visit.customer_id in unclaimed
        unclaimed.discard(visit.customer_id)
        marks.append(ImportedRow(source=register, hall=register.hall, sheet=row["sheet"][:64], row=row["row"], fingerprint=row["fingerprint"],
                                 visit=visit, new_customer_id=visit.customer_id if made_here else None))
    ImportedRow.objects.bulk_create(marks, batch_size=BATCH)
    return filed


def _told(row, now):
    """What the row tells of the customer, with when they came."""
    told = file_of(row, now)
    return told and told | {"at": datetime.fromisoformat(row["facts"]["arrived_at"])}


def _visit(actor, register, row, customer, now):
    """The closed visit of a row. The name as written stays with it where the customer's file says another, or there is none."""
    facts = dict(row["facts"])
    for name in ("arrived_at", "left_at"):
        facts[name] = datetime.fromisoformat(facts[name]) if facts[name] else None
    if customer and row["company"] and row["company"] != customer.company:
        facts["note"] = "\n".join(filter(None, [facts["note"], labelled("company", row["company"])]))[:LONGEST_NOTE]
    return Visit(number=row["number"], public_code=public_code(), hall=register.hall, state=states.CLOSED, customer=customer, imported=True,
                 visitor_name="" if customer and customer.name == row["name"] else row["name"], created_at=now, created_by=actor.user, **facts)


def _events(actor, register, visit):
    """What happened, as far as the register knows it."""
    told = [("arrived", visit.arrived_at)] + [("closed", visit.left_at)] * bool(visit.left_at)
    return [VisitEvent(visit=visit, hall_id=visit.hall_id, verb=verb, at=at, user_id=actor.user and actor.user.pk,
                       employee_id=visit.receptionist_id if verb == "arrived" else None, detail={"register": register.pk}) for verb, at in told]


@transaction.atomic
def remove(actor, register, points, *, now):
    """Remove the visits of an import with the customers and contact points it made; whatever was changed or used since stays.

    Returns {visits, customers: how many went; kept_visits, kept_customers: numbers of those that stay}.
    """
    visits = set(Visit.objects.select_for_update(of=("self",)).filter(imported_row__source=register).values_list("pk", flat=True))
    made = set(ImportedRow.objects.filter(source=register, new_customer__isnull=False).values_list("new_customer", flat=True))
    gone = visits - _touched_since(visits, register)
    for rows in (VisitEvent.objects.filter(visit__in=gone), ImportedRow.objects.filter(visit__in=gone)):
        rows._raw_delete(rows.db)
    customers.bury(actor, Visit, Visit.objects.filter(pk__in=gone), UNDONE, now)
    count, kept = customers.take_back(actor, register.hall, made, points, reason=UNDONE, now=now)
    return {"visits": len(gone), "customers": count, "kept_customers": kept,
            "kept_visits": list(Visit.objects.filter(pk__in=visits - gone).order_by("pk").values_list("number", flat=True))}


def _touched_since(ids, register):
    """Of these visits, those that somebody changed, or to which something was added."""
    changed = Visit.history.filter(id__in=ids).order_by().values("id").annotate(times=Count("history_id"))
    touched = {row["id"] for row in changed if row["times"] > 1}
    others = VisitEvent.objects.filter(visit__in=ids).exclude(Q(detail__register=register.pk))
    touched |= set(others.values_list("visit_id", flat=True))
    for field in Visit._meta.get_fields(include_hidden=True):
        if field.auto_created and not field.concrete and field.related_model not in (VisitEvent, ImportedRow) \
                and not hasattr(field.related_model, "history_type"):
            path = field.field.name
            touched |= set(field.related_model._base_manager.filter(**{f"{path}__in": ids}).values_list(path, flat=True))
    return touched | set(Attachment.objects.filter(kind="visit", record_id__in=ids).values_list("record_id", flat=True))
