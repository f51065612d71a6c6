"""What the database holds and how it is built, for tests of migrations."""
from django.conf import settings
from django.db import connection


def rows():
    """How many rows every table holds but for Django's own."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            if table.partition("_")[0] in ("config", *settings.CHAPTERS):
                cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - names of our own tables
                found[table] = cursor.fetchone()[0]
        return found


def schema():
    """What the database knows of our tables: columns, indexes, constraints and triggers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'column', table_name, column_name, data_type || is_nullable FROM information_schema.columns "
            "WHERE table_schema = 'public' "
            "UNION ALL SELECT 'index', tablename, indexname, '' FROM pg_indexes WHERE schemaname = 'public' "
            "UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, contype::text FROM pg_constraint "
            "WHERE connamespace = 'public'::regnamespace "
            "UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, '' FROM pg_trigger WHERE NOT tgisinternal")
        return set(cursor.fetchall())
