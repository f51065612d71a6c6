"""Values of the regulation's parameters: who set what for whom, from which day (GEN-05)."""
from django.db import models
from simple_history.models import HistoricalRecords


class ParameterValue(models.Model):
    """One value of one parameter, for the company, a position, a hall, or a position in a hall, from a day on."""

    key = models.CharField(max_length=60)
    value = models.JSONField()
    hall = models.ForeignKey("staff.Hall", null=True, blank=True, on_delete=models.PROTECT)
    position = models.ForeignKey("staff.Position", null=True, blank=True, on_delete=models.PROTECT)
    valid_from = models.DateField()
    reason = models.CharField(max_length=300)
    entered_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT)
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "hall", "position", "valid_from"], name="one_value_a_day", nulls_distinct=False)]
