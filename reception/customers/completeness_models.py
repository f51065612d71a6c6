"""Which fields a file must have, how complete each one is, and what is to be confirmed with the customer (REC-22)."""
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.web.versions import Versioned
from reception.customers import completeness
from reception.customers.models import Communication, Customer
from reception.customers.permissions import Can


class FileTemplate(Versioned):
    """The fields that a file of one kind must have. A file that names a company is a company's."""

    kind = models.CharField(_("kind of customer"), max_length=10, unique=True, choices=list(completeness.TEMPLATES.items()))
    required = ArrayField(models.CharField(max_length=20, choices=list(completeness.FIELDS.items())), verbose_name=_("fields that must be filled"))
    history = HistoricalRecords()

    class Meta:
        ordering = ["-kind"]

    def __str__(self):
        return str(self.get_kind_display())


class FileCheck(models.Model):
    """How complete a file is by its template: worked out from the file (`services.check_anew`), so that lists cost the same at any size."""

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, primary_key=True, related_name="check_of")
    percent = models.PositiveSmallIntegerField(_("complete"))
    missing = ArrayField(models.CharField(max_length=20), verbose_name=_("missing"))

    class Meta:
        constraints = [models.CheckConstraint(name="file_check_in_percent", condition=Q(percent__lte=100))]
        indexes = [models.Index(fields=["percent", "customer"], condition=Q(percent__lt=100), name="file_incomplete")]


class ConfirmationQuerySet(models.QuerySet):
    """Marks by viewer: those of the files in reach."""

    def visible_to(self, user, capability=Can.READ):
        """Those of the files in reach."""
        return self.filter(customer__in=Customer.objects.visible_to(user, capability))


class Confirmation(models.Model):
    """A field that is to be confirmed with the customer: marked by whom and why, asked by whom and when, and what came of it."""

    class Result(models.TextChoices):
        """What the customer said."""

        SAME = "same", pgettext_lazy("confirmation", "confirmed as it stands")
        CORRECTED = "corrected", pgettext_lazy("confirmation", "corrected")

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="confirmations")
    field = models.CharField(_("field"), max_length=20, choices=[(name, completeness.FIELDS[name]) for name in completeness.ASKED])
    note = models.CharField(_("note"), max_length=200, blank=True)
    owner = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="confirmations", verbose_name=_("who asks"))
    marked_by = models.ForeignKey("config.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("marked by"))
    marked_at = models.DateTimeField(_("marked"))
    due_at = models.DateTimeField(_("due"))
    asked_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"), null=True)
    method = models.CharField(_("how"), max_length=10, choices=Communication.Method.choices, blank=True)
    result = models.CharField(_("result"), max_length=10, choices=Result.choices, blank=True)
    history = HistoricalRecords()

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["marked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "field"], condition=Q(asked_at__isnull=True), name="field_marked_once"),
            models.CheckConstraint(name="confirmation_says_who_asked", condition=Q(asked_at__isnull=True, asked_by__isnull=True, result="")
                                   | Q(asked_at__isnull=False, asked_by__isnull=False) & ~Q(result="")),
        ]

    def __str__(self):
        return str(self.get_field_display())
