"""Handovers of a shift: what was open, what was given, and that both said so."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from config.accounts.access import reach
from staff.duties.permissions import Can

EMPLOYEE = "staff.Employee"


class ShiftHandoverQuerySet(models.QuerySet):
    """Handovers by viewer."""

    def visible_to(self, user):
        """Those of the halls in reach and of the halls in which one works, and one's own."""
        far = reach(user, Can.READ)
        if far.everything or not far:
            return self if far else self.none()
        return self.filter(Q(hall_id__in=far.halls | far.own_halls) | Q(giver_id=far.employee_id) | Q(taker_id=far.employee_id))


class ShiftHandover(models.Model):
    """What one person leaves to the next on a post or in a hall. `lines` are {key of a registry member: [line]}, as they stood when the
    giver confirmed. From then on only the taker's word is added, once; a trigger lets nothing else change and no row go."""

    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="+", verbose_name=_("hall"))
    post = models.ForeignKey("staff.Post", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("post"))
    giver = models.ForeignKey(EMPLOYEE, on_delete=models.PROTECT, related_name="+", verbose_name=_("handed over by"))
    given_at = models.DateTimeField(_("handed over"))
    lines = models.JSONField(default=dict)
    cash = models.CharField(_("cash"), max_length=200, blank=True)
    things = models.CharField(_("keys and devices"), max_length=200, blank=True)
    notes = models.TextField(_("notes"), max_length=1000, blank=True)
    taker = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("taken over by"))
    taken_at = models.DateTimeField(_("taken over"), null=True)
    remark = models.CharField(_("remark of who takes over"), max_length=300, blank=True)

    objects = ShiftHandoverQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="shift_handover_takes_two", condition=Q(taker__isnull=True) | ~Q(taker=F("giver"))),
            models.CheckConstraint(name="shift_handover_taken_by_somebody", condition=Q(taker__isnull=True, taken_at__isnull=True, remark="")
                                   | Q(taker__isnull=False, taken_at__isnull=False, taken_at__gte=F("given_at"))),
        ]
        indexes = [models.Index(fields=["hall", "-given_at"], name="shift_handover_of_hall")]

    def __str__(self):
        return f"{self.hall} {self.given_at:%Y-%m-%d %H:%M}"
