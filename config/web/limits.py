"""Rate limits by counter in the cache: so many acts per window and key (RELIABILITY 2.4.1)."""
from django.core.cache import cache


def used_up(what, key, *, limit, seconds):
    """Count one act of `what` by `key`; True once more than `limit` fell into the `seconds` that began with the first of them.

    With the cache away nothing is limited: a broker that is gone must never stop a desk (RELIABILITY R7).
    """
    counted = cache.count(name_of(what, key), timeout=seconds)
    return counted is not None and counted > limit


def name_of(what, key):
    """Where the cache counts these acts."""
    return f"limit:{what}:{key}"
