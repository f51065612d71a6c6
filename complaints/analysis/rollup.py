"""Keeping the sums of complaints: `keep` after each act, in its transaction; `rebuild` each night and after rows came by another way; `verify`
and `manage.py verify` compare.

What one complaint adds to which sums is said once, in SHARES. An act takes away what the complaint added before and adds what it adds now,
under a lock of its hall, so that two acts at once add up.
"""
from datetime import timedelta

from django.db import connection, transaction

from complaints.analysis.models import MEASURES, ComplaintFact
from complaints.handling import states
from complaints.handling.models import Complaint, Kind
from staff.regulation import calendar as calendars
from staff.regulation.working_time import between

LOCK = 20  # first key of the advisory locks of this room; the second is the hall
SUMS = ("number", *MEASURES)
SHARES = f"""
SELECT f.hall_id, p.day, p.phase, d.dim, d.value, 1 AS number, {", ".join(f"f.{name}" for name in MEASURES)}
FROM complaints_complaintfact f
CROSS JOIN LATERAL (VALUES ('received', f.received_on), ('closed', f.closed_on), ('due', f.due_on)) p (phase, day)
CROSS JOIN LATERAL (VALUES ('all', '', 3), ('channel', f.channel, 1), ('severity', f.severity, 1), ('product', f.product, 1), ('kind', f.kind, 0),
                           ('cause', f.cause, 2), ('handler', coalesce(f.handler_id::text, ''), 2)) d (dim, value, phases)
WHERE p.day IS NOT NULL
  AND CASE WHEN d.dim = 'kind' THEN p.phase = 'received'
           ELSE f.kind = 'complaint' AND (d.phases = 3 OR p.phase = 'received' AND d.phases = 1 OR p.phase = 'closed' AND d.phases = 2) END"""  # noqa: S608 - only names of this file
NAMES = ", ".join(("hall_id", "day", "phase", "dim", "value"))
ADD = f"""
INSERT INTO complaints_complaintday ({NAMES}, {", ".join(SUMS)})
SELECT {NAMES}, {", ".join(f"%(sign)s * sum({name})" for name in SUMS)} FROM ({SHARES} AND f.complaint_id = %(complaint)s) s GROUP BY {NAMES} ORDER BY {NAMES}
ON CONFLICT (dim, phase, day, hall_id, value) DO UPDATE SET {", ".join(f"{name} = complaints_complaintday.{name} + excluded.{name}" for name in SUMS)}"""  # noqa: S608 - only names of this file
REBUILD = f"""
INSERT INTO complaints_complaintday ({NAMES}, {", ".join(SUMS)})
SELECT {NAMES}, {", ".join(f"sum({name})" for name in SUMS)} FROM ({SHARES}) s GROUP BY {NAMES}
ORDER BY dim, phase, day, hall_id, value"""  # as the index stands, so that a span of one property lies together  # noqa: S608 - only names of this file
APART = f"""
WITH kept AS (SELECT {NAMES}, {", ".join(SUMS)} FROM complaints_complaintday WHERE number <> 0),
     told AS (SELECT {NAMES}, {", ".join(f"sum({name})::bigint AS {name}" for name in SUMS)} FROM ({SHARES}) s GROUP BY {NAMES})
SELECT {NAMES}, {", ".join(f"coalesce(kept.{name}, 0), coalesce(told.{name}, 0)" for name in SUMS)} FROM kept FULL JOIN told USING ({NAMES})
WHERE ({", ".join(f"kept.{name}" for name in SUMS)}) IS DISTINCT FROM ({", ".join(f"told.{name}" for name in SUMS)})
ORDER BY {NAMES}"""  # noqa: S608 - only names of this file
COUNTED = tuple(field.attname for field in ComplaintFact._meta.concrete_fields if not field.primary_key)


