"""What figures of complaints are made of: for each complaint its days and times (ComplaintFact), and their sums by hall and day (ComplaintDay).

Both are kept in the transaction of the act itself (rollup.py), so that figures never lag behind the register, and are made anew each night.
"""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from complaints.analysis.permissions import Can
from complaints.handling.models import EMPLOYEE, Channel, Complaint, Kind, Severity
from config.accounts.access import reach
from config.web.versions import Versioned

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


class AnalysisQuerySet(models.QuerySet):
    """Analyses by viewer."""

    def visible_to(self, user, capability=Can.ANALYSE):
        """Those of the halls in reach."""
        far = reach(user, capability)
        return self if far.everything else self.filter(hall_id__in=far.halls)


class ComplaintAnalysis(Versioned):
    """FRM-35: what the complaints of a hall and month show, in which problems and weaknesses, and what is done about it (CMP-19, SCH-19).

    The numbers are those of the dashboard until it is signed; `figures` keeps them as they were signed.
    """

    class State(models.TextChoices):
        """Whether somebody signed it."""

        DRAFT = "draft", pgettext_lazy("analysis", "draft")
        SIGNED = "signed", pgettext_lazy("analysis", "signed")

    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="complaint_analyses", verbose_name=_("hall"))
    month = models.DateField(_("month"))
    state = models.CharField(_("state"), max_length=6, choices=State.choices, default=State.DRAFT)
    figures = models.JSONField(_("figures"), default=dict)
    problems = models.TextField(_("problems"), max_length=3000, blank=True)
    weaknesses = models.TextField(_("weaknesses"), max_length=3000, blank=True)
    drafted_at = models.DateTimeField(_("drafted"))
    due_at = models.DateTimeField(_("due"))
    signed_at = models.DateTimeField(_("signed"), null=True)
    signed_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("signed by"))
    history = HistoricalRecords()

    objects = AnalysisQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "hall"]
        constraints = [
            models.UniqueConstraint(fields=["hall", "month"], name="complaint_analysis_once_a_month"),
            models.CheckConstraint(name="complaint_analysis_signed_by_somebody", condition=Q(state="draft", signed_at__isnull=True, signed_by__isnull=True)
                                   | Q(state="signed", signed_at__isnull=False, signed_by__isnull=False)),
        ]

    def __str__(self):
        return f"{self.hall} {self.month:%Y-%m}"

    def is_late(self, now):
        """Whether it should have been signed."""
        return self.state == self.State.DRAFT and self.due_at < now


class AnalysisMeasure(models.Model):
    """What is done about a weakness: by whom, by when; with the signature it goes into the improvement register."""

    analysis = models.ForeignKey(ComplaintAnalysis, on_delete=models.CASCADE, related_name="measures")
    what = models.CharField(_("measure"), max_length=250)
    owner = models.ForeignKey(EMPLOYEE, on_delete=models.PROTECT, related_name="+", verbose_name=_("responsible"))
    action = models.ForeignKey("staff.Action", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("improvement"))
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.what
