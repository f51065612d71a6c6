"""Who can sign in, how often they tried, and what they looked at."""
import secrets

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from config.accounts.access import may


class UserQuerySet(models.QuerySet):
    """Accounts by viewer."""

    def visible_to(self, user):
        """The own account, and those of the people whose accounts this person may read."""
        own = models.Q(pk=user.pk)
        return self.filter(own | models.Q(pk__in=accounts_within(user, "accounts.read"))) if may(user, "accounts.read") else self.filter(own)


def accounts_within(user, capability):
    """Ids of the accounts whose people `capability` reaches, as a query; staff answers by hall, team and department."""
    return import_string(settings.ACCOUNTS_WITHIN)(user, capability)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Makes accounts; there is no superuser, rights come from assignments alone."""

    def create_user(self, username, password=None, **fields):
        """A new account; without a password it cannot sign in until one is set."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username):
        """Accounts are found whatever the case of the typed name."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A personal account (GEN-01). What it may do stands in the assignments of its employee."""

    username = models.CharField(_("user name"), max_length=60, unique=True)
    display_name = models.CharField(_("name"), max_length=80, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    must_change_password = models.BooleanField(default=False)
    sessions_version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    objects = UserManager()
    otp_device = None  # what showed the second step in this session
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [models.UniqueConstraint(models.functions.Lower("username"), name="user_name_once")]

    def __str__(self):
        return self.display_name or self.username

    def _get_session_auth_hash(self, secret=None):
        """Tie sessions to `sessions_version` as well as to the password, so that ending them needs no look into the session store."""
        return super()._get_session_auth_hash(secret=secret) + f".{self.sessions_version}"

    def is_verified(self):
        """Whether the second step was shown in this session."""
        return self.otp_device is not None

    @staticmethod
    def first_password():
        """A random first password, to be changed at the first log-in."""
        return secrets.token_urlsafe(12)


class LoginAttempt(models.Model):
    """One wrong password or code; rows older than the window no longer count."""

    name_key = models.CharField(max_length=64, db_index=True)
    address_key = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(db_index=True)


class RecoveryRelease(models.Model):
    """A supervisor lets a locked-out person try again before the window is over."""

    name_key = models.CharField(max_length=64, db_index=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT)
    at = models.DateTimeField()


class AccessEvent(models.Model):
    """Who looked at, showed, exported or printed what (GEN-09). Ids and field names only, never values; append-only by trigger."""

    class Act(models.TextChoices):
        """What was done."""

        LOGIN = "login", _("logged in")
        LOGOUT = "logout", _("logged out")
        REFUSED = "refused", _("was refused")
        VIEW = "view", _("viewed")
        UNMASK = "unmask", _("showed a masked value")
        SEARCH = "search", _("searched")
        EXPORT = "export", _("exported")
        PRINT = "print", _("printed")
        DOWNLOAD = "download", _("downloaded")
        TOKEN = "token", _("personal token")

    at = models.DateTimeField(db_index=True)
    user_id = models.BigIntegerField(null=True)
    for_user_id = models.BigIntegerField(null=True)
    act = models.CharField(max_length=12, choices=Act.choices)
    kind = models.CharField(max_length=40, blank=True)
    record_id = models.BigIntegerField(null=True)
    fields = models.JSONField(default=list)
    hall_id = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=32, blank=True)
    address_key = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "record_id", "-at"], name="access_by_record"),
            models.Index(fields=["user_id", "-at"], name="access_by_user"),
        ]
