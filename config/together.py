"""New records of several kinds written in one statement, with the history rows that simple-history would write of each.

Django sends a statement for every record and another for every row of its history. Where people wait for an act that writes many,
they are sent together. The columns come from the models, so that a new field is written too.
"""
from functools import cache
from itertools import groupby

from django.db import connection, transaction
from django.utils import timezone
from simple_history.signals import post_create_historical_record, pre_create_historical_record

AT_ONCE = 500  # records of one statement: PostgreSQL plans one of thousands of parts slowly, and takes none of more than 1664


def name(records):
    """Give new records of one kind their ids before they are written, so that others, and their history, can point at them."""
    missing = [record for record in records if record.pk is None]
    if missing:
        meta = missing[0]._meta
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [meta.db_table, meta.pk.column, len(missing)])
            for record, (key,) in zip(missing, cursor.fetchall(), strict=True):
                record.pk = key
    return records


def insert(records):
    """Insert these new records in their order, those with history (which have their ids: `name`) with the row of it that `trace.mark`
    named; ids that are missing of the others are filled in. Records of one kind stand side by side. Signals of saving are not sent, those
    of the history are. More than AT_ONCE are several statements in one transaction."""
    if len(records) > AT_ONCE:
        with transaction.atomic():
            for begin in range(0, len(records), AT_ONCE):
                insert(records[begin:begin + AT_ONCE])
        return
    rows = []
    for model, same in groupby(records, key=type):
        same = list(same)
        rows += [*same, *map(history_row, same)] if history_of(model) else same
    groups = [list(group) for _kind, group in groupby(rows, key=lambda row: (type(row), row.pk is None))]
    parts, values = [], []
    for number, group in enumerate(groups):
        sql, given = inserted(group)
        parts.append(f"r{number} AS ({sql})")
        values += given
    ids = ", ".join(f"ARRAY(SELECT id FROM r{number})" for number in range(len(groups)))  # noqa: S608 - numbers
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} SELECT {ids}", values)  # noqa: S608 - parts of `inserted`
        written = cursor.fetchone()
    for group, keys in zip(groups, written, strict=True):
        for row, key in zip(group, keys, strict=True):
            row.pk, row._state.adding, row._state.db = key, False, connection.alias
    for row in rows:
        if hasattr(row, "history_type"):
            post_create_historical_record.send(**told_of(row))


def insert_new(rows, batch=1000):
    """Insert those of these rows of one table that no constraint says are there already; returns how many that were."""
    count = 0
    with connection.cursor() as cursor:
        for begin in range(0, len(rows), batch):
            sql, values = inserted(rows[begin:begin + batch], "ON CONFLICT DO NOTHING ")
            cursor.execute(sql, values)
            count += len(cursor.fetchall())
    return count


def inserted(rows, conflict=""):
    """(SQL, values) of inserting rows of one table; it gives back their ids."""
    meta = rows[0]._meta
    fields = [field for field in meta.local_concrete_fields if not (field.primary_key and rows[0].pk is None)]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for row in rows for field in fields]
    line = f"({', '.join(['%s'] * len(fields))})"
    lines = ", ".join([line] * len(rows))
    return f'INSERT INTO "{meta.db_table}" ({columns}) VALUES {lines} {conflict}RETURNING "{meta.pk.column}" AS id', values  # noqa: S608 - names of our tables


@cache
def history_of(model):
    """The model of the history of a model, or None; simple-history makes a class each time it is asked for it."""
    return model.history.model if hasattr(model, "history") else None


def history_row(record):
    """The row that simple-history writes when `record` is created; who and why as `trace.mark` noted them."""
    model = history_of(type(record))
    row = model(history_date=getattr(record, "_history_date", None) or timezone.now(), history_type="+", history_user=record._history_user,
                history_change_reason=record._change_reason, **{field.attname: getattr(record, field.attname) for field in model.tracked_fields})
    row.of_record = record
    pre_create_historical_record.send(**told_of(row))
    return row


def told_of(row):
    """What the signals of simple-history tell of a row of history."""
    return {"sender": type(row), "instance": row.of_record, "history_instance": row, "history_date": row.history_date,
            "history_user": row.history_user, "history_change_reason": row.history_change_reason, "using": None}
