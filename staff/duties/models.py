"""Duties: one table for everything due, and what the clock did to make them (DESIGN section 4, GEN-25)."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from staff.duties import states
from staff.organisation.access import present


class DutyQuerySet(models.QuerySet):
    """Duties by whom they are for."""

    def for_user(self, user):
        """Those of this person: by name, or of a role that they hold today in the duty's hall, or without a hall anywhere."""
        return self.filter(self.condition_for(user))

    @staticmethod
    def condition_for(user):
        """The same as a condition, which an index serves beside others where a list of ids would be read first."""
        employee, roles = present(user)
        if employee is None:
            return Q(pk__in=[])
        mine = Q(employee=employee)
        for role in roles:
            mine |= Q(employee=None, role=role.role) & (Q(hall=None) | Q(hall__in=[hall["id"] for hall in role.halls]))
        return mine

    def begun(self, now):
        """Those that are open and may be done."""
        return self.filter(state=states.OPEN, starts_at__lte=now)


class Duty(models.Model):
    """Something due: made by a schedule for a slot of time, about a record or a hall, for a person or for whoever holds a role there.

    `kind` and `record_id` say which record it is about. It can be done from `starts_at` on, is late after `due_at`, and missed after
    `misses_at`; without that it stays late until somebody does it.
    """

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = states.OPEN, pgettext_lazy("duty", "open")
        DONE = states.DONE, pgettext_lazy("duty", "done on time")
        LATE = states.LATE, pgettext_lazy("duty", "done late")
        MISSED = states.MISSED, pgettext_lazy("duty", "missed")
        EXCUSED = states.EXCUSED, pgettext_lazy("duty", "excused")

    schedule = models.CharField(_("schedule"), max_length=30)
    slot = models.CharField(max_length=40)
    kind = models.CharField(max_length=40, blank=True)
    record_id = models.BigIntegerField(null=True)
    hall = models.ForeignKey("staff.Hall", null=True, on_delete=models.PROTECT, related_name="duties", verbose_name=_("hall"))
    employee = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="duties", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, blank=True)
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField(_("due"))
    misses_at = models.DateTimeField(null=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    told_to = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="duties_told")

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "slot", "kind", "record_id", "hall", "employee"], name="duty_once", nulls_distinct=False),
            models.CheckConstraint(name="duty_is_somebodys", condition=Q(employee__isnull=False) | ~Q(role="")),
            models.CheckConstraint(name="duty_due_after_it_begins", condition=Q(due_at__gte=F("starts_at"))),
            models.CheckConstraint(name="duty_over_has_its_moment", condition=Q(state=states.OPEN, done_at__isnull=True) | ~Q(state=states.OPEN)),
        ]
        indexes = [
            models.Index(fields=["employee", "due_at"], condition=Q(state=states.OPEN), name="duty_of_person"),
            models.Index(fields=["hall", "role", "due_at"], condition=Q(state=states.OPEN), name="duty_of_role"),
            models.Index(fields=["misses_at"], condition=Q(state=states.OPEN, misses_at__isnull=False), name="duty_to_miss"),
            models.Index(fields=["kind", "record_id"], name="duty_of_record"),
            models.Index(fields=["schedule", "-due_at"], name="duty_of_schedule"),
            models.Index(fields=["due_at", "id"], name="duty_listed"),
        ]

    def __str__(self):
        return f"{self.schedule} {self.slot}"


class ScheduleMark(models.Model):
    """How far a schedule has been worked off: everything that began until `through` is made. Locked while it runs, so that two clocks
    do no harm; after failures it rests until `rests_until`, longer each time."""

    key = models.CharField(max_length=30, primary_key=True)
    through = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    rests_until = models.DateTimeField(null=True)


class ScheduleRun(models.Model):
    """One run of a schedule that made something or failed; runs that found nothing to do leave only the mark's time."""

    key = models.CharField(max_length=30)
    began_at = models.DateTimeField()
    took_ms = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
    until = models.DateTimeField()
    created = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-began_at", "-pk"]
        indexes = [models.Index(fields=["key", "-began_at"], name="run_of_schedule")]
