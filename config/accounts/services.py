"""Verbs on accounts: making, closing, new passwords, ending sessions, releasing a locked name."""
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from config.accounts import second_factor, throttle, trace
from config.accounts.models import RecoveryRelease, User
from config.errors import Refused


@transaction.atomic
def create_account(actor, *, username, display_name, now):
    """A new account and its first password, which is shown once and must be changed at the first log-in: (user, password)."""
    name = username.strip()
    taken = Refused(_("The user name %(name)s is taken. Choose another one.") % {"name": name}, field="username")
    if User.objects.filter(username__iexact=name).exists():
        raise taken
    password = User.first_password()
    user = User(username=name, display_name=display_name, must_change_password=True)
    user.set_password(password)
    try:
        with transaction.atomic():
            return trace.save(actor, user, act="created"), password
    except IntegrityError as quicker:  # somebody took it between the look and the saving
        raise taken from quicker


@transaction.atomic
def reset_password(actor, user, *, now):
    """A new first password for somebody who forgot theirs; every open session ends and a lock is taken off. Returns the password."""
    user = _locked(user)
    _not_oneself(actor, user)
    password = User.first_password()
    user.set_password(password)
    user.must_change_password = True
    user.sessions_version += 1
    trace.save(actor, user, "password", "must_change_password", "sessions_version", act="password reset")
    _release(actor, user, now)
    return password


@transaction.atomic
def change_password(actor, user, *, current, new):
    """The person's own new password; every other session of theirs ends."""
    user = _locked(user)
    if not user.check_password(current):
        raise Refused(_("This is not your present password. Enter the one you logged in with."), field="current")
    if user.check_password(new):
        raise Refused(_("The new password is the present one. Choose another."), field="new")
    try:
        validate_password(new, user)
    except ValidationError as problem:
        raise Refused(" ".join(problem.messages), field="new") from problem
    user.set_password(new)
    user.must_change_password = False
    user.sessions_version += 1
    return trace.save(actor, user, "password", "must_change_password", "sessions_version", act="password changed")


@transaction.atomic
def deactivate(actor, user, *, now, reason=""):
    """Close the account of a person who leaves: no log-in, and every open session ends with its next request."""
    user = _locked(user)
    _not_oneself(actor, user)
    user.is_active = False
    user.sessions_version += 1
    return trace.save(actor, user, "is_active", "sessions_version", act="closed", reason=reason)


@transaction.atomic
def reactivate(actor, user, *, now):
    """Open a closed account again, with a new first password, which is returned."""
    user = _locked(user)
    user.is_active = True
    trace.save(actor, user, "is_active", act="reopened")
    return reset_password(actor, user, now=now)


@transaction.atomic
def end_sessions(actor, user, *, now, reason=""):
    """End every open session of an account; the password stays."""
    user = _locked(user)
    user.sessions_version += 1
    return trace.save(actor, user, "sessions_version", act="sessions ended", reason=reason)


@transaction.atomic
def reset_second_factor(actor, user, *, now):
    """The phone is lost and the recovery codes too: both are forgotten, sessions end, the next log-in sets them up anew."""
    user = _locked(user)
    _not_oneself(actor, user)
    second_factor.take_away(user)
    user.sessions_version += 1
    return trace.save(actor, user, "sessions_version", act="second step reset")


@transaction.atomic
def release(actor, user, *, now):
    """Let a locked-out person try again before the window is over; a superior does it, never the person."""
    _not_oneself(actor, user)
    if user.username not in throttle.locked_among([user.username], now=now):
        raise Refused(_("This user name is not locked any more. The person can log in."))
    _release(actor, user, now)


def _release(actor, user, now):
    if actor.user:
        RecoveryRelease.objects.create(name_key=throttle.name_key(user.username), by=actor.user, at=now)


def _locked(user):
    return User.objects.select_for_update().get(pk=user.pk)


def _not_oneself(actor, user):
    if actor.user and actor.user.pk == user.pk:
        raise Refused(_("Nobody does this for the own account. Ask another administrator."))
