"""The audit log: one search over the access log and the history of every kind of record (GEN-09, DESIGN section 5).

Who looked, exported, printed, logged in stands in the access log; who created, changed, deleted, decided what stands in the history of
each model, with its values. A search is one statement: of each source as many rows as a page has, by key, and the newest of them all.
"""
import json
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from django.apps import apps
from django.db import connections, models

from config.accounts.models import AccessEvent
from config.contributions.records import KINDS

PAGE = 25
ACCESS = "access"  # the name of the access log among the sources; the others are named by their model's label
CREATE, CHANGE, DELETE, DECIDE = "create", "change", "delete", "decide"
TYPES = {CREATE: "+", CHANGE: "~", DELETE: "-"}
DECISIONS = ("approved", "accepted", "access approved", "access declined", "classified", "confirmed", "decided on what is missing", "declined", "destroyed",
             "effect checked", "filed", "measure agreed", "objection decided", "published", "put in force", "rejected", "reviewed", "scored",
             "sent back")  # as services name these acts


@dataclass(frozen=True)
class Source:
    """The history of one model: its table, the column with the id of the record, the key of its kind ('' for a part of another record),
    and for parts the column that points at the whole, with its kind."""

    label: str
    table: str
    pk: str
    kind: str = ""
    whole: str = ""
    whole_kind: str = ""

    @property
    def model(self):
        """The model whose history it is."""
        return apps.get_model(self.label)


@dataclass(frozen=True)
class Question:
    """What is asked for; None and '' ask nothing. `people` and `acting_for` are ids of accounts, `scope` those whose acts this viewer may read at all."""

    since: datetime | None = None
    until: datetime | None = None
    what: str = ""
    kind: str = ""
    record_id: int | None = None
    people: tuple | None = None
    scope: tuple | None = None
    address: str = ""
    acting_for: tuple | None = None
    place: tuple | None = None  # (at, source, id) of the last row that was shown


@dataclass(frozen=True)
class Entry:
    """One row of the log: `source` and `id` are its key; `act` of the access log or one of CREATE, CHANGE, DELETE, DECIDE."""

    source: str
    id: int
    at: datetime
    user_id: int | None
    for_user_id: int | None
    kind: str
    record_id: int | None
    whole_id: int | None
    act: str
    words: str
    fields: list
    address: str
    reference: str

    @property
    def key(self):
        """Where it stands in the order of the log."""
        return self.at, self.source, self.id

    @property
    def about(self):
        """(kind, id) of the record that it is about: of a part the whole; ('', None) where it is about none that can be named."""
        is_part = self.is_history and bool(sources()[self.source].whole)
        pk = self.whole_id if is_part else self.record_id
        return (self.kind, pk) if self.kind and pk else ("", None)

    @property
    def is_history(self):
        """Whether its values stand in a history."""
        return self.source != ACCESS


@cache
def sources():
    """{label: Source} of every model with history; the models stay as they are while a process lives."""
    kinds = {kind.model: kind.key for kind in KINDS.all()}
    found = {}
    for model in apps.get_models():
        if not hasattr(model, "history") or not isinstance(model._meta.pk, models.AutoField | models.BigIntegerField | models.OneToOneField):
            continue
        label, wholes = model._meta.label, [] if model._meta.label in kinds else [
            (field.column, kinds[field.related_model._meta.label]) for field in model._meta.concrete_fields
            if field.many_to_one and field.remote_field.on_delete is models.CASCADE and field.related_model._meta.label in kinds]
        column, kind = wholes[0] if wholes else ("", "")
        found[label] = Source(label, model.history.model._meta.db_table, model._meta.pk.column, kinds.get(label, ""), column, kind)
    return found


def search(asked, limit=PAGE):
    """The newest entries that fit, at most `limit` and one more, newest first. One statement, whatever is asked."""
    parts, values = [], []
    for sql, given in branches(asked, limit + 1):
        parts.append(f"({sql})")
        values += given
    if not parts:
        return []
    whole = f"SELECT * FROM ({' UNION ALL '.join(parts)}) found ORDER BY at DESC, source COLLATE \"C\" DESC, id DESC LIMIT %s"  # noqa: S608 - parts of `branches`
    with connections["default"].cursor() as cursor:
        cursor.execute(whole, [*values, limit + 1])
        return [entry(row) for row in cursor.fetchall()]


def entry(row):
    """A row of the statement as an Entry."""
    source, pk, at, user_id, for_user_id, kind, record_id, whole_id, act, words, fields, address, reference = row
    if source != ACCESS:
        act = DECIDE if (words or "").partition(": ")[0] in DECISIONS else {sign: name for name, sign in TYPES.items()}[act]
    return Entry(source, pk, at, user_id, for_user_id, kind, record_id, whole_id, act, words or "",
                 json.loads(fields) if isinstance(fields, str) else fields or [], address, reference)


