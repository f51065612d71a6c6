"""Query sets that are built once a process: Django takes longer to write a statement of many columns than PostgreSQL to answer it.

`rows(key, build, pk=…, now=…)` answers what `build()` would. The key names everything that `build` depends on; only what differs from
request to request is left open by stand-ins: PK and HALL where an id comes, TEXT where a text comes, DAY where a day comes, START and END
where its bounds come, NOW where a moment comes, also one that lies some time from it.
"""
import copy
import sys
from datetime import UTC, date, datetime, timedelta

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import prefetch_related_objects
from django.db.models.query import ModelIterable
from django.utils import timezone

from config.accounts.access import reach

PK, HALL, DAY = -1_000_000_007, -1_000_000_009, date(1900, 7, 7)  # no ids, no numbers and no day that a query is written with
NOW, START, END = (datetime(year, 1, 1, tzinfo=UTC) for year in (1900, 1920, 1940))
TEXT = "\ue000"  # a sign that nobody types
NEAR = timedelta(days=3650)  # how far from NOW a moment is still understood as a time from now
MOST = 2000  # sets of values kept a process; past that all are built anew
_kept, _shapes = {}, {}


class _Kept:
    """A built query set: its SQL, its values with the stand-ins in them, and what Django needs to make records of the answer.

    That last part is a hundred kilobytes. It is the same for the same statement, whoever asks, so that people share it (`name` keeps
    statements apart that only look alike).
    """

    def __init__(self, name, rows):
        self.model, self.db, self.lookups = rows.model, rows.db, rows._prefetch_related_lookups
        compiler = rows.query.get_compiler(using=rows.db)
        try:
            sql, self.values = compiler.as_sql()
            self.sql = sys.intern(sql)
        except EmptyResultSet:  # the conditions exclude every row: a person whom a capability takes nowhere
            self.sql, self.values = "", ()
        self.compiler = _shapes.setdefault((name, self.sql), compiler) if rows._iterable_class is ModelIterable else None

    def run(self, values):
        """The records, read with these values."""
        if not self.sql:
            return []
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[self.db]
        compiler.as_sql = lambda *_given, **_named: (self.sql, values)
        found = list(ModelIterable(_Ready(self.model, self.db, compiler)))
        if self.lookups:
            prefetch_related_objects(found, *self.lookups)
        return found


class _Ready:
    """Stands where Django asks a query set for its compiler."""

    _known_related_objects = {}

    def __init__(self, model, db, compiler):
        self.model, self.db, self.query, self.compiler = model, db, self, compiler

    def get_compiler(self, using):
        """The compiler, which has its SQL already."""
        return self.compiler


def rows(key, build, **given):
    """The records of the query set that `build()` makes with the stand-ins in the places of these values, as a list.

    Whatever else `build` uses must be in `key`: the person and their reach (`reader`), other ids, the language where words are asked for.
    """
    kept = _built(key, build)
    if kept.compiler is None:
        raise TypeError("Only query sets of records give records.")
    return kept.run(_filled(kept.values, **given))


def values(key, build, **given):
    """The rows of a `values_list` in the same way, as tuples of what the database gives: JSON is text."""
    kept = _built(key, build)
    if not kept.sql:
        return []
    with connections[kept.db].cursor() as cursor:
        cursor.execute(kept.sql, _filled(kept.values, **given))
        return cursor.fetchall()


def _built(key, build):
    """What is kept under this key, built where there is nothing yet."""
    kept = _kept.get(key)
    if kept is None:
        if len(_kept) >= MOST:
            forget()
        kept = _kept[key] = _Kept(key[0] if isinstance(key, tuple) else key, build())
    return kept


def _filled(values, *, pk=None, hall=None, text=None, day=None, now=None, start=None, end=None):
    """The values of the statement with the stand-ins replaced."""
    given = {PK: pk, HALL: hall, TEXT: text, DAY: day, START: start, END: end}
    return tuple(_from_now(value, now) if isinstance(value, datetime) and value.tzinfo and abs(value - NOW) < NEAR
                 else given.get(value, value) if isinstance(value, int | str | date) else value for value in values)


def _from_now(value, now):
    """The moment that lies as far from `now` as `value` does from its stand-in."""
    return now + (value - NOW)


def reader(user, *capabilities):
    """What a statement depends on that is written for a person: who it is, the day, and how far these capabilities go."""
    return user.pk, timezone.localdate(), *(reach(user, capability) for capability in capabilities)


def forget():
    """Build all anew."""
    _kept.clear()
    _shapes.clear()
