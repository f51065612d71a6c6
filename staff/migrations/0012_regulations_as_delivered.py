"""Brings the five regulations into the company as they are delivered, in force from the day of the installation (GEN-03)."""
from django.db import migrations
from django.utils import timezone

from staff.regulation.clauses import delivered


def load(apps, schema_editor):
    """Add the regulations that are not there yet; what the company has written since stays as it is."""
    delivered.load(apps.get_model, timezone.localdate())


class Migration(migrations.Migration):

    dependencies = [("staff", "0011_regulations")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
