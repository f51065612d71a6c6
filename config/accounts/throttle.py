"""How often a log-in may be tried (RELIABILITY 6.1.1): 5 wrong tries a name and 30 an address in 15 minutes, with growing waits.

Rows hold keyed digests of name and address only. A name is counted over all addresses, except from an address where its owner
logged in lately: that one is counted by itself, so that nobody outside can lock a whole hall out by guessing at its names.
"""
import hashlib
import ipaddress
import unicodedata
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.accounts.models import AccessEvent, LoginAttempt, RecoveryRelease
from config.errors import Refused

WINDOW = timedelta(minutes=15)
WRONG_A_NAME = 5
WRONG_AN_ADDRESS = 30
PAUSES = {3: timedelta(seconds=1), 4: timedelta(seconds=2)}  # after so many wrong tries, the least time to the next
KNOWN_FOR = timedelta(days=30)


class Wait(Refused):
    """Too many tries; `seconds` is the time until the next one is looked at."""

    def __init__(self, sentence, seconds):
        super().__init__(sentence)
        self.seconds = seconds


def key_of(text):
    """A name or address as a keyed digest, so that rows can be counted without holding it."""
    return hashlib.blake2b(text.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16).hexdigest()


def name_key(name):
    """The digest of a typed name; spellings that find the same account share it."""
    return key_of("name:" + unicodedata.normalize("NFKC", name).strip().casefold())


def network_key(address):
    """The digest of a network address; an IPv6 visitor is counted by the /64 they can choose addresses from."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return key_of(f"address:{address}")
    if parsed.version == 6:
        return key_of(f"address:{ipaddress.ip_network((int(parsed) >> 64 << 64, 64))}")
    return key_of(f"address:{parsed}")


def is_known(user, log_key, *, now):
    """Whether this person logged in from this address within the last 30 days; costs the same for a name nobody has."""
    return AccessEvent.objects.filter(user_id=user.pk if user else -1, act=AccessEvent.Act.LOGIN, address_key=log_key, at__gte=now - KNOWN_FOR).exists()


@transaction.atomic
def take(name, address, *, known, now):
    """Count one try before the password is looked at; `Wait` when it may not be looked at.

    The locks make twenty tries at once count like twenty in a row. A try that comes before its pause is over is counted unseen.
    """
    names, addresses = name_key(name), network_key(address)
    _one_at_a_time(names, addresses)
    since = now - WINDOW
    by_address = list(LoginAttempt.objects.filter(address_key=addresses, at__gt=since).order_by("-at").values_list("at", flat=True)[:WRONG_AN_ADDRESS])
    if len(by_address) >= WRONG_AN_ADDRESS:
        raise Wait(_too_many_here(by_address[-1] + WINDOW - now), _seconds(by_address[-1] + WINDOW - now))
    tries = tries_of(names, now=now)
    if known:
        tries = tries.filter(address_key=addresses)
    times = list(tries.order_by("-at").values_list("at", flat=True)[:WRONG_A_NAME])
    if len(times) >= WRONG_A_NAME:
        raise Wait(_too_many_for_name(times[-1] + WINDOW - now), _seconds(times[-1] + WINDOW - now))
    LoginAttempt.objects.create(name_key=names, address_key=addresses, at=now)
    pause = PAUSES.get(len(times))
    return pause is None or now - times[0] >= pause


def tries_of(names, *, now):
    """The tries that still count for a name: inside the window and after the last release."""
    tries = LoginAttempt.objects.filter(name_key=names, at__gt=now - WINDOW)
    released = RecoveryRelease.objects.filter(name_key=names, at__gt=now - WINDOW).order_by("-at").values_list("at", flat=True).first()
    return tries.filter(at__gt=released) if released else tries


def forget(name, address, *, known):
    """The try was right: the tries that were counted with it no longer count."""
    tries = LoginAttempt.objects.filter(name_key=name_key(name))
    if known:
        tries = tries.filter(address_key=network_key(address))
    tries.delete()


def locked_among(names, *, now):
    """Which of these user names are locked now: {name: since when}."""
    by_key = {name_key(name): name for name in names}
    times = {}
    for key, at in LoginAttempt.objects.filter(name_key__in=by_key, at__gt=now - WINDOW).order_by("at").values_list("name_key", "at"):
        times.setdefault(key, []).append(at)
    releases = dict(RecoveryRelease.objects.filter(name_key__in=times, at__gt=now - WINDOW).order_by("at").values_list("name_key", "at"))
    locked = {}
    for key, tried in times.items():
        counted = [at for at in tried if key not in releases or at > releases[key]]
        if len(counted) >= WRONG_A_NAME:
            locked[by_key[key]] = counted[-1]
    return locked


def _one_at_a_time(*keys):
    with connection.cursor() as cursor:
        for key in sorted(keys):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [key])


def _seconds(span):
    return max(1, round(span.total_seconds()))


def _minutes(span):
    return max(1, -(-_seconds(span) // 60))


def _too_many_for_name(span):
    return ngettext("Too many wrong tries were made with this user name. Try again in %(minutes)d minute, or ask your supervisor to release it.",
                    "Too many wrong tries were made with this user name. Try again in %(minutes)d minutes, or ask your supervisor to release it.",
                    _minutes(span)) % {"minutes": _minutes(span)}


def _too_many_here(span):
    return _("Too many wrong tries came from this connection. Try again in %(minutes)d min.") % {"minutes": _minutes(span)}


def sweep(*, now):
    """Forget tries that have long stopped counting."""
    LoginAttempt.objects.filter(at__lt=now - 4 * WINDOW).delete()
