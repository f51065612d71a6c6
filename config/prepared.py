"""Query sets that are built once a process: Django takes longer to write a statement of many columns than PostgreSQL to answer it.

`rows(key, build, pk=…, now=…)` answers what `build()` would. The key names everything that `build` depends on; only what differs from
request to request is left open by stand-ins: PK and HALL where an id comes, DAY where a day comes, NOW where a moment comes, also one that
lies some time from it.
"""
import copy
from datetime import UTC, date, datetime, timedelta

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import prefetch_related_objects
from django.db.models.query import ModelIterable
from django.utils import timezone

from config.accounts.access import reach

PK, HALL, DAY = -1_000_000_007, -1_000_000_009, date(1900, 7, 7)  # no ids, no numbers and no day that a query is written with
NOW = datetime(1900, 1, 1, tzinfo=UTC)
NEAR = timedelta(days=3650)  # how far from NOW a moment is still understood as a time from now
MOST = 2000  # statements kept a process; past that all are built anew
_kept = {}


class _Kept:
    """A built query set: what Django needs to make records of the answer, its SQL, and its values with the stand-ins in them."""

    def __init__(self, rows):
        self.model, self.db, self.lookups = rows.model, rows.db, rows._prefetch_related_lookups
        if rows._iterable_class is not ModelIterable:
            raise TypeError("Only query sets of records are prepared.")
        self.compiler = rows.query.get_compiler(using=rows.db)
        try:
            self.sql, self.values = self.compiler.as_sql()
        except EmptyResultSet:  # the conditions exclude every row: a person whom a capability takes nowhere
            self.sql, self.values = "", ()

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


def rows(key, build, *, pk=None, hall=None, day=None, now=None):
    """The records of the query set that `build()` makes with the stand-ins in the places of these values, as a list.

    Whatever else `build` uses must be in `key`: the person and their reach (`reader`), other ids, the language where words are asked for.
    """
    kept = _kept.get(key)
    if kept is None:
        if len(_kept) >= MOST:
            _kept.clear()
        kept = _kept[key] = _Kept(build())
    given = {PK: pk, HALL: hall, DAY: day}
    return kept.run(tuple(_filled(value, given, now) for value in kept.values))


def _filled(value, given, now):
    """A value of the statement with the stand-ins replaced."""
    if isinstance(value, datetime):
        return now + (value - NOW) if value.tzinfo and abs(value - NOW) < NEAR else value
    return given.get(value, value) if isinstance(value, int | date) else value


def reader(user, *capabilities):
    """What a statement depends on that is written for a person: who it is, the day, and how far these capabilities go."""
    return user.pk, timezone.localdate(), *(reach(user, capability) for capability in capabilities)


def forget():
    """Build all anew; for tests."""
    _kept.clear()
