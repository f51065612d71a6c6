"""The secret link of a complaint: its public code sealed with the house's key, so that nothing is stored and an altered character breaks it."""
import hmac
import re

from django.conf import settings
from django.utils.crypto import salted_hmac

from config.numbers.services import ALPHABET, CODE_LENGTH

SEAL = 32  # hexadecimal digits: 128 bits
KEY = re.compile(rf"([{ALPHABET}]{{{CODE_LENGTH}}})([0-9a-f]{{{SEAL}}})", re.ASCII)


def seal(code, secret=None):
    """The seal of a public code under the house's key or an older one."""
    return salted_hmac("complaints.portal.track", code, secret=secret, algorithm="sha256").hexdigest()[:SEAL]


def track_key(code):
    """The key of the tracking page of the complaint with this public code."""
    return code + seal(code)


def code_of(key):
    """The public code in a key, or None for one that was altered or made up; keys made under an older key of the house stay good."""
    found = KEY.fullmatch(key)
    if not found:
        return None
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return found[1] if any(hmac.compare_digest(seal(found[1], secret), found[2]) for secret in secrets) else None
