"""Shifts: who is on which post in which hall, when. Planning them is the rota's room; this is who is there now."""
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from config.accounts.access import reach
from staff.organisation.models import Posting
from staff.shifts.permissions import Can


class ShiftQuerySet(models.QuerySet):
    """Shifts by viewer."""

    def visible_to(self, user, capability=Can.READ):
        """The own shifts, those of the people of the teams in reach, of the halls in reach, or all."""
        far = reach(user, capability)
        if far.everything:
            return self
        members = Posting.objects.on(timezone.localdate()).filter(team_id__in=far.teams).values("employee_id")
        scope = Q(hall_id__in=far.halls) | Q(employee_id__in=members)
        return self.filter(scope | Q(employee_id=far.employee_id) if far.own and far.employee_id else scope)


class Shift(models.Model):
    """One person in one hall from when to when; a person is never on two shifts at once."""

    employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="shifts", verbose_name=_("person"))
    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="shifts", verbose_name=_("hall"))
    post = models.ForeignKey("staff.Post", null=True, blank=True, on_delete=models.PROTECT, related_name="shifts", verbose_name=_("post"))
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    history = HistoricalRecords()

    objects = ShiftQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["hall", "starts_at"], name="shift_by_hall")]
        constraints = [
            models.CheckConstraint(name="shift_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))),
            ExclusionConstraint(name="one_shift_at_a_time", expressions=[
                ("employee", RangeOperators.EQUAL),
                (Func(F("starts_at"), F("ends_at"), function="tstzrange", output_field=DateTimeRangeField()), RangeOperators.OVERLAPS)]),
        ]

    @property
    def all_day(self):
        """Whether it runs from midnight to midnight, or to the last minute before: then its end tells nobody anything."""
        starts = timezone.localtime(self.starts_at)
        return (starts.hour, starts.minute) == (0, 0) and self.until in ("23:59", "24:00")

    @property
    def until(self):
        """The end as a clock says it: a shift that ends at midnight ends at 24:00."""
        ends = timezone.localtime(self.ends_at)
        return "24:00" if (ends.hour, ends.minute) == (0, 0) else f"{ends:%H:%M}"
