"""Cleaning rounds and their ticks (FAC-05): one round a hall and day, one tick an area and surface."""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import reach
from config.web.versions import Versioned
from facilities.cleaning import states
from facilities.cleaning.permissions import Can


class RoundQuerySet(models.QuerySet):
    """Rounds by viewer."""

    def visible_to(self, user, capability=Can.READ):
        """The rounds of the halls in reach, and of those that the person is named to manage."""
        far = reach(user, capability)
        if far.everything or not far:
            return self if far else self.none()
        return self.filter(Q(hall_id__in=far.halls | far.own_halls) | Q(hall__manager_id=far.employee_id))


class CleaningRound(Versioned):
    """The cleaning of one hall on one day: made by the clock, ticked by logistics, checked by the hall manager."""

    class State(models.TextChoices):
        """States of lifecycles.md."""

        CREATED = states.CREATED, pgettext_lazy("round", "to do")
        IN_PROGRESS = states.IN_PROGRESS, pgettext_lazy("round", "in progress")
        DONE = states.DONE, pgettext_lazy("round", "done")
        CHECKED = states.CHECKED, pgettext_lazy("round", "checked")
        RETURNED = states.RETURNED, pgettext_lazy("round", "sent back")
        MISSED = states.MISSED, pgettext_lazy("round", "missed")

    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="cleaning_rounds", verbose_name=_("hall"))
    day = models.DateField(_("day"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.CREATED)
    due_at = models.DateTimeField(_("due"))
    started_at = models.DateTimeField(_("begun"), null=True)
    done_at = models.DateTimeField(_("done"), null=True)
    done_by = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("done by"))
    checked_by = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("checked by"))
    score = models.PositiveSmallIntegerField(_("score"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    history = HistoricalRecords()

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "hall_id"]
        constraints = [
            models.UniqueConstraint(fields=["hall", "day"], name="one_round_a_day"),
            models.CheckConstraint(name="round_score_in_range", condition=Q(score__isnull=True) | Q(score__lte=100)),
            models.CheckConstraint(name="round_done_by_somebody", condition=Q(done_at__isnull=True) | Q(done_by__isnull=False)),
        ]

    def __str__(self):
        return f"{self.hall} {self.day.isoformat()}"


class RoundItem(models.Model):
    """One surface of one area in a round; ticked when and by whom."""

    round = models.ForeignKey(CleaningRound, on_delete=models.CASCADE, related_name="items")
    area = models.ForeignKey("facilities.Area", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=10)
    ticked_at = models.DateTimeField(null=True)
    ticked_by = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["area__order", "area_id", "code"]
        constraints = [
            models.UniqueConstraint(fields=["round", "area", "code"], name="surface_once_a_round"),
            models.CheckConstraint(name="tick_is_somebodys", condition=Q(ticked_at__isnull=True, ticked_by__isnull=True)
                                   | Q(ticked_at__isnull=False, ticked_by__isnull=False)),
        ]
