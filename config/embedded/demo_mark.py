"""The mark of a database that holds demo data, with its seed and last day; it travels with a dump, and only the owner can set it."""
from datetime import date

from django.conf import settings
from django.db import OperationalError, connection

MARK = "demo data"


def mark(cursor, seed=1, until=None):
    """Mark the database as demo, made from `seed` (a number) and filled until the day `until`."""
    text = MARK if until is None else f"{MARK}, seed {int(seed)}, until {until.isoformat()}"
    cursor.execute(f"COMMENT ON TABLE django_migrations IS '{text}'")


def is_marked(cursor):
    """Whether the database holds demo data."""
    return read(cursor).startswith(MARK)


def filled_until(cursor):
    """(seed, last day) of the demo data, or None when nothing was loaded yet."""
    parts = read(cursor).removeprefix(MARK).split(", ")
    if len(parts) != 3:
        return None
    return int(parts[1].removeprefix("seed ")), date.fromisoformat(parts[2].removeprefix("until "))


def read(cursor):
    """The text of the mark, '' without one."""
    cursor.execute("SELECT obj_description(to_regclass('public.django_migrations'), 'pg_class')")
    return cursor.fetchone()[0] or ""


def refuse_demo_data():
    """End a program of production that was given a database with demo data. A database that is away is asked at the next start."""
    if settings.DEMO:
        return
    try:
        with connection.cursor() as cursor:
            marked = is_marked(cursor)
    except OperationalError:
        return
    finally:
        connection.close()
    if marked:
        raise SystemExit("This database holds demo data. Set DATABASE_URL to another one: real work never goes into it.")
