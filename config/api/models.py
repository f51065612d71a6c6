"""Personal tokens: how a program reads on behalf of one person."""
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from config.accounts.access import may
from config.accounts.models import accounts_within

ADMINISTERS = "accounts.edit"  # who may revoke the tokens of the people within reach


class TokenQuerySet(models.QuerySet):
    """Tokens by viewer and by day."""

    def visible_to(self, user):
        """The person's own, and those of the people whose accounts this person administers."""
        own = Q(user_id=user.pk)
        return self.filter(own | Q(user_id__in=accounts_within(user, ADMINISTERS)) if may(user, ADMINISTERS) else own)

    def open(self, today):
        """Those that open something on this day: not revoked, not over, of an account that is open and as it was."""
        return self.filter(revoked_at=None, ends_on__gte=today, user__is_active=True, sessions_version=F("user__sessions_version"))


class ApiToken(models.Model):
    """A token of one person. Only a digest of it is kept; `scope` holds kinds of record. Its making, each day of use and its end stand in
    the access log. It ends with every open session of the account: `sessions_version` is the account's when it was made."""

    user = models.ForeignKey("config.User", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    scope = ArrayField(models.CharField(max_length=40))
    digest = models.CharField(max_length=64, unique=True)
    sessions_version = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    ends_on = models.DateField(_("ends on"))
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="token_has_a_scope", condition=Q(scope__len__gt=0)),
                       models.CheckConstraint(name="token_revoked_after_it_was_made", condition=Q(revoked_at=None) | Q(revoked_at__gte=F("created_at")))]

    def __str__(self):
        return self.name