def branches(asked, limit):
    """(SQL, values) of each source that can hold what is asked for."""
    if asked.what not in (*TYPES, DECIDE):
        yield of_access(asked, limit)
    if asked.what in ("", *TYPES, DECIDE) and not asked.address and asked.acting_for is None:
        for source in sources().values():
            if not asked.kind or asked.kind in (source.kind, source.whole_kind):
                yield of_history(source, asked, limit)


def of_access(asked, limit):
    """The rows of the access log."""
    where, values = common(asked, "at", "user_id", ACCESS, "id")
    for column, value in (("act", asked.what), ("kind", asked.kind), ("record_id", asked.record_id), ("address_key", asked.address)):
        if value:
            where.append(f"{column} = %s")
            values.append(value)
    if asked.acting_for is not None:
        where.append("for_user_id = ANY(%s)")
        values.append(list(asked.acting_for))
    return (f"SELECT %s::text AS source, id, at, user_id, for_user_id, kind::text, record_id, NULL::bigint, act::text, outcome::text, fields::text, "  # noqa: S608
            f"address_key::text, reference::text FROM {AccessEvent._meta.db_table}{' WHERE ' + ' AND '.join(where) if where else ''} "
            "ORDER BY at DESC, id DESC LIMIT %s", [ACCESS, *values, limit])


def of_history(source, asked, limit):
    """The rows of the history of one model, of a record itself or of its parts."""
    where, values = common(asked, "history_date", "history_user_id", source.label, "history_id")
    if asked.record_id:
        where.append(f'"{source.pk if source.kind == asked.kind else source.whole}" = %s')
        values.append(asked.record_id)
    if asked.what in TYPES:
        where.append("history_type = %s")
        values.append(TYPES[asked.what])
    if asked.what == DECIDE:
        where.append("split_part(history_change_reason, ': ', 1) = ANY(%s)")
        values.append(list(DECISIONS))
    whole = f'"{source.whole}"::bigint' if source.whole else "NULL::bigint"
    return ("SELECT %s::text AS source, history_id AS id, history_date AS at, history_user_id::bigint AS user_id, NULL::bigint AS for_user_id, "  # noqa: S608
            f'%s::text AS kind, "{source.pk}"::bigint AS record_id, {whole} AS whole_id, history_type::text AS act, history_change_reason::text AS words, '
            f"NULL::text AS fields, ''::text AS address_key, ''::text AS reference FROM \"{source.table}\""
            f"{' WHERE ' + ' AND '.join(where) if where else ''} ORDER BY history_date DESC, history_id DESC LIMIT %s",
            [source.label, source.kind or source.whole_kind, *values, limit])


def common(asked, at, user, name, pk):
    """(conditions, values) that every source has: whose, when, and after which place."""
    where, values = [], []
    for people in (asked.people, asked.scope):
        if people is not None:
            where.append(f"{user} = ANY(%s)")
            values.append(list(people))
    if asked.since:
        where.append(f"{at} >= %s")
        values.append(asked.since)
    if asked.until:
        where.append(f"{at} <= %s")
        values.append(asked.until)
    if asked.place:
        moment, source, last = asked.place
        if name == source:
            where.append(f"({at}, {pk}) < (%s, %s)")
            values += [moment, last]
        else:
            where.append(f"{at} {'<=' if name < source else '<'} %s")
            values.append(moment)
    return where, values


def everything(asked, limit):
    """All entries that fit, read `limit` at a time and let go."""
    while True:
        found = search(asked, limit)
        yield from found[:limit]
        if len(found) <= limit:
            return
        asked = replace(asked, place=found[limit - 1].key)


def versions(entries):
    """{(source, id): (row, the row before it or None)} as plain data, of entries of histories; one statement."""
    wanted = {}
    for one in entries:
        wanted.setdefault(one.source, []).append(one.id)
    parts, values = [], []
    for label, ids in wanted.items():
        source = sources()[label]
        older = (f'SELECT to_jsonb(p) FROM "{source.table}" p WHERE p."{source.pk}" = h."{source.pk}" AND (p.history_date, p.history_id) '  # noqa: S608
                 "< (h.history_date, h.history_id) ORDER BY p.history_date DESC, p.history_id DESC LIMIT 1")
        parts.append(f'SELECT %s::text, h.history_id, to_jsonb(h)::text, ({older})::text FROM "{source.table}" h WHERE h.history_id = ANY(%s)')  # noqa: S608
        values += [label, ids]
    if not parts:
        return {}
    with connections["default"].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return {(source, pk): (json.loads(row), json.loads(before) if before else None) for source, pk, row, before in cursor.fetchall()}
