"""Rate limits by counter in the cache: so many acts per window and key (RELIABILITY 2.4.1)."""
import time

from django.core.cache import cache


def used_up(what, key, *, limit, seconds):
    """Count one act of `what` by `key`; True once more than `limit` fell into the running window of `seconds`.

    With the cache away nothing is limited: a broker that is gone must never stop a desk (RELIABILITY R7).
    """
    name = name_of(what, key, seconds)
    try:
        cache.add(name, 0, timeout=seconds * 2)
        return cache.incr(name) > limit
    except (OSError, ValueError):
        return False


def name_of(what, key, seconds):
    """Where the cache counts these acts in the running window."""
    return f"limit:{what}:{key}:{int(time.time() // seconds)}"
