"""Who else is here: the people who have the same record open now, and who of them types (UX 22).

It lives in the cache alone: gone 40 seconds after the last sign of life, and without the broker simply not said.
"""
import time

from django.core import signing
from django.core.cache import cache
from django.db.models import Model

SECONDS = 40  # a page says every 15 seconds that it is still open
SALT = "config.web.presence"
A_SHIFT = 12 * 60 * 60


def token_of(record, user):
    """What a page shows to prove that this person may know who is at this record; '' for what is no record."""
    if not isinstance(record, Model) or record.pk is None or not user.is_authenticated:
        return ""
    return signing.dumps([record._meta.label_lower, record.pk, user.pk], salt=SALT, compress=False)


def place_of(token, user):
    """The name of the record in the cache; None for a token that is not this person's or too old."""
    try:
        label, pk, owner = signing.loads(token, salt=SALT, max_age=A_SHIFT)
    except (signing.BadSignature, ValueError):
        return None
    return f"here:{label}:{pk}" if owner == user.pk else None


def note(place, user, *, window, edits, now=None):
    """This window of this person is at the record; returns the others there, as a list of (name, types)."""
    now = now or time.time()
    people = alive(place, now)
    people[f"{user.pk}:{window}"] = (user.pk, str(user), edits, now)
    cache.set(place, people, timeout=SECONDS)
    return others(people, user)


def leave(place, user, *, window):
    """The window was closed."""
    people = alive(place, time.time())
    if people.pop(f"{user.pk}:{window}", None):
        cache.set(place, people, timeout=SECONDS)


def alive(place, now):
    """Who gave a sign of life lately."""
    return {key: facts for key, facts in (cache.get(place) or {}).items() if now - facts[3] < SECONDS}


def others(people, user):
    """The other people, each once: who types in one of their windows is said to type."""
    found = {}
    for pk, name, edits, _at in people.values():
        if pk != user.pk:
            found[pk] = (name, edits or (pk in found and found[pk][1]))
    return sorted(found.values(), key=lambda one: (not one[1], one[0]))
