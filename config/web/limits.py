"""Rate limits by counter in the cache: so many acts per window and key (RELIABILITY 2.4.1)."""
import time

from django.core.cache import cache


def used_up(what, key, *, limit, seconds):
    """Count one act of `what` by `key`; True once more than `limit` fell into the running window of `seconds`.

    With the cache away nothing is limited: a broker that is gone must never stop a desk (RELIABILITY R7).
    """
    window = int(time.time() // seconds)
    name = f"limit:{what}:{key}:{window}"
    try:
        cache.add(name, 0, timeout=seconds * 2)
        return cache.incr(name) > limit
    except (OSError, ValueError):
        return False
