"""manage.py prepare_database: roles, schema and grants, safe to repeat at every start."""
import time
from urllib.parse import unquote, urlsplit

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from config import env
from config.embedded import demo_mark, places, roles


class Command(BaseCommand):
    """Runs as the database's owner: the embedded default and compose call it before anything else is started."""

    help = "Make the application's role, migrate, and grant: safe to repeat at every start."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--wait", type=int, default=30, help="Seconds to wait for the database to answer.")

    def handle(self, *args, wait, verbosity, **options):
        if settings.EMBEDDED:
            make_database()
        wait_for_database(wait)
        name, password = application_role()
        with connection.cursor() as cursor:
            if demo_mark.is_marked(cursor) and not settings.DEMO:
                raise CommandError("This database holds demo data. Set OWNER_DATABASE_URL to another one: real work never goes into it.")
            roles.make_application_role(cursor, name, password)
        call_command("migrate", verbosity=0, interactive=False)
        with connection.cursor() as cursor:
            roles.grant(cursor, name)
            check_chinese(cursor)
        if verbosity:
            self.stdout.write("The database is ready.")


def make_database():
    """Create the database of the embedded cluster unless it is there."""
    facts = settings.DATABASES["default"]
    with psycopg.connect(host=facts["HOST"], user=facts["USER"], dbname="postgres", autocommit=True) as server:
        found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [facts["NAME"]]).fetchone()
        if found is None:
            server.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(facts["NAME"])))


def wait_for_database(seconds):
    """Return once the database answers; CommandError after `seconds`."""
    until = time.monotonic() + seconds
    while True:
        try:
            connection.ensure_connection()
        except OperationalError as absence:
            if time.monotonic() > until:
                raise CommandError(f"The database did not answer within {seconds} seconds. Check OWNER_DATABASE_URL.") from absence
            time.sleep(0.5)
        else:
            return


def application_role():
    """Name and password of the role that DATABASE_URL names; the embedded one has no password."""
    if settings.EMBEDDED:
        return places.APPLICATION, ""
    parts = urlsplit(env.text("DATABASE_URL"))
    return unquote(parts.username or places.APPLICATION), unquote(parts.password or "")


def check_chinese(cursor):
    """Refuse a database whose character type finds no trigram in Chinese: searches would find nobody and say nothing."""
    cursor.execute("SELECT to_regproc('public.similarity') IS NOT NULL")
    if not cursor.fetchone()[0]:
        return
    cursor.execute("SELECT similarity('张伟明', '张伟')")
    if not cursor.fetchone()[0]:
        raise CommandError("This database finds no trigrams in Chinese text. Create it with LC_CTYPE C.UTF-8; see docker-compose.yml.")
