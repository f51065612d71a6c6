"""What the shared pages keep: preferences, one-off keys, drafts, attachments, saved views, acts that can be undone, acts on many rows."""
from django.core.files.storage import storages
from django.db import models


class Preference(models.Model):
    """How one person likes the pages: language, light or dark, text size, single keys, the hall last chosen."""

    user = models.OneToOneField("config.User", on_delete=models.CASCADE, related_name="preference")
    language = models.CharField(max_length=10, blank=True)
    theme = models.CharField(max_length=6, default="system")
    text_size = models.CharField(max_length=6, blank=True)  # "" as the browser had it before the log-in
    keys_on = models.BooleanField(default=True)
    hall_id = models.BigIntegerField(null=True)
    views = models.JSONField(default=dict)  # the saved view a list opens with, by the URL name of the list


class OneOff(models.Model):
    """A key that a creating form carries: the same key never makes a second record (RELIABILITY R1)."""

    key = models.UUIDField(primary_key=True)
    user_id = models.BigIntegerField(null=True)
    address = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(db_index=True)


class Draft(models.Model):
    """What somebody typed into a form and has not sent; `key` is the one-off key of that form, `path` its address.

    `typed` holds [name, text] pairs, `title` the heading of the page in the language it was shown in, `field` where the cursor was.
    """

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey("config.User", on_delete=models.CASCADE, related_name="drafts")
    path = models.CharField(max_length=300)
    title = models.CharField(max_length=160, blank=True)
    field = models.CharField(max_length=60, blank=True)
    typed = models.JSONField(default=list)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["user", "path"], name="draft_of_a_form")]


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
    added_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT)  # none: a customer sent it
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "record_id"], name="attachment_by_record")]


class SavedView(models.Model):
    """A narrowed and sorted list under a name: one person's, or shown to everybody of a hall or a team as well (UX 18)."""

    owner = models.ForeignKey("config.User", on_delete=models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=60)  # the URL name of the list
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)
    hall_id = models.BigIntegerField(null=True)
    team_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "page", "name"], name="view_named_once"),
                       models.CheckConstraint(name="view_shown_to_one_group", condition=models.Q(hall_id=None) | models.Q(team_id=None))]


class Act(models.Model):
    """What one act wrote, so that it can be undone: of each row with history, its first and last history row (UX 16)."""

    user = models.ForeignKey("config.User", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    at = models.DateTimeField()
    rows = models.JSONField(default=list)  # [model label, id, first history row, last history row]
    facts = models.JSONField(default=dict)  # what the room noted besides, such as its events
    batch = models.UUIDField(null=True)  # acts that were done together
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "record_id", "-at"], name="act_by_record"), models.Index(fields=["at"], name="act_by_time"),
                   models.Index(fields=["batch"], condition=models.Q(batch__isnull=False), name="act_by_batch")]


class BulkRun(models.Model):
    """One act done on many rows of a list: which, what was answered, and what became of each (UX 17)."""

    user = models.ForeignKey("config.User", on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=60)  # the URL name of the list
    act = models.CharField(max_length=20)
    answers = models.JSONField(default=dict)  # what the act's form was answered with, as it was sent
    back = models.CharField(max_length=1000, blank=True)
    ids = models.JSONField(default=list)
    results = models.JSONField(default=list)  # [id, what the row is called, why it was refused or ""]
    batch = models.UUIDField()
    job = models.ForeignKey("config.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
