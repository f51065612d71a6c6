"""Record numbers for staff and public codes for customers (GEN-15)."""
import secrets
from functools import wraps

from django.db import IntegrityError, connection

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without 0 O 1 I L U, which people mix up
CODE_LENGTH = 8
TAKE = ("INSERT INTO config_series (kind, year, last) VALUES (%(kind)s, %(year)s, %(count)s) "
        "ON CONFLICT (kind, year) DO UPDATE SET last = config_series.last + EXCLUDED.last RETURNING last")  # also for use within a statement
DRAWS = 5  # with ten million records, five codes in a row are taken once in 10^24


def next_number(kind, year):
    """The next number of the series, e.g. 'VS-2026-000123'. Unique; locks the series row until the transaction ends."""
    return take(kind, year, 1)[0]


def take(kind, year, count):
    """`count` numbers of a series at once, for imports and demo data."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, {"kind": kind, "year": year, "count": count})
        last = cursor.fetchone()[0]
    return [written(kind, year, number) for number in range(last - count + 1, last + 1)]


def written(kind, year, number):
    """A number of a series as people read it."""
    return f"{kind}-{year}-{number:06d}"


def public_code():
    """A random code of 8 characters without look-alikes; it shows neither order nor volume."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def drawn_again(act):
    """A wrapper for an atomic function that gives a new record a `public_code`: where the code belongs to another record already, what
    was written is rolled back and the function runs once more with another code. Usually this costs no statement."""
    @wraps(act)
    def run(*args, **kwargs):
        for _draw in range(DRAWS - 1):
            try:
                return act(*args, **kwargs)
            except IntegrityError as clash:
                if not is_taken_code(clash):
                    raise
        return act(*args, **kwargs)
    return run


def is_taken_code(clash):
    """Whether the database refused a row because another has its public code."""
    return "public_code" in (getattr(getattr(clash.__cause__, "diag", None), "constraint_name", None) or "")


def token():
    """A key for links that stand in for a log-in: 128 bits from `secrets`."""
    return secrets.token_urlsafe(16)
