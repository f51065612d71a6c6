"""Loads the positions of the regulation (STF-02) from their data file."""
from pathlib import Path

import yaml
from django.db import migrations

FILE = Path(__file__).resolve().parents[1] / "organisation" / "data" / "positions.yaml"
LANGUAGES = ("en", "zh-hans", "zh-hant")


def load(apps, schema_editor):
    """Add the positions that are not there yet; those that a company has changed stay as they are."""
    position = apps.get_model("staff", "Position")
    for row in yaml.safe_load(FILE.read_text(encoding="utf-8")):
        position.objects.get_or_create(code=row["code"], defaults={
            "name": {code: row[code] for code in LANGUAGES}, "role": row["role"], "serves_customers": row["serves"], "order": row["order"]})


class Migration(migrations.Migration):

    dependencies = [("staff", "0001_foundation")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
