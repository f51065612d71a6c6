"""What was said and done in a complaint is added and never changed (FIELD 2.3 row 22, RELIABILITY A12): the database refuses an update or a delete."""
from django.db import migrations

FORWARD = """
CREATE FUNCTION complaints_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'text' = to_jsonb(OLD) - 'text' AND NEW.text IN ('', '—') AND EXISTS (
        SELECT FROM complaints_complaint c JOIN reception_customer p ON p.id = c.customer_id WHERE c.id = OLD.complaint_id AND p.erased_at IS NOT NULL
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON complaints_complaintentry FOR EACH ROW EXECUTE FUNCTION complaints_entry_stays();
"""
BACK = "DROP TRIGGER append_only ON complaints_complaintentry; DROP FUNCTION complaints_entry_stays();"


class Migration(migrations.Migration):
    """A trigger on the lines of complaints; the words of a line may be emptied once its customer is erased, and nothing else of it."""

    dependencies = [("complaints", "0004_lists_and_search_at_size")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
