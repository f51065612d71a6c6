"""Notices and who has to read them (STF-50): one row an addressee, with the moment of the confirmation."""
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import reach
from config.web.versions import Versioned
from staff.communication.notices import states
from staff.communication.permissions import Can


class NoticeQuerySet(models.QuerySet):
    """Notices by viewer."""

    def visible_to(self, user, capability=Can.READ):
        """One's own; what is addressed to the halls and teams in reach; for reading also what one was asked to read. A draft is its
        author's alone."""
        far = reach(user, capability)
        if not far:
            return self.none()
        own = Q(author_id=far.employee_id)
        there = Q() if far.everything else Q(hall_id__in=far.halls) | Q(team_id__in=far.teams) | Q(team__hall_id__in=far.halls)
        if capability == Can.READ and not far.everything:
            there |= Q(pk__in=NoticeReader.objects.filter(employee_id=far.employee_id).values("notice_id"))
        return self.filter(own | ~Q(state=states.DRAFT) & there)


class Notice(Versioned):
    """What somebody has to be told. It is for a hall, for a team or, with neither, for everybody; `position` narrows that to its holders.
    `read_by` is the last day on which the reading is confirmed in time."""

    class State(models.TextChoices):
        """States of lifecycles.md."""

        DRAFT = states.DRAFT, pgettext_lazy("notice", "draft")
        PUBLISHED = states.PUBLISHED, pgettext_lazy("notice", "published")
        ENDED = states.ENDED, pgettext_lazy("notice", "ended")

    author = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="notices", verbose_name=_("author"))
    title = models.CharField(pgettext_lazy("of a text", "title"), max_length=120)
    text = models.TextField(_("text"))
    hall = models.ForeignKey("staff.Hall", null=True, on_delete=models.PROTECT, related_name="notices", verbose_name=_("hall"))
    team = models.ForeignKey("staff.Team", null=True, on_delete=models.PROTECT, related_name="notices", verbose_name=_("team"))
    position = models.ForeignKey("staff.Position", null=True, on_delete=models.PROTECT, related_name="notices", verbose_name=_("position"))
    read_by = models.DateField(_("to be read by"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    published_at = models.DateTimeField(_("published"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    history = HistoricalRecords()

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="notice_for_hall_or_team", condition=Q(hall__isnull=True) | Q(team__isnull=True)),
            models.CheckConstraint(name="published_notice_has_its_moment", condition=Q(state=states.DRAFT, published_at__isnull=True)
                                   | ~Q(state=states.DRAFT) & Q(published_at__isnull=False)),
            models.CheckConstraint(name="ended_notice_has_its_moment", condition=Q(state=states.ENDED, ended_at__isnull=False)
                                   | ~Q(state=states.ENDED) & Q(ended_at__isnull=True)),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="notice_by_state")]

    def __str__(self):
        return self.title

    @property
    def due_at(self):
        """The end of the last day for reading it, by the clock of its hall or of the house."""
        hall = self.hall or (self.team.hall if self.team_id else None)
        return datetime.combine(self.read_by + timedelta(days=1), time(), ZoneInfo(hall.timezone if hall else settings.TIME_ZONE))


class NoticeReader(models.Model):
    """Somebody who has to read a notice by `due_at`, and when they confirmed it."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="readers")
    employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="notices_to_read")
    named_at = models.DateTimeField()
    due_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["employee__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "employee"], name="reader_once_a_notice"),
            models.CheckConstraint(name="confirmed_after_named", condition=Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=F("named_at"))),
        ]
        indexes = [models.Index(fields=["employee"], condition=Q(confirmed_at__isnull=True), name="notices_to_read")]

    @property
    def is_late(self):
        """Whether the confirmation came after its moment."""
        return self.confirmed_at is not None and self.confirmed_at > self.due_at
