"""One company for a whole file of tests: built once, with everybody signed in; what a test changes is undone after it.

The matrix asks thousands of pages; building the company anew for each address would take longer than the asking.
"""
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.cast import build, signed_in


@dataclass
class Standing:
    """The company and a signed-in client of everybody in it."""

    cast: object
    clients: dict


@pytest.fixture(scope="module")
def standing(django_db_setup, django_db_blocker):
    """Built in a transaction that ends with the file."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            cast = build(timezone.now().replace(microsecond=0))
            yield Standing(cast, {name: signed_in(user) for name, user in cast.users.items()})
            transaction.set_rollback(True)
        connection.close()


@pytest.fixture
def cast(standing, django_db_blocker):
    """The standing company; a savepoint undoes what the test does to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield standing.cast
        transaction.set_rollback(True)


@pytest.fixture
def as_role(standing, cast):
    """`as_role("manager2")`: the signed-in client of this person, signed in again should the test before have signed it out."""
    kept = {name: client.cookies.copy() for name, client in standing.clients.items()}
    yield standing.clients.__getitem__
    for name, client in standing.clients.items():
        client.cookies = kept[name]
