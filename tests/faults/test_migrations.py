"""Every migration back to nothing and forward again, with rows in the tables: minutes of work, so not among the tests of every day."""
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.schema import rows, schema

A_RELEASE_AGO = (("reception", "0013"), ("facilities", "0002"), ("staff", "0012"), ("config", "0008"))  # how far one goes back to the release before


def test_all_migrations_go_back_and_forward_again_on_a_company_at_work(transactional_db, now):
    from tests.cast import build

    cast = build(now)
    cast.visit_for(customer=cast.customer_for(owner="sales"), adviser="sales", state="in_service")
    tables = set(connection.introspection.table_names())
    columns, before = schema(), rows()
    for app, name in A_RELEASE_AGO:
        call_command("migrate", app, name, verbosity=0)
    older = rows()
    assert older.keys() < before.keys() and older == {table: before[table] for table in older}
    call_command("migrate", verbosity=0)
    assert (schema(), {table: count for table, count in rows().items() if table in older}) == (columns, older)
    for app in reversed(("config", *settings.CHAPTERS)):
        call_command("migrate", app, "zero", verbosity=0)
    assert not {name for name in connection.introspection.table_names() if name.partition("_")[0] in ("config", *settings.CHAPTERS)}
    call_command("migrate", verbosity=0)
    assert set(connection.introspection.table_names()) == tables
    assert schema() == columns
