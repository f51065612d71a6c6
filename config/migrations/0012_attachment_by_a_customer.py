"""A customer without an account may send a file: nobody of the house added it."""
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("config", "0011_personal_tokens")]

    operations = [
        migrations.AlterField("attachment", "added_by", models.ForeignKey(null=True, on_delete=models.deletion.PROTECT, to="config.user")),
    ]