def fact_of(row, was=None, calendar=None):
    """What a complaint is counted as now, not saved; of `was`, what it was counted as, stays what never changes, so that most acts need no
    calendar."""
    fact = ComplaintFact(complaint_id=row.pk, hall_id=row.hall_id, kind=row.kind, channel=row.channel, severity=row.severity, cause=row.cause,
                         product=row.product, handler_id=row.handler_id, repeat=int(row.repeats_id is not None))
    if row.state == states.MERGED:
        return fact
    fact.received_on = row.hall.day_of(row.received_at)
    if row.kind != Kind.COMPLAINT:
        return fact
    if row.acknowledged_at:
        known = was is not None and was.acked
        fact.acked, fact.ack_minutes = 1, was.ack_minutes if known else minutes(calendar or calendars.of(row.hall), row.registered_at, row.acknowledged_at)
        fact.ack_in_time = int(row.ack_due_at is None or row.acknowledged_at <= row.ack_due_at)
    if row.state in states.CLOSED:
        fact.closed_on, fact.reopened = row.hall.day_of(row.closed_at), int(row.reopened > 0)
        fact.rated, fact.stars = int(row.satisfaction is not None), row.satisfaction or 0
    if row.state in (*states.OPEN, *states.SOLVED) and row.solve_due_at:
        fact.due_on = row.hall.day_of(row.solve_due_at)
    if row.state in states.SOLVED:
        done = row.implemented_at or row.closed_at
        fact.solved, fact.in_time = 1, int(row.solve_due_at is None or done <= row.solve_due_at)
        fact.solve_minutes = minutes(calendar or calendars.of(row.hall), row.turn_began_at, done, row.pauses.values_list("began_at", "ended_at"))
    return fact


def minutes(calendar, since, until, pauses=()):
    """Whole minutes of working time, without pauses."""
    rests = [(begins, ends or until) for begins, ends in pauses]
    return max(0, int(between(calendar, since, until, rests) / timedelta(minutes=1))) if until > since else 0


def keep(row, *, anew=False):
    """Count a complaint as it stands now: nothing is written where nothing that counts has changed. `anew` works out its times once more."""
    with transaction.atomic():
        was = ComplaintFact.objects.filter(pk=row.pk).first()
        now = fact_of(row, None if anew else was)
        if was is not None and all(getattr(was, name) == getattr(now, name) for name in COUNTED):
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, row.hall_id])
            if was is not None:
                cursor.execute(ADD, {"sign": -1, "complaint": row.pk})
            now.save(force_insert=was is None, force_update=was is not None)
            cursor.execute(ADD, {"sign": 1, "complaint": row.pk})


def rebuild(chunk=2000):
    """Make every fact and every sum anew; returns how many facts had to be mended. Acts wait meanwhile only for the sums."""
    mended = 0
    for row, _fact in wrong(chunk):
        keep_again(row.pk)
        mended += 1
    sum_anew()
    return mended


def wrong(chunk=2000):
    """The complaints that are counted as something else than they are, one after the other: (complaint with its `hall` and `fact`, the fact due)."""
    known, last = {}, 0
    while rows := list(Complaint.objects.filter(pk__gt=last).select_related("hall", "fact").order_by("pk")[:chunk]):
        for row in rows:
            if row.hall_id not in known:
                known[row.hall_id] = calendars.of(row.hall)
            fact = fact_of(row, calendar=known[row.hall_id])
            if not same(getattr(row, "fact", None), fact):
                yield row, fact
        last = rows[-1].pk


def same(was, now):
    """Whether a kept fact says what it has to."""
    return was is not None and all(getattr(was, name) == getattr(now, name) for name in COUNTED)


@transaction.atomic
def keep_again(pk):
    """Count one complaint anew, locked as an act would."""
    keep(Complaint.objects.select_for_update(of=("self",), no_key=True).select_related("hall").get(pk=pk), anew=True)


@transaction.atomic
def sum_anew():
    """Every sum anew out of the facts, in two statements."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE complaints_complaintday IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM complaints_complaintday")
        cursor.execute(REBUILD)


def apart():
    """The sums that differ from the facts they are made of: (hall, day, phase, dim, value, then kept and due of each of SUMS)."""
    with connection.cursor() as cursor:
        cursor.execute(APART)
        return cursor.fetchall()


def verify():
    """How many sums differ from the facts they are made of."""
    return len(apart())


def sums_apart():
    """The same in words: which sum of which hall and day is kept as what."""
    for hall, day, phase, dim, value, *pairs in apart():
        numbers = zip(SUMS, pairs[::2], pairs[1::2], strict=True)
        said = ", ".join(f"{name} {kept} instead of {told}" for name, kept, told in numbers if kept != told)
        yield f"hall {hall}, {day}, {phase}, {dim} {value!r}: {said}"


def facts_apart():
    """Which complaint is counted as what, in words."""
    for row, fact in wrong():
        was = getattr(row, "fact", None)
        said = ", ".join(f"{name} {getattr(was, name)} instead of {getattr(fact, name)}" for name in COUNTED if getattr(was, name) != getattr(fact, name)) \
            if was else "not counted"
        yield f"{row.number}: {said}"
