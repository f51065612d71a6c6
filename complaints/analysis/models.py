"""What figures of complaints are made of: for each complaint its days and times (ComplaintFact), and their sums by hall and day (ComplaintDay).

Both are kept in the transaction of the act itself (rollup.py), so that figures never lag behind the register, and are made anew each night.
"""
from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.handling.models import EMPLOYEE, Channel, Complaint, Kind, Severity

RECEIVED, CLOSED, DUE = PHASES = ("received", "closed", "due")
MEASURES = ("acked", "ack_in_time", "ack_minutes", "repeat", "solved", "in_time", "solve_minutes", "rated", "stars", "reopened")


class ComplaintFact(models.Model):
    """One complaint as it is counted: on which days of its hall it was received, closed, and its solution due; what it adds to each figure.

    A day is empty where the complaint does not count: a merged one nowhere, a withdrawn or refused one neither as closed nor as due.
    Measures are 0 or 1; `ack_minutes` and `solve_minutes` are working time without pauses, `stars` 0 to 5.
    """

    complaint = models.OneToOneField(Complaint, primary_key=True, on_delete=models.CASCADE, related_name="fact")
    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("hall"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    severity = models.CharField(_("severity"), max_length=6, choices=Severity.choices)
    cause = models.CharField(_("root cause"), max_length=12, blank=True)
    product = models.CharField(_("product or case"), max_length=120, blank=True)
    handler = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("handler"))
    received_on = models.DateField(_("received"), null=True)
    closed_on = models.DateField(_("closed"), null=True)
    due_on = models.DateField(_("solution due"), null=True)
    acked = models.PositiveSmallIntegerField(_("answered first"), default=0)
    ack_in_time = models.PositiveSmallIntegerField(_("answered in time"), default=0)
    ack_minutes = models.PositiveIntegerField(_("minutes to the first answer"), default=0)
    repeat = models.PositiveSmallIntegerField(_("repeated"), default=0)
    solved = models.PositiveSmallIntegerField(_("solved"), default=0)
    in_time = models.PositiveSmallIntegerField(_("solved in time"), default=0)
    solve_minutes = models.PositiveIntegerField(_("minutes to the solution"), default=0)
    rated = models.PositiveSmallIntegerField(_("rated"), default=0)
    stars = models.PositiveSmallIntegerField(_("satisfaction"), default=0)
    reopened = models.PositiveSmallIntegerField(_("handled again"), default=0)

    class Meta:
        indexes = [
            models.Index(fields=["hall", "received_on"], name="complaint_fact_received"),
            models.Index(fields=["hall", "closed_on"], name="complaint_fact_closed"),
            models.Index(fields=["hall", "due_on"], name="complaint_fact_due"), models.Index(fields=["handler", "closed_on"], name="complaint_fact_handler"),
        ]


class ComplaintDay(models.Model):
    """The sums of a hall on a day: of those received, closed, or due (`phase`), by one property (`dim`, 'all' for none) and its value."""

    hall = models.ForeignKey("staff.Hall", on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    phase = models.CharField(max_length=8)
    dim = models.CharField(max_length=8)
    value = models.CharField(max_length=120, blank=True)
    number = models.IntegerField(default=0)
    acked = models.IntegerField(default=0)
    ack_in_time = models.IntegerField(default=0)
    ack_minutes = models.BigIntegerField(default=0)
    repeat = models.IntegerField(default=0)
    solved = models.IntegerField(default=0)
    in_time = models.IntegerField(default=0)
    solve_minutes = models.BigIntegerField(default=0)
    rated = models.IntegerField(default=0)
    stars = models.IntegerField(default=0)
    reopened = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dim", "phase", "day", "hall", "value"], name="complaint_day_once")]
