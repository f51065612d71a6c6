"""The demo company for the tests that look at it: filled once in a run by the command itself, into a database of its own that all processes read.

Filling it takes longer than any test that looks at it, so a run of all tests begins with it, in a process of its own (tests/demo_ahead.py). A test
acts in a savepoint, and its file in a transaction, so that nothing of it stays.
"""
import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import override_settings
from psycopg import sql

from config.accounts.models import User
from config.embedded import places, throwaway
from staff.organisation.models import Hall

NAME, MAKING = "hallkeeper_demo", "hallkeeper_demo_making"
LOCK = 0x64656D6F


def lead_to(name):
    """Let this process's connection, of both aliases, be one to the database `name`."""
    connection.close()
    for alias in ("default", "reports"):
        connections[alias].settings_dict["NAME"] = name


def there(instance):
    """Have the demo's database, made by the first process that wants it while the others wait."""
    with psycopg.connect(host=str(instance.sockets), user=places.OWNER, dbname="postgres", autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            return
        throwaway.clone(instance, MAKING)
        lead_to(MAKING)
        assert not User.objects.exists() and not Hall.objects.exists()  # the command fills an empty database
        with override_settings(DEMO=True):
            call_command("demo", verbosity=0)
        connection.close()
        server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(MAKING), sql.Identifier(NAME)))


@pytest.fixture(scope="module")
def demo_database(django_db_setup, django_db_blocker):
    """The demo as the command left it a while ago; what a file of tests does to it ends with the file."""
    own = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        try:
            there(places.current())
            lead_to(NAME)
            with transaction.atomic():
                yield
                transaction.set_rollback(True)
        finally:
            lead_to(own)


@pytest.fixture
def demo_company(demo_database, django_db_blocker):
    """The same for each test; a savepoint undoes what it does."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
