"""Two files of one person become one; both numbers and both histories stay, and it can be undone exactly (REC-23)."""
from django.db import transaction
from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from config.accounts import trace
from config.contributions import guards
from config.errors import Refused
from config.web.versions import claim_version
from reception.customers import merges
from reception.customers.events import files_merged
from reception.customers.models import ContactPoint, Customer, CustomerMerge, DuplicatePair
from reception.customers.services.files import erased_sentence, index, rekey

CHOOSABLE = ("name", "company", "note", "source", "owner", "attention")
STRICTNESS = (Customer.Choice.OPEN, Customer.Choice.DECLINED, Customer.Choice.DO_NOT_CONTACT)
CHOICE_FIELDS = ("choice", "choice_reason", "choice_at")
CHECK_FIELDS = ("confirmed_at", "confirmed_by")
NOTHING_MOVED = {"rows": {}, "mains": [None, None], "before": {}, "after": {}}


@transaction.atomic
def merge(actor, kept, merged, *, choices, reason, now, versions=(None, None)):
    """Bring everything of `merged` to `kept`. `choices` maps a field of CHOOSABLE to "kept" or "merged"; `versions` are those of
    (kept, merged) the page was opened on. The stricter choice of the customer always stands.

    Raises Refused for one and the same file, for a file that was merged meanwhile, and when a room above objects.
    """
    if kept.pk == merged.pk:
        raise Refused(_("This is one file. Choose two."))
    kept, merged = locked_pair(kept, merged)
    claim_version(kept, versions[0])
    claim_version(merged, versions[1])
    guards.ask("customer", "merge", merged, actor)
    before = {name: plain(kept, name) for name in names_of_facts()}
    mains = [customer.contacts.filter(is_primary=True).values_list("pk", flat=True).first() for customer in (kept, merged)]
    rows = {name: _move(actor, model, field, kept, merged, merges.policy_of(name)) for name, model, field in merges.relations()}
    _take_facts(kept, merged, choices)
    merged.merged_into = kept
    trace.save(actor, kept, *names_of_facts(), "version", act="merged", reason=f"{merged.number} {reason}".strip())
    trace.save(actor, merged, "merged_into", "version", act="merged into", reason=f"{kept.number} {reason}".strip())
    rekey(kept)
    index([merged.pk])
    _mark_pair(actor, kept, merged, DuplicatePair.State.MERGED, now)
    done = CustomerMerge.objects.create(
        kept=kept, merged=merged, reason=reason, by=actor.user, at=now,
        moved={"rows": {name: ids for name, ids in rows.items() if ids}, "mains": mains, "before": before,
               "after": {name: plain(kept, name) for name in names_of_facts()}})
    files_merged.send(CustomerMerge, kept_id=kept.pk, merged_id=merged.pk)
    return done


@transaction.atomic
def undo_merge(actor, done, *, now, reason=""):
    """Give back what the merge moved, and the facts it changed where nobody changed them since.

    Raises Refused when it was undone already, or when a later merge into or of the kept file stands in between.
    """
    done = CustomerMerge.objects.select_for_update().get(pk=done.pk)
    if done.undone_at:
        raise Refused(_("This merge was undone already."))
    if Customer.objects.filter(pk__in=[done.kept_id, done.merged_id], erased_at__isnull=False).exists():
        raise Refused(erased_sentence())
    if _later_than(done).exists():
        raise Refused(_("A later merge builds on this one. Undo that one first."))
    kept, merged = _locked(done.kept_id, done.merged_id)
    moved = NOTHING_MOVED | done.moved
    for name, model, field in merges.relations():
        rows = model._base_manager.filter(pk__in=moved["rows"].get(name, []), **{field: kept})
        _repoint(actor, model, field, rows, merged, "merge undone")
    for customer, main in zip((kept, merged), moved["mains"], strict=True):
        _set_main(actor, customer, main)
    for name, after in moved["after"].items():
        if plain(kept, name) == after:
            set_plain(kept, name, moved["before"][name])
    merged.merged_into = None
    for record in (kept, merged):
        claim_version(record, None)
    trace.save(actor, kept, *names_of_facts(), "version", act="merge undone", reason=f"{merged.number} {reason}".strip())
    trace.save(actor, merged, "merged_into", "version", act="merge undone", reason=f"{kept.number} {reason}".strip())
    rekey(kept)
    rekey(merged)
    _mark_pair(actor, kept, merged, DuplicatePair.State.OPEN, now)
    done.undone_by, done.undone_at = actor.user, now
    done.save(update_fields=["undone_by", "undone_at"])
    return done


