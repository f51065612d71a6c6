"""Ways by which complaints come in, the checks of box and mailbox, and mails as they were read (CMP-01, CMP-02, SCH-16; FIELD row 8)."""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from complaints.handling.models import EMPLOYEE, Channel
from complaints.handling.permissions import Can
from complaints.handling.reach import about
from config.accounts.access import among, reach
from config.web.versions import Versioned
from staff.organisation.models import Team

MAIL = "incoming_mail"  # the kind of record of a mail that was read


class HallQuerySet(models.QuerySet):
    """Rows of halls, by viewer."""

    def visible_to(self, user, capability=Can.READ):
        """Those of the halls in reach."""
        far = reach(user, capability)
        if not far or far.everything:
            return self if far else self.none()
        return self.filter(Q(hall_id__in=far.halls | far.own_halls | halls_of(far)) | Q(hall__manager_id=far.employee_id))


class MailQuerySet(models.QuerySet):
    """Mails by viewer: who handles complaints of a whole hall or team there, not who handles those of own customers alone."""

    def visible_to(self, user, capability=Can.LOOK):
        """Those of the halls in reach, without mails about a complaint that concerns the viewer (CMP-11)."""
        far = reach(user, capability)
        if not far:
            return self.none()
        rows = self if far.everything else self.filter(hall_id__in=far.halls | halls_of(far))
        return rows.exclude(among(about(far.employee_id), "complaint_id")) if far.employee_id else rows


def halls_of(far):
    """The ids of the halls of the teams in a reach."""
    return frozenset(Team.objects.filter(pk__in=far.teams).values_list("hall_id", flat=True)) if far.teams else frozenset()


class ComplaintChannel(Versioned):
    """One way by which customers complain in a hall: a number, an address, the place of the box, the desk, a page (CMP-01)."""

    CHECKED = (Channel.BOX, Channel.EMAIL)  # somebody looks whether something came

    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="complaint_channels", verbose_name=_("hall"))
    kind = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    value = models.CharField(_("number, address or place"), max_length=200)
    hours = models.CharField(_("when"), max_length=120, blank=True)
    public = models.BooleanField(_("shown on the public page and the poster"), default=True)
    active_since = models.DateField(_("since"))
    is_active = models.BooleanField(_("in use"), default=True)
    history = HistoricalRecords()

    objects = HallQuerySet.as_manager()

    class Meta:
        ordering = ["hall_id", "kind", "pk"]
        constraints = [models.UniqueConstraint(fields=["hall", "kind", "value"], name="complaint_channel_once")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.value}"

    @property
    def link(self):
        """What a tap on it opens, '' where nothing can be opened."""
        starts = {Channel.PHONE: "tel:", Channel.EMAIL: "mailto:"}
        return f"{starts[self.kind]}{''.join(self.value.split())}" if self.kind in starts else ""


class BoxCheck(Versioned):
    """Somebody looks into a complaint box or mailbox; recorded even when it was empty (CMP-02)."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", pgettext_lazy("box check", "to do")
        DONE = "done", pgettext_lazy("box check", "done")
        MISSED = "missed", pgettext_lazy("box check", "missed")
        DROPPED = "dropped", pgettext_lazy("box check", "not needed any more")

    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="+", verbose_name=_("hall"))
    channel = models.ForeignKey(ComplaintChannel, on_delete=models.PROTECT, related_name="checks", verbose_name=_("box or mailbox"))
    day = models.DateField(_("day"))
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    done_at = models.DateTimeField(_("checked"), null=True)
    done_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("checked by"))
    found = models.PositiveSmallIntegerField(_("found"), null=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    history = HistoricalRecords()

    objects = HallQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "hall_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "day"], name="complaint_box_checked_once_a_day"),
            models.CheckConstraint(name="complaint_box_check_is_somebodys", condition=~Q(state="done") | Q(done_at__isnull=False, done_by__isnull=False,
                                                                                                          found__isnull=False)),
        ]
        indexes = [models.Index(fields=["hall", "-day"], name="complaint_box_checks")]

    def __str__(self):
        return f"{self.channel} {self.day.isoformat()}"


class IncomingMail(models.Model):
    """One mail of a complaint mailbox, read once by its Message-ID; what cannot be read by itself waits for somebody (RELIABILITY)."""

    class State(models.TextChoices):
        """What became of it."""

        TAKEN = "taken", pgettext_lazy("mail", "became a complaint")
        THREADED = "threaded", pgettext_lazy("mail", "joined its complaint")
        IGNORED = "ignored", pgettext_lazy("mail", "ignored")
        PARKED = "parked", pgettext_lazy("mail", "waits for somebody")

    message_id = models.CharField(max_length=255, unique=True)
    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="+", verbose_name=_("hall"))
    received_at = models.DateTimeField(_("received"))
    read_at = models.DateTimeField(_("read"))
    sender = models.CharField(_("from"), max_length=254, blank=True)
    sender_name = models.CharField(_("name"), max_length=80, blank=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    text = models.TextField(_("text"), max_length=4000, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices)
    problem = models.CharField(_("why"), max_length=300, blank=True)
    complaint = models.ForeignKey("complaints.Complaint", null=True, on_delete=models.PROTECT, related_name="mails", verbose_name=_("complaint"))
    decided_by = models.ForeignKey(EMPLOYEE, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    history = HistoricalRecords()

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [models.CheckConstraint(name="incoming_mail_leads_to_its_complaint",
                                              condition=~Q(state__in=["taken", "threaded"]) | Q(complaint__isnull=False))]
        indexes = [models.Index(fields=["hall", "-received_at"], name="incoming_mail_listed"),
                   models.Index(fields=["hall"], condition=Q(state="parked"), name="incoming_mail_waiting")]

    def __str__(self):
        return self.subject or self.sender
