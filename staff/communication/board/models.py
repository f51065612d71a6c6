"""Entries of the board, who has read them, and who follows which topic (GEN-20)."""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import reach
from config.web.versions import Versioned
from staff.communication.board import states
from staff.communication.permissions import Board


class Topic(models.TextChoices):
    """What the regulation wants shared between windows and departments."""

    NEEDS = "needs", _("Customer needs")
    PROGRESS = "progress", _("Business progress")
    MARKET = "market", _("Market movement")


class EntryQuerySet(models.QuerySet):
    """Entries by viewer."""

    def visible_to(self, user, capability=Board.READ):
        """All that is posted, for everybody with the board; what was taken down for its author and for whoever takes entries down."""
        if not reach(user, capability):
            return self.none()
        if reach(user, Board.APPROVE):
            return self
        return self.filter(Q(state=states.POSTED) | Q(author__user=user))


class BoardEntry(Versioned):
    """Something that others should know. It may point at a record by (kind, id); who may not open that record does not see what it is."""

    class State(models.TextChoices):
        """Posted until it is taken down."""

        POSTED = states.POSTED, pgettext_lazy("board", "posted")
        TAKEN_DOWN = states.TAKEN_DOWN, pgettext_lazy("board", "taken down")

    topic = models.CharField(_("topic"), max_length=10, choices=Topic.choices)
    title = models.CharField(pgettext_lazy("of a text", "title"), max_length=120)
    text = models.TextField(_("text"))
    author = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="board_entries", verbose_name=_("author"))
    department = models.ForeignKey("staff.Department", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("department"))
    hall = models.ForeignKey("staff.Hall", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("hall"))
    kind = models.CharField(max_length=40, blank=True, editable=False)
    record_id = models.BigIntegerField(null=True, editable=False)
    posted_at = models.DateTimeField(_("posted"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.POSTED)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    history = HistoricalRecords()

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(name="entry_points_at_a_whole_record", condition=Q(kind="", record_id__isnull=True)
                                              | ~Q(kind="") & Q(record_id__isnull=False))]
        indexes = [models.Index(fields=["topic", "-posted_at"], name="board_by_topic"), models.Index(fields=["kind", "record_id"], name="board_of_record")]

    def __str__(self):
        return self.title


class BoardMark(models.Model):
    """Somebody has read an entry."""

    entry = models.ForeignKey(BoardEntry, on_delete=models.CASCADE, related_name="marks")
    employee = models.ForeignKey("staff.Employee", on_delete=models.CASCADE, related_name="board_marks")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "employee"], name="entry_marked_once")]


class BoardTopic(models.Model):
    """Somebody follows a topic since a moment: what is posted from then on stands on their My day until they have read it."""

    employee = models.ForeignKey("staff.Employee", on_delete=models.CASCADE, related_name="board_topics")
    topic = models.CharField(max_length=10, choices=Topic.choices)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employee", "topic"], name="topic_followed_once")]
