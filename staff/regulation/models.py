"""Values of the regulation's parameters (GEN-05), and the working calendar: the country's days and those of each hall (GEN-21)."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from config.web.texts import TranslatedText
from config.web.versions import Versioned


class ParameterValue(models.Model):
    """One value of one parameter, for the company, a position, a hall, or a position in a hall, from a day on.

    It holds until the next one of the same place, or until its last day, after which what stands above it holds again. `change` is what
    was asked and confirmed; none for what was there before anybody asked. Rows of one `whole`, place and day are weights that add up to
    100, which a trigger holds at the end of each transaction.
    """

    key = models.CharField(_("parameter"), max_length=60)
    value = models.JSONField(_("value"))
    hall = models.ForeignKey("staff.Hall", null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("hall"))
    position = models.ForeignKey("staff.Position", null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("position"))
    whole = models.CharField(max_length=60, blank=True, default="", editable=False)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    entered_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, verbose_name=_("asked by"))
    change = models.ForeignKey("staff.ParameterChange", null=True, blank=True, on_delete=models.PROTECT, related_name="rows", verbose_name=_("change"))
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "hall", "position", "valid_from"], name="one_value_a_day", nulls_distinct=False),
            models.CheckConstraint(name="value_ends_after_it_begins", condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from"))),
        ]

    def holds_on(self, day):
        """Whether it is this row's time; a newer row of the same place may stand above it."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class NationalDay(Versioned):
    """A day of the country that is unlike its weekday: free (a public holiday, and the weekend inside it), or worked (a moved working day).

    `works` is None where somebody said by hand that it is like any other day of its weekday after all. What is entered `by_hand` with a
    `reason` stays when the year is taken from the library again.
    """

    day = models.DateField(_("day"), unique=True)
    works = models.BooleanField(_("worked"), null=True)
    name = TranslatedText(_("what it is"))
    by_hand = models.BooleanField(_("entered by hand"), default=False)
    reason = models.CharField(_("reason"), max_length=80, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["day"]


class HallCalendar(models.Model):
    """Whether a hall is closed on public holidays and works on moved working days, from a day on (none: from the beginning) until its next
    row; without a row it keeps its week all year."""

    hall = models.ForeignKey("staff.Hall", on_delete=models.CASCADE, related_name="calendars", verbose_name=_("hall"))
    keeps_holidays = models.BooleanField(_("closed on public holidays"), default=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["hall", F("valid_from").asc(nulls_first=True)]
        constraints = [models.UniqueConstraint(fields=["hall", "valid_from"], name="hall_calendar_once_a_day", nulls_distinct=False)]


class HallDay(Versioned):
    """What a hall itself says of one day: its intervals in minutes, none for closed. Stands above the week and the country's days."""

    hall = models.ForeignKey("staff.Hall", on_delete=models.CASCADE, related_name="special_days", verbose_name=_("hall"))
    day = models.DateField(_("day"))
    spans = models.JSONField(default=list)
    reason = models.CharField(_("reason"), max_length=80)
    history = HistoricalRecords()

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["hall", "day"], name="hall_day_once")]

    def __str__(self):
        return f"{self.hall} {self.day}"
