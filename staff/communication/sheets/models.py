"""Duty sheets of positions, their numbered lines, and who has confirmed the reading of which edition (STF-03)."""
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import reach
from config.web.texts import TranslatedText
from config.web.versions import Versioned
from staff.communication.permissions import Sheet
from staff.organisation.models import Posting


class DutySheet(Versioned):
    """The duties and rights of one position; `edition` grows each time it is issued anew, and its holders confirm the reading of that."""

    position = models.OneToOneField("staff.Position", on_delete=models.PROTECT, related_name="duty_sheet", verbose_name=_("position"))
    edition = models.PositiveIntegerField(_("edition"), default=1)
    issued_at = models.DateTimeField(_("issued"))
    history = HistoricalRecords()

    def __str__(self):
        return str(self.position)


class DutyLine(Versioned):
    """One duty or one right. `page` is the name of the page that carries it out, '' where there is none."""

    class Kind(models.TextChoices):
        """What a line says."""

        DUTY = "duty", _("Duty")
        RIGHT = "right", pgettext_lazy("position", "Right")

    sheet = models.ForeignKey(DutySheet, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices)
    number = models.PositiveSmallIntegerField(_("number"))
    text = TranslatedText(_("text"))
    clause = models.CharField(_("clause"), max_length=40, blank=True)
    page = models.CharField(_("page"), max_length=40, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["kind", "number", "pk"]

    def __str__(self):
        return str(self.text)


class ReadingQuerySet(models.QuerySet):
    """Readings by viewer."""

    def visible_to(self, user, capability=Sheet.READ):
        """One's own, and those of the people of the teams and halls in reach."""
        far = reach(user, capability)
        if far.everything or not far:
            return self if far else self.none()
        there = Posting.objects.on(timezone.localdate()).filter(Q(hall_id__in=far.halls) | Q(team_id__in=far.teams))
        return self.filter(Q(employee__user=user) | Q(employee__in=there.values("employee_id")))

    def holding(self):
        """Those of the edition that holds, of people who hold the position today."""
        today = Posting.objects.on(timezone.localdate()).filter(employee=models.OuterRef("employee"), position=models.OuterRef("sheet__position"))
        return self.filter(models.Exists(today), edition=models.F("sheet__edition"))


class SheetReading(models.Model):
    """Somebody was asked to read an edition of a sheet by a moment, and when they confirmed it."""

    sheet = models.ForeignKey(DutySheet, on_delete=models.CASCADE, related_name="readings")
    employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="duty_sheets")
    edition = models.PositiveIntegerField(_("edition"))
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["sheet", "employee", "edition"], name="edition_read_once"),
                       models.CheckConstraint(name="sheet_confirmed_after_asked", condition=Q(confirmed_at__isnull=True)
                                              | Q(confirmed_at__gte=models.F("asked_at")))]

    def __str__(self):
        return str(self.sheet)
