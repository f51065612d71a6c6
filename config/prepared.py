"""Query sets that are built once a process: Django takes longer to write a statement of many columns than PostgreSQL to answer it.

`rows(key, build, pk=…, now=…)` answers what `build()` would. The key names everything that `build` depends on; only what differs from
request to request is left open by stand-ins: PK and HALL where an id comes, TEXT where a text comes, DAY where a day comes and LAST where the
last of some days does, START and END where its bounds come, NOW where a moment comes, also one that lies some time from it. PostgreSQL keeps
such a statement too and plans it once a connection (config/planned.py).
"""
import copy
import sys
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache

from django.core.exceptions import EmptyResultSet
from django.db import DatabaseError, connections
from django.db.models import prefetch_related_objects
from django.db.models.query import ModelIterable
from django.utils import timezone

from config import planned
from config.accounts.access import reach

PK, HALL, DAY, LAST = -1_000_000_007, -1_000_000_009, date(1900, 7, 7), date(1900, 9, 9)  # no ids, no numbers and no day that a query is written with
NOW, START, END = (datetime(year, 1, 1, tzinfo=UTC) for year in (1900, 1920, 1940))
TEXT = "\ue000"  # a sign that nobody types
KINDS = {PK: "bigint", HALL: "bigint", TEXT: "text", DAY: "date", LAST: "date"}
NAMES = {PK: "pk", HALL: "hall", TEXT: "text", DAY: "day", LAST: "last", START: "start", END: "end"}
NEAR = timedelta(days=3650)  # how far from NOW a moment is still understood as a time from now
MOST = 2000  # sets of values kept a process; past that all are built anew
_kept, _shapes = {}, {}


class _Kept:
    """A built query set: its statement as PostgreSQL plans it, and what Django needs to make records of the answer.

    The latter is a hundred kilobytes. It is the same for the same statement, whoever asks, so that people share it (`name` keeps
    statements apart that only look alike).
    """

    def __init__(self, name, rows):
        self.model, self.db, self.lookups = rows.model, rows.db, rows._prefetch_related_lookups
        compiler = rows.query.get_compiler(using=rows.db)
        try:
            sql, values = compiler.as_sql()
            self.plan, self.places = opened(name, sql, values, connections[self.db])
        except EmptyResultSet:  # the conditions exclude every row: a person whom a capability takes nowhere
            sql, self.plan = "", None
        self.compiler = _shapes.setdefault((name, sys.intern(sql)), compiler) if rows._iterable_class is ModelIterable else None

    def run(self, given):
        """The records, read with these values."""
        if not self.plan:
            return []
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[self.db]
        compiler.get_converters = self.converters
        with self.asking(given) as asked:
            compiler.as_sql = lambda *_given, **_named: asked
            found = list(ModelIterable(_Ready(self.model, self.db, compiler)))
        if self.lookups:
            prefetch_related_objects(found, *self.lookups)
        return found

    def converters(self, expressions):
        """How the columns become values of Python; found once, since they stay the same."""
        if not hasattr(self.compiler, "found_converters"):
            self.compiler.found_converters = self.compiler.get_converters(expressions)
        return self.compiler.found_converters

    @contextmanager
    def asking(self, given):
        """(SQL, values) that ask for the rows with these values, to be sent inside."""
        connection = connections[self.db]
        try:
            yield self.plan.asked(connection, [filled(place, given) for place in self.places])
        except DatabaseError:
            self.plan.forget(connection)
            raise


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
    return kept.run(given)


def values(key, build, **given):
    """The rows of a `values_list` in the same way, as tuples of what the database gives: JSON is text."""
    kept = _built(key, build)
    if not kept.plan:
        return []
    with kept.asking(given) as (sql, params), connections[kept.db].cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _built(key, build):
    """What is kept under this key, built where there is nothing yet."""
    kept = _kept.get(key)
    if kept is None:
        if len(_kept) >= MOST:
            forget()
        kept = _kept[key] = _Kept(key[0] if isinstance(key, tuple) else key, build())
    return kept


@cache
def parts_of(sql):
    """The text of a statement between its values, the same for all people."""
    return [part.replace("\0", "%") for part in sql.replace("%%", "\0").split("%s")]


def opened(title, sql, values, connection):
    """(the plan of a statement in which stand-ins are left open and all other values written out, the stand-ins in its order)."""
    places, (first, *others) = [], parts_of(sql)
    pieces = [first]
    for value, part in zip(values, others, strict=True):
        if kind_of(value) is None:
            pieces += [planned.literal(value, connection), part]
            continue
        if value not in places:
            places.append(value)
        pieces += [places.index(value), part]
    return planned.Plan(title, pieces, [kind_of(place) for place in places]), places


def kind_of(value):
    """The PostgreSQL type of what comes in the place of a stand-in; None for a value that is none."""
    if isinstance(value, datetime):
        return "timestamptz" if value in (START, END) or value.tzinfo and abs(value - NOW) < NEAR else None
    return KINDS.get(value) if isinstance(value, int | str | date) else None


def filled(place, given):
    """What comes in the place of a stand-in; a moment lies as far from `now` as its stand-in does from NOW."""
    if place in NAMES:
        return given.get(NAMES[place])
    return given["now"] + (place - NOW)


def reader(user, *capabilities):
    """What a statement depends on that is written for a person: who it is, the day, and how far these capabilities go."""
    return user.pk, timezone.localdate(), *(reach(user, capability) for capability in capabilities)


def forget():
    """Build all anew."""
    _kept.clear()
    _shapes.clear()
