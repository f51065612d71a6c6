"""The mark of a database that holds demo data; it travels with a dump, and only the owner can set it."""
MARK = "demo data"


def mark(cursor):
    """Mark the database as demo."""
    cursor.execute("COMMENT ON TABLE django_migrations IS 'demo data'")


def is_marked(cursor):
    """Whether the database holds demo data."""
    cursor.execute("SELECT obj_description(to_regclass('public.django_migrations'), 'pg_class')")
    return cursor.fetchone()[0] == MARK
