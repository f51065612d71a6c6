"""The access log takes rows and gives none back: updating or deleting one is refused by the database (RELIABILITY A12)."""
from django.db import migrations

FORWARD = """
CREATE FUNCTION hallkeeper_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON config_accessevent FOR EACH ROW EXECUTE FUNCTION hallkeeper_append_only();
"""
BACK = "DROP TRIGGER append_only ON config_accessevent; DROP FUNCTION hallkeeper_append_only();"


class Migration(migrations.Migration):
    """A trigger on the access log, and the function that other append-only tables share."""

    dependencies = [("config", "0002_foundation")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
