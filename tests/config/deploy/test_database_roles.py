"""The application's role reads and writes rows and can do nothing else to the database."""
import psycopg
import pytest
from django.conf import settings

from config.accounts.models import User
from config.embedded import places


@pytest.fixture
def application(transactional_db):
    """A connection of the application's own role, as a web process has it."""
    name = settings.DATABASES["default"]["NAME"]
    with psycopg.connect(host=str(places.current().sockets), user=places.APPLICATION, dbname=name, autocommit=True) as session:
        yield session


def test_it_reads_and_writes_rows(application):
    application.execute("INSERT INTO config_user (username, display_name, password, is_active, must_change_password, sessions_version, "
                        "created_at) VALUES ('mei', '', '', true, false, 0, now())")
    assert User.objects.get(username="mei").is_active


@pytest.mark.parametrize("statement", [
    "CREATE TABLE extra (id int)",
    "ALTER TABLE config_user ADD COLUMN extra int",
    "DROP TABLE config_user",
    "TRUNCATE config_accessevent",
    "CREATE ROLE extra",
    "CREATE EXTENSION hstore",
    "ALTER TABLE config_accessevent DISABLE TRIGGER ALL",
    "COMMENT ON TABLE django_migrations IS 'demo data'",
    "DELETE FROM django_migrations",
    "SET ROLE hallkeeper",
])
def test_it_changes_nothing_else(application, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute(statement)
