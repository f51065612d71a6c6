"""The company of the cast, built once for many tests: it stands in an open transaction, and each test acts in a savepoint of its own.

Building it takes longer than most tests that act in it. A test that asks for `cast` gets records of its own, read from what was kept of
the company; what it does to the database is undone with its savepoint. The company is built anew when it is some seconds old, so that
"now" is now, and is taken down before a test that does not ask for it or that really commits.
"""
import pickle
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.cast import build

LASTS = timedelta(seconds=10)
REAL_COMMITS = {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}
OWN_COMPANY = {"standing"}  # the tests of all addresses keep one for a whole file


class Standing:
    """The company that stands, if one does; there is one in a process."""

    def __init__(self):
        self.block = self.kept = self.now = self.blocker = None

    def cast(self):
        """The company in records that nobody has touched, or None where none stands."""
        return pickle.loads(self.kept) if self.block else None

    def fits(self):
        """Whether the company is there, whole and young."""
        return self.block is not None and not connection.closed_in_transaction and timedelta(0) <= timezone.now() - self.now < LASTS

    def build(self):
        """Build it in a transaction that stays open."""
        self.block = transaction.atomic()
        self.block.__enter__()
        self.now = timezone.now().replace(microsecond=0)
        self.kept = pickle.dumps(build(self.now))
        connection.check_constraints()

    def take_down(self):
        """End the transaction; nothing of it stays."""
        if self.block:
            block, self.block = self.block, None
            transaction.set_rollback(True)
            block.__exit__(None, None, None)


company = Standing()


def wants_it(item):
    """Whether a test acts in the company and leaves nothing behind by itself."""
    asked, mark = set(getattr(item, "fixturenames", ())), item.get_closest_marker("django_db")
    commits = REAL_COMMITS & asked or mark and (mark.kwargs.get("transaction") or mark.kwargs.get("reset_sequences"))
    return "cast" in asked and not commits and not OWN_COMPANY & asked


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Before the fixtures of a test: have the company stand for it, or nothing at all. The first test of a process builds its own, since
    the database is not there yet."""
    if company.blocker is None:
        return
    with company.blocker.unblock():
        if not wants_it(item):
            company.take_down()
        elif not company.fits():
            company.take_down()
            company.build()


@pytest.fixture
def now():
    """The moment of the test, to the second; that of its company, where one stands."""
    return company.now if company.block else timezone.now().replace(microsecond=0)


@pytest.fixture
def cast(db, now):
    """The company, as it stands for many tests or built in this test's own transaction."""
    return company.cast() or build(now)
