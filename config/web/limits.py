"""Rate limits by counter in the cache: so many acts per window and key (RELIABILITY 2.4.1)."""
import time

from django.core.cache import cache


def used_up(what, key, *, limit, seconds):
    """Count one act of `what` by `key`; True once more than `limit` fell into the running window of `seconds`.

    With the cache away nothing is limited: a broker that is gone must never stop a desk (RELIABILITY R7).
    """
    counted = cache.count(name_of(what, key, seconds), timeout=seconds * 2)
    return counted is not None and counted > limit


def name_of(what, key, seconds):
    """Where the cache counts these acts in the running window."""
    return f"limit:{what}:{key}:{int(time.time() // seconds)}"
