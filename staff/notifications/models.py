"""Notifications with how people like to be told, and the robots of chat groups (GEN-07)."""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.accounts.access import reach
from config.web.versions import Versioned
from staff.notifications.kinds import DAILY, NOW, OFF
from staff.notifications.permissions import Can


class NotificationQuerySet(models.QuerySet):
    """Notifications by viewer."""

    def visible_to(self, user):
        """One's own; nobody reads another's."""
        return self.filter(user_id=user.pk)

    def unread(self):
        """Those that were shown to nobody yet."""
        return self.filter(in_app=True, read_at=None)


class Notification(models.Model):
    """One person was told of one event. `event` names it within its kind: whoever tells it again tells nothing.

    `record_kind` and `record_id` say which record it is about; `values` fill the sentence of the kind, in any language (words.py).
    `in_app` is False where the person wants this kind by other ways alone. `digest` waits for the mail of the day until `digested_at`.
    """

    user = models.ForeignKey("config.User", on_delete=models.CASCADE, related_name="notifications", db_index=False)
    kind = models.CharField(max_length=40)
    event = models.CharField(max_length=80)
    record_kind = models.CharField(max_length=40, blank=True)
    record_id = models.BigIntegerField(null=True)
    values = models.JSONField(default=dict)
    at = models.DateTimeField(_("when"))
    in_app = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)
    digest = models.BooleanField(default=False)
    digested_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "kind", "event"], name="notification_once_an_event")]
        indexes = [
            models.Index(fields=["user", "-at", "-id"], name="notification_of_person"),
            models.Index(fields=["user", "-at"], condition=Q(in_app=True, read_at__isnull=True), name="notification_unread"),
            models.Index(fields=["user"], condition=Q(digest=True, digested_at__isnull=True), name="notification_for_digest"),
        ]

    def __str__(self):
        from staff.notifications.words import sentence

        return sentence(self)


class NotificationChoice(models.Model):
    """How one person wants one kind; without a row it comes as the kind says."""

    class Mail(models.TextChoices):
        """By e-mail."""

        OFF = OFF, pgettext_lazy("e-mail", "not")
        NOW = NOW, pgettext_lazy("e-mail", "at once")
        DAILY = DAILY, pgettext_lazy("e-mail", "in the mail of the day")

    user = models.ForeignKey("config.User", on_delete=models.CASCADE, related_name="notification_choices", db_index=False)
    kind = models.CharField(max_length=40)
    in_app = models.BooleanField(default=True)
    email = models.CharField(max_length=5, choices=Mail.choices, default=Mail.OFF)
    robot = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notification_choice_once")]


class NotificationSettings(models.Model):
    """Where and when one person is written to: address, hour of the mail of the day, quiet hours by the clock of their hall."""

    user = models.OneToOneField("config.User", on_delete=models.CASCADE, related_name="notification_settings")
    email = models.EmailField(_("E-mail address"), blank=True)
    digest_hour = models.PositiveSmallIntegerField(_("hour of the mail of the day"), default=8)
    quiet_from = models.TimeField(_("quiet from"), null=True)
    quiet_until = models.TimeField(_("quiet until"), null=True)
    digested_on = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="digest_hour_is_an_hour", condition=Q(digest_hour__lte=23)),
                       models.CheckConstraint(name="quiet_hours_have_both_ends", condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                                              | Q(quiet_from__isnull=False, quiet_until__isnull=False))]


class RobotQuerySet(models.QuerySet):
    """Robots by viewer."""

    def visible_to(self, user, capability=Can.ROBOTS):
        """Those of the halls in reach and of their teams."""
        far = reach(user, capability)
        if far.everything:
            return self
        return self.filter(Q(hall_id__in=far.halls) | Q(team__hall_id__in=far.halls) | Q(team_id__in=far.teams))


class Robot(Versioned):
    """A robot in the chat group of a hall or a team: what is told to its people is said there too.

    `token` is the key in the address that the chat service gave, `secret` what DingTalk's signature is made with; both are kept, never
    shown and never written into the history.

    Both stand in the database as they are. No cipher is among what Hallkeeper is made of: Django's signing seals but does not hide, the
    embedded PostgreSQL has no pgcrypto, Python's own library has no cipher, and a home-made one would only look like one. What guards them is
    what guards the database and its backups. A key lets its holder write into one chat group and read nothing; one that got out is replaced
    in the group and on the robot's page.
    """

    class Service(models.TextChoices):
        """The chat services."""

        WECOM = "wecom", _("WeCom")
        DINGTALK = "dingtalk", _("DingTalk")

    service = models.CharField(_("chat service"), max_length=10, choices=Service.choices)
    name = models.CharField(_("chat group"), max_length=60)
    hall = models.ForeignKey("staff.Hall", null=True, blank=True, on_delete=models.PROTECT, related_name="robots", verbose_name=_("hall"))
    team = models.ForeignKey("staff.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="robots", verbose_name=_("team"))
    token = models.CharField(max_length=200)
    secret = models.CharField(max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    is_active = models.BooleanField(_("in use"), default=True)
    tests = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords(excluded_fields=["token", "secret"])

    objects = RobotQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="robot_is_of_a_hall_or_a_team", condition=Q(hall__isnull=False, team__isnull=True)
                                   | Q(hall__isnull=True, team__isnull=False)),
            models.UniqueConstraint(fields=["service", "token"], name="robot_key_once"),
        ]

    def __str__(self):
        return self.name

    @property
    def place(self):
        """The hall or the team."""
        return self.hall or self.team

    @property
    def masked(self):
        """The end of the key, by which one tells it from another."""
        return f"••••{self.token[-4:]}" if len(self.token) > 8 else "••••"
