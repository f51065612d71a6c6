"""What the desk for people's own data keeps: the proof of each erasure, what must not be erased, files that still have to go."""
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords


class Erasure(models.Model):
    """The proof that somebody was erased: what, when, by whom, why, how much; never a personal value. Append-only by trigger.

    `record_ids` are the main records and those merged into them; `counts` is {model: {"rows", "fields", "history"}}; `digests` are keyed
    digests of the telephone numbers, so that for a number that is named it can be shown that it was erased.
    """

    class Cause(models.TextChoices):
        """Why it was done."""

        REQUEST = "request", _("asked for by the person")
        RETENTION = "retention", _("time of keeping over")

    kind = models.CharField(max_length=40)
    record_ids = ArrayField(models.BigIntegerField())
    hall_ids = ArrayField(models.BigIntegerField(), default=list)
    cause = models.CharField(max_length=10, choices=Cause.choices)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
    counts = models.JSONField(default=dict)
    digests = ArrayField(models.CharField(max_length=64), default=list)

    class Meta:
        indexes = [GinIndex(fields=["digests"], name="erasure_by_digest"), GinIndex(fields=["record_ids"], name="erasure_by_record")]

    @property
    def people(self):
        """How many main records were erased."""
        return len(self.record_ids)

    @property
    def totals(self):
        """What was done over all tables: {"rows", "fields", "history"}."""
        return {part: sum(row[part] for row in self.counts.values()) for part in ("rows", "fields", "history")}


class LegalHold(models.Model):
    """What is stored of somebody must stay for now, because of a dispute or an order; whoever set it does not release it."""

    kind = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    set_by = models.ForeignKey("config.User", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    released_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    release_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "record_id"], name="hold_by_record")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "record_id"], condition=Q(released_at__isnull=True), name="one_hold_stands"),
            models.CheckConstraint(name="hold_released_by_another", condition=Q(released_by__isnull=True) | ~Q(released_by=F("set_by"))),
            models.CheckConstraint(name="hold_released_with_reason",
                                   condition=Q(released_at__isnull=True, released_by__isnull=True) | Q(released_at__isnull=False, released_by__isnull=False,
                                                                                                       release_reason__gt="")),
        ]


class FileToRemove(models.Model):
    """A stored file whose row is gone; it goes after the commit, or with the next nightly run where that did not come about."""

    name = models.CharField(max_length=200)
    since = models.DateTimeField()


class KindClass(models.Model):
    """To which class of confidentiality a kind of record was set, where that is not the one it was built with (GEN-10)."""

    class Class(models.TextChoices):
        """From the least to the most confidential."""

        PUBLIC = "public", pgettext_lazy("class", "public")
        INTERNAL = "internal", pgettext_lazy("class", "internal")
        CONFIDENTIAL = "confidential", pgettext_lazy("class", "confidential")
        SECRET = "secret", pgettext_lazy("class", "secret")

    kind = models.CharField(max_length=40, unique=True)
    confidentiality = models.CharField(_("confidentiality"), max_length=12, choices=Class.choices)
    history = HistoricalRecords()

    def __str__(self):
        return self.kind
