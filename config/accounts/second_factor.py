"""The second step of privileged people: a code from an authenticator app, or a recovery code (RELIABILITY 6.3.3)."""
import hashlib
import secrets
import unicodedata
from base64 import b32encode
from binascii import unhexlify
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django_otp import match_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from config.accounts import throttle
from config.errors import Refused

RECOVERY_CODES = 10
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # without look-alikes


def is_due(user):
    """Whether this signed-in person must show a code before any page opens."""
    return settings.SECOND_FACTOR and not user.is_verified() and is_privileged(user)


def is_privileged(user):
    """Whether a role of this person asks for a second step; staff answers."""
    return bool(import_string(settings.PRIVILEGED_OF)(user))


def has_one(user):
    """Whether an authenticator app was set up."""
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).exists()


def codes_left(user):
    """How many recovery codes were not used yet."""
    return StaticToken.objects.filter(device__user_id=user.pk).count()


def new_secret():
    """A fresh secret as hexadecimal text; it becomes a device when a code of it was shown."""
    return random_hex(20)


def readable(secret):
    """The secret as people type it into an app: groups of four."""
    text = b32encode(unhexlify(secret)).decode()
    return " ".join(text[place:place + 4] for place in range(0, len(text), 4))


def app_address(user, secret):
    """The otpauth address that an authenticator app reads from the picture."""
    issuer = settings.OTP_TOTP_ISSUER
    query = urlencode({"secret": b32encode(unhexlify(secret)).decode(), "issuer": issuer, "digits": 6, "period": 30})
    return f"otpauth://totp/{quote(f'{issuer}:{user.username}')}?{query}"


@transaction.atomic
def set_up(user, secret, code):
    """Make the app the person's second step; returns (device, recovery codes). `Refused` when the code is not the app's."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    device = TOTPDevice.objects.create(user=user, name="app", key=secret, confirmed=True)
    typed = tidy(code)
    if not (typed.isdecimal() and device.verify_token(typed)):
        raise Refused(_("This is not the code that the app shows now. Wait for the next code and enter it."), field="code")
    codes = ["".join(secrets.choice(SIGNS) for _sign in range(10)) for _code in range(RECOVERY_CODES)]
    static = StaticDevice.objects.create(user=user, name="recovery", confirmed=True)
    StaticToken.objects.bulk_create([StaticToken(device=static, token=digest(one, settings.SECRET_KEY)) for one in codes])
    return device, [f"{one[:5]}-{one[5:]}" for one in codes]


def verify(user, code, *, address, now):
    """The device that takes this code; `Refused` when none does, `throttle.Wait` after too many. A code is good once."""
    name = f"code:{user.pk}"
    looked_at = throttle.take(name, address, known=False, now=now)
    typed = tidy(code)
    device = None
    if looked_at:
        for token in [typed] if len(typed) == 6 else [digest(typed, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]:
            device = device or match_token(user, token)
    if device is None:
        raise Refused(_("This code does not fit. Enter the code that the app shows now, or a recovery code you have not used."), field="code")
    throttle.forget(name, address, known=False)
    return device


def tidy(code):
    """A typed code without blanks and hyphens, fullwidth digits made plain."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", code).casefold() if sign.isalnum())


def digest(code, key):
    """A recovery code as it is kept: a keyed digest of 64 bits, never the code itself."""
    return hashlib.blake2b(code.encode(), key=key.encode()[:64], digest_size=8).hexdigest()


def take_away(user):
    """Forget app and recovery codes; the next log-in sets them up anew."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
