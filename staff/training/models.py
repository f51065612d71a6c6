"""Competences: what a person has shown to master, until when, and what a service asks for."""
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.web.texts import TranslatedText


class Competence(models.Model):
    """Something one can be competent in."""

    code = models.SlugField(unique=True)
    name = TranslatedText(pgettext_lazy("thing", "name"))
    history = HistoricalRecords()

    def __str__(self):
        return str(self.name)


class CompetenceHeld(models.Model):
    """A person holds a competence from a day, perhaps until a day; entered by hand until exams grant it."""

    employee = models.ForeignKey("staff.Employee", on_delete=models.CASCADE, related_name="competences", verbose_name=_("person"))
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="held", verbose_name=_("competence"))
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)
    entered_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT)
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employee", "competence", "valid_from"], name="competence_entered_once")]


class ServiceNeed(models.Model):
    """A service may be given only by who holds this competence."""

    service = models.ForeignKey("staff.Service", on_delete=models.CASCADE, related_name="needs")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="needed_by")
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "competence"], name="need_stated_once")]
