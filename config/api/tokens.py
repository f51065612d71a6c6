"""Verbs on personal tokens, and whose token a request shows."""
import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts.models import User
from config.api.models import ApiToken
from config.errors import Refused
from config.web.templatetags.hk import day

LONGEST = timedelta(days=365)  # a token ends then at the latest, so that a forgotten one does not read for ever
MOST = 10  # open tokens of one person
START = "hk_"  # by which scanners for leaked secrets know one


def digest_of(text):
    """What is kept of a token: it is random and long, so that a plain digest cannot be turned back."""
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def make(actor, *, name, scope, ends_on, now):
    """A new token of the acting person: (token, its text, which is shown once). Refused past `LONGEST`, in the past, and past `MOST`."""
    user = User.objects.select_for_update().get(pk=actor.user.pk)
    today = timezone.localdate(now)
    if not today <= ends_on <= today + LONGEST:
        raise Refused(_("A token ends between today and %(day)s. Choose a day in between.") % {"day": day(today + LONGEST)}, field="ends_on")
    if ApiToken.objects.filter(user=user).open(today).count() >= MOST:
        raise Refused(_("You have %(most)d open tokens. Revoke one that is not used any more.") % {"most": MOST}, field="name")
    text = START + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(user=user, name=name, scope=sorted(scope), digest=digest_of(text), created_at=now, ends_on=ends_on,
                                    sessions_version=user.sessions_version)
    return token, text


@transaction.atomic
def revoke(actor, token, *, now):
    """End a token at once. Refused where it was revoked already."""
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is not None:
        raise Refused(_("This token is revoked already."))
    token.revoked_at = now
    token.save(update_fields=["revoked_at"])
    return token


def find(text, today):
    """The token of this text if it opens something on this day, or None."""
    return ApiToken.objects.open(today).filter(digest=digest_of(text)).first() if text.startswith(START) else None


def note_use(token, now):
    """Keep when it was last used, once a minute at most; True with the first use of a day."""
    last = token.used_at
    if last is None or now - last >= timedelta(minutes=1):
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)
    return last is None or timezone.localdate(last) != timezone.localdate(now)
