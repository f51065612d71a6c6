"""Number series: one row a kind and year for the whole company."""
from django.db import models


class Series(models.Model):
    """The last number given out for a kind in a year (GEN-15)."""

    kind = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="series_once_a_year")]
