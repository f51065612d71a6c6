"""What happened in a visit is only ever added to; the events an import wrote go while that import is being undone, and no others."""
from django.db import migrations

FORWARD = """
CREATE FUNCTION reception_visit_event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT 1 FROM reception_registerimport WHERE id = (OLD.detail->>'register')::bigint AND state = 'undoing'
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON reception_visitevent FOR EACH ROW EXECUTE FUNCTION reception_visit_event_stays();
"""
BACK = "DROP TRIGGER append_only ON reception_visitevent; DROP FUNCTION reception_visit_event_stays();"


class Migration(migrations.Migration):
    """A trigger on the events of visits."""

    dependencies = [("reception", "0005_customer_key_probe")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
