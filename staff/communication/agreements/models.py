"""Confidentiality agreements as they were signed (STF-52). Rows are only ever added."""
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.accounts.access import reach
from staff.communication.permissions import Agreement
from staff.organisation.models import Posting


class AgreementQuerySet(models.QuerySet):
    """Agreements by viewer."""

    def visible_to(self, user, capability=Agreement.READ):
        """One's own, and those of the people whom the capability reaches by their posting of today."""
        far = reach(user, capability)
        if far.everything:
            return self
        there = Posting.objects.on(timezone.localdate()).filter(Q(hall_id__in=far.halls) | Q(team_id__in=far.teams))
        return self.filter(Q(employee__user_id=user.pk) | Q(employee__in=there.values("employee_id")))


class ConfidentialityAgreement(models.Model):
    """What one person signed: the very text in the language they read, the name they typed under it, and the last day it holds."""

    employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="agreements", verbose_name=_("person"))
    edition = models.PositiveSmallIntegerField(_("edition"))
    language = models.CharField(_("language"), max_length=10)
    text = models.TextField(_("text"))
    signature = models.CharField(_("name typed as signature"), max_length=80)
    signed_at = models.DateTimeField(_("signed"))
    ends_on = models.DateField(_("holds until"))

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_at", "-pk"]
        indexes = [models.Index(fields=["employee", "-signed_at"], name="agreement_of_person")]
        constraints = [models.CheckConstraint(name="agreement_is_signed", condition=~Q(signature="") & ~Q(text="")),
                       models.UniqueConstraint(F("employee"), F("signed_at"), name="agreement_signed_once")]

    def __str__(self):
        return str(self.employee)
