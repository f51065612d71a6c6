"""The keys of one file in one hall are found by one index range, so that the files seen last can be looked through quickly."""
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Puts an index over customer, hall and key in place of the one over the customer alone."""

    dependencies = [("reception", "0004_how_halls_receive")]
    operations = [
        migrations.AddIndex("customerkey", models.Index(fields=["customer", "hall", "key"], name="customer_key_of_file")),
        migrations.AlterField("customerkey", "customer", models.ForeignKey(
            db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="keys", to="reception.customer")),
    ]
