"""Communications are corrected by a new row, never changed or deleted (REC-25)."""
from django.db import migrations

FORWARD = "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON reception_communication FOR EACH ROW EXECUTE FUNCTION hallkeeper_append_only();"
BACK = "DROP TRIGGER append_only ON reception_communication;"


class Migration(migrations.Migration):
    """A trigger on the communication log."""

    dependencies = [("reception", "0001_foundation"), ("config", "0003_access_log_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
