"""The two roles in the database: the owner changes the schema, the application only reads and writes rows.

Append-only tables are guarded by triggers of their migrations; TRUNCATE, which no trigger of a row sees, is not granted.
"""
from psycopg import sql

from config.embedded.places import APPLICATION

LIMITS = {"statement_timeout": "60s", "lock_timeout": "10s", "idle_in_transaction_session_timeout": "120s"}


def make_application_role(cursor, name=APPLICATION, password=""):
    """Make the application's role unless it is there; with a password given, it is set anew."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
    if cursor.fetchone() is None:
        cursor.execute(sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE").format(sql.Identifier(name)))
    if password:
        cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(name), sql.Literal(password)))
    for setting, value in LIMITS.items():
        cursor.execute(sql.SQL("ALTER ROLE {} SET {} = {}").format(sql.Identifier(name), sql.Identifier(setting), sql.Literal(value)))


def grant(cursor, name=APPLICATION):
    """Give the application its rights on what is there and on what the owner makes later."""
    role = sql.Identifier(name)
    for statement in (
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}",
        "REVOKE INSERT, UPDATE, DELETE ON TABLE django_migrations FROM {}",
    ):
        cursor.execute(sql.SQL(statement).format(role))
