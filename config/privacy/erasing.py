"""Erasing people and trying what it would do: one pass over the register, in one transaction, and the proof that stays (PIPL 47)."""
import hashlib
from dataclasses import replace

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.core.files.storage import storages
from django.db import models, transaction
from django.db.models import Case, Count, F, Func, Q, Value, When
from django.utils.translation import gettext as _

from config.contributions.personal import DELETE, EMPTY, NEUTRAL, OBSTACLES, SIGN
from config.errors import Refused
from config.privacy.contents import tells_of
from config.privacy.models import Erasure, FileToRemove, LegalHold
from config.privacy.people import People, members

REASON_LENGTH = 300


def digest(number):
    """A telephone number (digits) as a keyed digest: the same for the same number, and no way back without the key."""
    return hashlib.blake2b(f"erased {number}".encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=24).hexdigest()


def held_by_law(people):
    """Of the main records of these people, the ids under a legal hold."""
    return set(LegalHold.objects.filter(kind=people.subject.key, record_id__in=people.ids, released_at=None).values_list("record_id", flat=True))


def objections(people):
    """The sentences that stand against erasing them now, the legal hold first."""
    found = [_("A legal hold keeps this file. It can be erased once the hold is released.")] if held_by_law(people) else []
    return found + [str(one.sentence) for one in OBSTACLES.all() if one.kind == people.subject.key and one.held(people)]


def trial(people):
    """What erasing these people would do, table by table, without doing it: {model: {"rows", "fields", "history"}}."""
    counts = {}
    for member in members():
        rows, history = people.rows(member), people.history(member)
        if not people.ids_of(member) and (history is None or not history.exists()):
            continue
        gone = member.erasing == DELETE
        counts[member.key] = {"rows": len(people.ids_of(member)) if gone else 0, "fields": 0 if gone else filled(member, rows, people),
                              "history": history.count() if history is not None else 0}
    return {key: row for key, row in counts.items() if any(row.values())}


def filled(member, rows, people):
    """How many fields of these rows hold something that erasing empties."""
    emptied = [name for name, effect in member.erasing.items() if effect in (EMPTY, NEUTRAL)]
    found = rows.aggregate(**{name: Count("pk", filter=is_filled(rows.model._meta.get_field(name))) for name in emptied}) if emptied else {}
    changed = sum(effect(value, people) != value for name, effect in member.erasing.items() if callable(effect)
                  for value in rows.values_list(name, flat=True))
    return sum(found.values()) + changed


def is_filled(field):
    """The condition that a field holds something."""
    return Q(**{f"{field.name}__isnull": False}) if field.null else ~Q(**{field.name: nothing(field)})


def nothing(field):
    """What an empty field holds."""
    if field.null:
        return None
    return field.get_default() if isinstance(field, models.JSONField) else b"" if isinstance(field, models.BinaryField) else ""


@transaction.atomic
def erase(actor, kind, record_id, *, reason, now, hall_ids=()):
    """Erase one person for good, at their request; returns the Erasure. The caller holds the lock on the main record.

    Raises Refused without a reason, for a reason that names the person, under a legal hold, and while something is open.
    """
    people = People(kind, [record_id])
    if not reason.strip():
        raise Refused(_("Write down why the file is erased."), field="reason")
    if tells_of(reason, replace(people.known, numbers=people.known.numbers | people.known.all_numbers)):
        raise Refused(_("The proof stays after the file is gone. Leave name and number out of the reason."), field="reason")
    if against := objections(people):
        raise Refused(against[0])
    return forget(actor, people, cause=Erasure.Cause.REQUEST, reason=reason.strip(), now=now, hall_ids=hall_ids)


def forget(actor, people, *, cause, reason, now, hall_ids=()):
    """Do it: mark the main records, empty or delete what the register names, leave the proof. Runs in the caller's transaction."""
    counts, numbers = trial(people), people.known.all_numbers
    plan = [(member, people.rows(member), people.history(member)) for member in members()]  # looked up before anything moves
    people.subject.forget(actor, people.ids, now)
    for member, rows, history in plan:
        if member.erasing == DELETE:
            remember_files(member, rows, now)
            rows._raw_delete(rows.db)  # no signal: simple-history would write the values once more
        else:
            rewrite(member, rows, people)
        if history is not None:
            forget_history(member, history, people)
    transaction.on_commit(remove_files)
    return Erasure.objects.create(kind=people.subject.key, record_ids=people.ids, hall_ids=sorted(set(hall_ids)), cause=cause, reason=reason,
                                  by=actor.user, at=now, counts=counts, digests=sorted(digest(number) for number in numbers))


def rewrite(member, rows, people):
    """Empty the fields of rows that stay; who had one of them open is told that it changed."""
    changes = changes_of(rows.model, member.erasing)
    if changes:
        if any(field.name == "version" and isinstance(field, models.IntegerField) for field in rows.model._meta.concrete_fields):  # a consent names its text so
            changes["version"] = F("version") + 1
        rows.update(**changes)
    for name, effect in member.erasing.items():
        if callable(effect):
            for row in rows.only(name):
                row.__class__._base_manager.filter(pk=row.pk).update(**{name: effect(getattr(row, name), people)})


def changes_of(model, erasing):
    """{field: new value} of the fields that this model has."""
    changes = {}
    for name, effect in erasing.items():
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:  # what a history leaves out
            continue
        if effect == EMPTY:
            changes[name] = Value(None) if field.null else nothing_sql(field)
        elif effect == NEUTRAL:
            changes[name] = Case(When(**{name: ""}, then=Value("")), default=Value(SIGN))
    return changes


def nothing_sql(field):
    """An empty value as an expression of the field's own kind."""
    return Value(nothing(field), output_field=field)


def forget_history(member, history, people):
    """What the history tells goes as well; the acts stay, without the reasons that people wrote."""
    if member.erasing == DELETE:
        history._raw_delete(history.db)
        return
    changes = changes_of(history.model, member.erasing)
    history.update(**changes, history_change_reason=Func(F("history_change_reason"), Value(": "), Value(1), function="split_part"))


def remember_files(member, rows, now):
    """Note the stored files of rows that go, so that a process that dies leaves none behind."""
    names = [field.name for field in rows.model._meta.concrete_fields if isinstance(field, models.FileField)]
    for name in names:
        FileToRemove.objects.bulk_create([FileToRemove(name=stored, since=now) for stored in rows.values_list(name, flat=True) if stored])


def remove_files():
    """Take the noted files out of the private store; safe to run twice. Returns how many."""
    store, gone = storages["private"], 0
    for waiting in FileToRemove.objects.order_by("pk"):
        store.delete(waiting.name)
        waiting.delete()
        gone += 1
    return gone

