"""What the shared pages keep: preferences, one-off keys, attachments."""
from django.core.files.storage import storages
from django.db import models


class Preference(models.Model):
    """How one person likes the pages: language, light or dark, single keys, the hall last chosen."""

    user = models.OneToOneField("config.User", on_delete=models.CASCADE, related_name="preference")
    language = models.CharField(max_length=10, blank=True)
    theme = models.CharField(max_length=6, default="system")
    keys_on = models.BooleanField(default=True)
    hall_id = models.BigIntegerField(null=True)


class OneOff(models.Model):
    """A key that a creating form carries: the same key never makes a second record (RELIABILITY R1)."""

    key = models.UUIDField(primary_key=True)
    user_id = models.BigIntegerField(null=True)
    address = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(db_index=True)


def private_storage():
    """Where attachments lie: never below a public address."""
    return storages["private"]


class Attachment(models.Model):
    """A file that belongs to a record (GEN-13). The stored name is made by the server; the typed name is only shown."""

    kind = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    hall_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    checksum = models.CharField(max_length=64)
    file = models.FileField(storage=private_storage, upload_to="attachments/%Y/%m", max_length=200)
    added_by = models.ForeignKey("config.User", on_delete=models.PROTECT)
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "record_id"], name="attachment_by_record")]
