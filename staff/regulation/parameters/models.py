"""What people ask of the parameters; what was confirmed stands in ParameterValue (GEN-05, FIELD 2.7 rows 9 and 12)."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import reach
from staff.regulation.parameters import states
from staff.regulation.parameters.proposing import halls_to_propose
from staff.regulation.permissions import Can


class ChangeQuerySet(models.QuerySet):
    """Changes by viewer."""

    def visible_to(self, user):
        """What was confirmed is everybody's; the rest is HR's, of who asked it, and of who proposes for that hall."""
        if reach(user, Can.EDIT):
            return self
        if not reach(user, Can.READ):
            return self.none()
        return self.filter(Q(state=states.CONFIRMED) | Q(asked_by=user) | Q(hall__in=halls_to_propose(user)))


class ParameterChange(models.Model):
    """Somebody asks for other values of one or several parameters at one place from a day on, and somebody else confirms it.

    `subject` is the parameter that was asked about, `values` are {key: value} of all that change together (weights); a value of None ends
    what the place has of its own, so that what stands above it holds again.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = states.WAITING, pgettext_lazy("change", "waits for confirmation")
        CONFIRMED = states.CONFIRMED, pgettext_lazy("change", "confirmed")
        DECLINED = states.DECLINED, pgettext_lazy("change", "declined")
        WITHDRAWN = states.WITHDRAWN, pgettext_lazy("change", "taken back")

    subject = models.CharField(_("parameter"), max_length=60)
    values = models.JSONField(_("values"))
    hall = models.ForeignKey("staff.Hall", null=True, blank=True, on_delete=models.PROTECT, related_name="parameter_changes", verbose_name=_("hall"))
    position = models.ForeignKey("staff.Position", null=True, blank=True, on_delete=models.PROTECT, related_name="parameter_changes",
                                 verbose_name=_("position"))
    valid_from = models.DateField(_("from"))
    reason = models.CharField(_("reason"), max_length=300)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.WAITING)
    asked_by = models.ForeignKey("config.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    decided_by = models.ForeignKey("config.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    history = HistoricalRecords()

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["-asked_at"], name="change_newest")]
        constraints = [
            models.UniqueConstraint(fields=["subject", "hall", "position"], condition=Q(state=states.WAITING), nulls_distinct=False,
                                    name="one_waiting_change_a_place"),
            models.CheckConstraint(name="change_takes_two_people", condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by"))),
            models.CheckConstraint(name="change_decided_by_somebody", condition=~Q(state__in=[states.CONFIRMED, states.DECLINED]) | Q(
                decided_by__isnull=False, decided_at__isnull=False)),
        ]

    @property
    def ends(self):
        """Whether it ends what the place has of its own."""
        return all(value is None for value in self.values.values())
