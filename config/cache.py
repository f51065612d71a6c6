"""The cache, whose absence may slow a page but never break it (RELIABILITY R7)."""
import logging
import time

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
PAUSE = 1.0  # seconds without a new try after a failure, so that a hanging server costs one wait and not one a read
COUNT = """local counted = redis.call('INCR', KEYS[1])
if counted == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return counted"""  # whole or not at all, so that no counter is left without its end


class KeptClient(RedisCacheClient):
    """Django's client, which makes a new object of the library for each command; that takes as long as the command. Here it is made
    once a server: it may be used by all threads, and a process that forks goes on with connections of its own."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._clients = {}

    def get_client(self, key=None, *, write=False):
        """The client that keeps the connections of the server for `key`."""
        place = self._get_connection_pool_index(write)
        if place not in self._clients:
            self._clients[place] = super().get_client(key, write=write)
        return self._clients[place]

    def count(self, key, timeout):
        """One more under `key`, which ends `timeout` seconds after it began; returns the count. One command."""
        return self.get_client(key, write=True).eval(COUNT, 1, key, timeout)


class ForgivingCache(RedisCache):
    """Django's Redis cache that answers as an empty one while the server is away.

    A write that was missed would leave an old value behind (a session that was ended, say): so the cache is
    emptied before the first use after an absence. Sessions lie in the database too and lose nothing by it.
    """

    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = KeptClient
        self._away_until = 0.0
        self._missed = False

    def _forgive(self, act, *args, otherwise, writes, **kwargs):
        if time.monotonic() < self._away_until:
            self._missed = self._missed or writes
            return otherwise
        try:
            if self._missed:
                super().clear()
                self._missed = False
            return act(*args, **kwargs)
        except (RedisError, OSError) as absence:
            self._away_until = time.monotonic() + PAUSE
            self._missed = self._missed or writes
            log.warning("the cache is away: %s", type(absence).__name__)
            return otherwise

    def get(self, key, default=None, version=None):
        """The value, or `default` when there is none or nobody to ask."""
        return self._forgive(super().get, key, default, version, otherwise=default, writes=False)

    def get_many(self, keys, version=None):
        """The values that are there."""
        return self._forgive(super().get_many, keys, version, otherwise={}, writes=False)

    def has_key(self, key, version=None):
        """Whether there is a value."""
        return self._forgive(super().has_key, key, version, otherwise=False, writes=False)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Keep a value."""
        return self._forgive(super().set, key, value, timeout, version, otherwise=None, writes=True)

    def set_many(self, data, timeout=DEFAULT_TIMEOUT, version=None):
        """Keep several values; returns the keys that were not kept."""
        return self._forgive(super().set_many, data, timeout, version, otherwise=list(data), writes=True)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Keep a value unless there is one; False when it was not kept."""
        return self._forgive(super().add, key, value, timeout, version, otherwise=False, writes=True)

    def incr(self, key, delta=1, version=None):
        """Count up; ValueError when there is nothing to count, as with any cache that forgot."""
        counted = self._forgive(super().incr, key, delta, version, otherwise=None, writes=True)
        if counted is None:
            raise ValueError("The cache is away, so nothing was counted.")
        return counted

    def count(self, key, timeout, version=None):
        """Count one up from nothing, `timeout` seconds long at most; None with nobody to count."""
        return self._forgive(self._cache.count, self.make_and_validate_key(key, version=version), timeout, otherwise=None, writes=True)

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        """Keep a value longer; False when there is none."""
        return self._forgive(super().touch, key, timeout, version, otherwise=False, writes=True)

    def delete(self, key, version=None):
        """Forget a value; False when there was none."""
        return self._forgive(super().delete, key, version, otherwise=False, writes=True)

    def delete_many(self, keys, version=None):
        """Forget several values."""
        return self._forgive(super().delete_many, list(keys), version, otherwise=None, writes=True)

    def clear(self):
        """Forget everything."""
        return self._forgive(super().clear, otherwise=False, writes=True)
