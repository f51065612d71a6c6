"""Statements kept by the server: asked for by name from their second use on, never wrong, never too many."""
from datetime import timedelta

import pytest
from django.db import DatabaseError, OperationalError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from config import planned, prepared
from reception.visits.models import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept(db):
    """Each test meets a connection that knows nothing."""
    prepared.forget()
    planned._known.clear()
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")


NOTE = "50 % of “$1” and %s"  # all signs that mean something in a statement


def found(name, note=NOTE):
    """The visits of a visitor's name."""
    return prepared.rows(("by visitor", note), lambda: Visit.objects.filter(visitor_name=prepared.TEXT).exclude(note=note).order_by("pk"), text=name)


def named(name, note=NOTE):
    """(the visits of a visitor's name, the statement that asked for them)."""
    with CaptureQueriesContext(connection) as seen:
        visits = found(name, note)
    return visits, seen[-1]["sql"]


def kept():
    """The names that the server knows on this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements WHERE name LIKE 'by_visitor%'")
        return [name for name, in cursor.fetchall()]


def test_the_second_use_keeps_a_statement_and_the_answer_stays_the_same(cast):
    first, second = cast.visit_for(visitor_name="周"), cast.visit_for(visitor_name="O'Neill %s $1")
    answers = [named(name) for name in ("周", "O'Neill %s $1", "周", "nobody")]
    assert [found for found, _sql in answers] == [[first], [second], [first], []]
    assert answers[0][1].startswith("SELECT") and kept() == [answers[1][1].removeprefix("EXECUTE ").split("(")[0]]
    assert all(sql.startswith("EXECUTE by_visitor_") for _found, sql in answers[1:])
    Visit.objects.filter(pk=first.pk).update(note="50 % of “$1” and %s")
    assert named("周")[0] == []


def test_people_whose_statements_are_alike_share_the_kept_one(cast):
    cast.visit_for(visitor_name="周")
    for note in ("a", "b", "a", "b"):
        named("周", note)
    prepared.forget()
    named("周", "a")
    assert len(kept()) == 2


def test_a_database_that_is_away_is_told_as_that(monkeypatch):
    def away():
        raise OperationalError("couldn't get a connection after 3.00 sec")

    named("周")
    with monkeypatch.context() as patch:
        patch.setattr(connections["default"], "connection", None)
        patch.setattr(connections["default"], "ensure_connection", away)
        with pytest.raises(OperationalError):
            found("周")
    assert found("周") == []


def test_the_one_unused_for_longest_is_let_go(cast, monkeypatch):
    monkeypatch.setattr(planned, "MOST", 2)
    for note in ("a", "a", "b", "b", "c", "c"):
        named("周", note)
    assert len(kept()) == 2
    named("周", "b")
    assert len(kept()) == 2 and named("周", "a")[1].startswith("SELECT")


def test_nothing_is_kept_where_a_pooler_stands_between(cast, settings):
    settings.DATABASE_PREPARE = False
    visit = cast.visit_for(visitor_name="周")
    assert [named("周")[0] for _ in range(3)] == [[visit]] * 3
    assert kept() == []


def test_a_statement_that_the_tables_no_longer_fit_fails_once(cast):
    visit = cast.visit_for(visitor_name="周")
    named("周"), named("周")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE reception_visit ALTER COLUMN party_size TYPE bigint")
    with pytest.raises(DatabaseError), transaction.atomic():
        named("周")
    assert [named("周")[0] for _ in range(3)] == [[visit]] * 3


def test_a_kept_statement_follows_now_and_the_day(cast):
    old, new = cast.visit_for(minutes_ago=90), cast.visit_for(minutes_ago=10)

    def since(moment):
        return prepared.rows("since", lambda: Visit.objects.filter(arrived_at__gte=prepared.NOW - timedelta(hours=1)).order_by("pk"), now=moment)

    for _ in range(3):
        assert since(cast.now) == [new] and since(cast.now - timedelta(minutes=45)) == [old, new] and since(cast.now + timedelta(hours=2)) == []
