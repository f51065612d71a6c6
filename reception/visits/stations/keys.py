"""The keys that stand in for a log-in: a station's own, the link of a waiting visitor, the short-lived code of a kiosk.

A station's key is 128 random bits of which only the hash is kept. The two others hold no secret of their own: they are what they
name, sealed with the house's key, so that nothing is stored and an altered character breaks them.
"""
import hashlib
import hmac
import re

from django.conf import settings
from django.utils.crypto import salted_hmac

from config.numbers.services import ALPHABET, CODE_LENGTH

SEAL = 32  # hexadecimal digits: 128 bits
CHECK_IN_MINUTES = 15  # how long the code on a kiosk's screen is good for
DEMO = {"kiosk": "demo-kiosk-sales", "display": "demo-display-sales"}  # known to everybody, and made by the demo alone
WAIT = re.compile(rf"([{ALPHABET}]{{{CODE_LENGTH}}})([0-9a-f]{{{SEAL}}})", re.ASCII)
CHECK_IN = re.compile(rf"([1-9][0-9]{{0,17}})-([0-9]{{1,10}})-([0-9a-f]{{{SEAL}}})", re.ASCII)


def hash_of(key):
    """What is kept of a station's key. The key is random, so a plain hash is enough; nobody can guess backwards from it."""
    return hashlib.sha256(key.encode()).hexdigest()


def seal(purpose, text, secret=None):
    """The seal of `text` for one purpose, under the house's key or an older one."""
    return salted_hmac(f"reception.stations.{purpose}", text, secret=secret, algorithm="sha256").hexdigest()[:SEAL]


def is_sealed(purpose, text, given):
    """Whether `given` is the seal of `text`; links made under an older key of the house stay good."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(hmac.compare_digest(seal(purpose, text, secret), given) for secret in secrets)


def wait_key(public_code):
    """The key of a visit's waiting page: its random public code with a seal; it shows neither order nor volume."""
    return public_code + seal("wait", public_code)


def code_of(wait):
    """The public code in the key of a waiting page, or None for a key that was altered or made up."""
    found = WAIT.fullmatch(wait)
    return found[1] if found and is_sealed("wait", found[1], found[2]) else None


def check_in_key(station_id, now):
    """The key behind the code on a kiosk's screen, good for CHECK_IN_MINUTES from now."""
    text = f"{station_id}-{int(now.timestamp()) // 60}"
    return f"{text}-{seal('check-in', text)}"


def station_of(check_in, now):
    """(id of the kiosk or None, whether the key has run out) for the key of a check-in page."""
    found = CHECK_IN.fullmatch(check_in)
    if not found or not is_sealed("check-in", f"{found[1]}-{found[2]}", found[3]):
        return None, False
    age = int(now.timestamp()) // 60 - int(found[2])
    return int(found[1]), not 0 <= age <= CHECK_IN_MINUTES