def locked_pair(kept, merged):
    """Both files, locked in one order whoever merges what; Refused when one of them was merged meanwhile."""
    pair = _locked(kept.pk, merged.pk)
    for customer in pair:
        if customer.erased_at:
            raise Refused(erased_sentence())
        if customer.merged_into_id:
            raise Refused(_("The file %(number)s was merged meanwhile. Open the list of duplicates again.") % {"number": customer.number})
    return pair


def names_of_facts():
    """The facts of the kept file that a merge may change."""
    return [*CHOOSABLE, *CHOICE_FIELDS, *CHECK_FIELDS, "last_seen_at"]


def plain(customer, name):
    """A fact as JSON keeps it: keys of relations, ISO times."""
    value = getattr(customer, Customer._meta.get_field(name).attname)
    return value.isoformat() if hasattr(value, "isoformat") else value


def set_plain(customer, name, value):
    """Set a fact from its JSON form."""
    field = Customer._meta.get_field(name)
    setattr(customer, field.attname, parse_datetime(value) if value and field.get_internal_type() == "DateTimeField" else value)


def _locked(kept_id, merged_id):
    found = {row.pk: row for row in Customer.objects.select_for_update().filter(pk__in=[kept_id, merged_id]).order_by("pk")}
    return found[kept_id], found[merged_id]


def _move(actor, model, field, kept, merged, policy):
    """Point the rows of one relation at the kept file as its policy says; returns the ids that moved."""
    if policy.how not in (merges.MOVE, merges.JOIN):
        return []
    rows = model._base_manager.filter(**{field: merged})
    if policy.how == merges.JOIN:
        present = set(model._base_manager.filter(**{field: kept}).values_list(*policy.equal))
        equal = [row[0] for row in rows.values_list("pk", *policy.equal) if row[1:] in present]
        rows = rows.exclude(pk__in=equal)
    return _repoint(actor, model, field, rows, kept, f"merged from: {merged.number}")


def _repoint(actor, model, field, rows, customer, why):
    """Let `rows` belong to `customer`, with a history row each where the model keeps history; returns their ids.

    A contact gives up being the main one where the customer has a main one already.
    """
    if not hasattr(model, "history"):
        ids = list(rows.values_list("pk", flat=True))
        model._base_manager.filter(pk__in=ids).update(**{field: customer})
        return ids
    names, changed = [field], list(rows)
    for row in changed:
        setattr(row, field, customer)
    if model is ContactPoint and customer.contacts.filter(is_primary=True).exists():
        names.append("is_primary")
        for row in changed:
            row.is_primary = False
    if changed:
        bulk_update_with_history(changed, model, names, batch_size=500, default_user=actor.user, default_change_reason=why)
    return [row.pk for row in changed]


def _set_main(actor, customer, pk):
    """Let the contact `pk` be the customer's main one, if it is theirs; without it the oldest, if there is any."""
    contacts = list(customer.contacts.order_by("pk"))
    main = next(iter(sorted(contacts, key=lambda point: (point.pk != pk, not point.is_primary))), None)
    for point in sorted(contacts, key=lambda point: point is main):
        if point.is_primary != (point is main):
            point.is_primary = point is main
            trace.save(actor, point, "is_primary", act="main contact" if point.is_primary else "no longer main")


def _take_facts(kept, merged, choices):
    """The chosen facts, the stricter choice, the newest check and time seen."""
    for name in CHOOSABLE:
        if choices.get(name) == "merged":
            attname = Customer._meta.get_field(name).attname
            setattr(kept, attname, getattr(merged, attname))
    if STRICTNESS.index(merged.choice) > STRICTNESS.index(kept.choice):
        for name in CHOICE_FIELDS:
            setattr(kept, name, getattr(merged, name))
    if merged.confirmed_at and (kept.confirmed_at is None or merged.confirmed_at > kept.confirmed_at):
        kept.confirmed_at, kept.confirmed_by_id = merged.confirmed_at, merged.confirmed_by_id
    kept.last_seen_at = max(kept.last_seen_at, merged.last_seen_at)


def _mark_pair(actor, kept, merged, state, now):
    """What became of the pair in the list of duplicates."""
    low, high = sorted([kept.pk, merged.pk])
    DuplicatePair.objects.update_or_create(
        first_id=low, second_id=high, defaults={"state": state, "decided_by": actor.user, "decided_at": now},
        create_defaults={"state": state, "decided_by": actor.user, "decided_at": now, "found_at": now})


def _later_than(done):
    """Standing merges that touch the kept or the merged file after this one."""
    both = [done.kept_id, done.merged_id]
    touching = Q(kept__in=both) | Q(merged__in=both)
    return CustomerMerge.objects.filter(touching, pk__gt=done.pk, undone_at__isnull=True)
