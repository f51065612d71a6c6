"""New records of several kinds written in one statement, with the history rows that simple-history would write of each.

Django sends a statement for every record and another for every row of its history. Where people wait for an act that writes many,
they are sent together. The columns come from the models, so that a new field is written too.
"""
from functools import cache
from itertools import groupby

from django.db import connection
from django.utils import timezone
from simple_history.signals import post_create_historical_record, pre_create_historical_record


def insert(records):
    """Insert these new records in their order, those with history with the row of it that `trace.mark` named; ids that are missing are
    filled in. Records of one kind stand side by side. Signals of saving are not sent, those of the history are."""
    rows = []
    for record in records:
        rows += [record, history_row(record)] if history_of(type(record)) else [record]
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


def inserted(rows):
    """(SQL, values) of inserting rows of one table; it gives back their ids."""
    meta = rows[0]._meta
    fields = [field for field in meta.local_concrete_fields if not (field.primary_key and rows[0].pk is None)]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for row in rows for field in fields]
    line = f"({', '.join(['%s'] * len(fields))})"
    lines = ", ".join([line] * len(rows))
    return f'INSERT INTO "{meta.db_table}" ({columns}) VALUES {lines} RETURNING "{meta.pk.column}" AS id', values  # noqa: S608 - names of our tables


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
