"""Calls of hosts: each person who was asked to come to a visitor, when, and what they answered."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import may, reach
from reception.visits.hosts import states
from reception.visits.models import Visit
from reception.visits.permissions import Can


class HostCallQuerySet(models.QuerySet):
    """Calls by viewer."""

    def visible_to(self, user):
        """Those by which one was asked oneself, and those about the visits in reach."""
        own = Q(employee__user_id=user.pk)
        if not may(user, Can.READ):
            return self.filter(own)
        return self if reach(user, Can.READ).everything else self.filter(own | Q(visit__in=Visit.objects.visible_to(user).values("pk")))


class HostCall(models.Model):
    """One person is asked to come to a visitor: the `host` for whom the visitor came, or who stands in for a host who did not answer.

    Until `answer_by` the person may answer; then the next ones are asked, each of them once for one host.
    """

    class Step(models.IntegerChoices):
        """Who is asked one after the other."""

        HOST = 0, pgettext_lazy("asked as", "host")
        DEPUTY = 1, pgettext_lazy("asked as", "deputy")
        LEADER = 2, pgettext_lazy("asked as", "shift leader")

    class State(models.TextChoices):
        """Where it stands."""

        ASKED = states.ASKED, pgettext_lazy("host", "asked")
        COMING = states.COMING, pgettext_lazy("host", "comes")
        SOON = states.SOON, pgettext_lazy("host", "comes in 5 minutes")
        OTHER = states.OTHER, pgettext_lazy("host", "asks for somebody else")
        SILENT = states.SILENT, pgettext_lazy("host", "did not answer")
        OVER = states.OVER, pgettext_lazy("host", "over")

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="host_calls")
    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="host_calls", verbose_name=_("asked"))
    step = models.PositiveSmallIntegerField(choices=Step.choices, default=Step.HOST)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    told_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    history = HistoricalRecords()

    objects = HostCallQuerySet.as_manager()

    class Meta:
        ordering = ["told_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "host", "employee"], name="asked_once_for_a_host"),
            models.CheckConstraint(name="host_answers_after_being_asked", condition=Q(answer_by__gte=F("told_at"))),
            models.CheckConstraint(name="host_answer_has_its_moment", condition=~Q(state__in=states.ANSWERS) | Q(answered_at__isnull=False)),
        ]
        indexes = [models.Index(fields=["answer_by"], condition=Q(state=states.ASKED), name="host_call_open"),
                   models.Index(fields=["employee", "-told_at"], name="host_call_of_person")]

    def __str__(self):
        return self.visit.number
