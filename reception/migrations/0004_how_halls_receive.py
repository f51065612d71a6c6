"""Loads purposes, sources and reception templates as delivered (REC-02 to REC-04)."""
import datetime
from pathlib import Path

import yaml
from django.db import migrations

FILE = Path(__file__).resolve().parents[1] / "visits" / "data" / "receiving.yaml"
LANGUAGES = ("en", "zh-hans", "zh-hant")
SINCE = datetime.date(2020, 1, 1)


def texts(names):
    """Three names as a text by language."""
    return dict(zip(LANGUAGES, names, strict=True))


def with_texts(row):
    """A step or a field with its texts by language."""
    found = row | {"label": texts(row["label"])}
    if "choices" in row:
        found["choices"] = [choice | {"label": texts(choice["label"])} for choice in row["choices"]]
    if "unit" in row:
        found["unit"] = texts(row["unit"])
    return found


def load(apps, schema_editor):
    """Add what is not there yet; what a company has changed stays as it is."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    for name, rows in (("Purpose", data["purposes"]), ("Source", data["sources"])):
        model = apps.get_model("reception", name)
        for order, row in enumerate(rows, start=1):
            model.objects.get_or_create(code=row["code"], defaults={"name": texts(row["name"]), "order": order * 10})
    template, version = apps.get_model("reception", "ReceptionTemplate"), apps.get_model("reception", "TemplateVersion")
    for row in data["templates"]:
        made, _new = template.objects.get_or_create(code=row["code"], defaults={"name": texts(row["name"])})
        version.objects.get_or_create(template=made, number=1, defaults={
            "valid_from": SINCE, "steps": [with_texts(step) for step in row["steps"]], "fields": [with_texts(field) for field in row["fields"]]})


class Migration(migrations.Migration):

    dependencies = [("reception", "0003_tickets_and_search_keys")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
