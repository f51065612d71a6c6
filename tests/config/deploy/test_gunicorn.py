"""What gunicorn does before it copies its workers."""
import runpy

import pytest
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper

from config.embedded import places


@pytest.fixture
def pre_fork(monkeypatch):
    """The hook of our configuration, which also switches the pool on for its own process."""
    monkeypatch.setenv("DATABASE_POOL", "on")
    return runpy.run_path(str(places.CHECKOUT / "config/deploy/gunicorn.py"))["pre_fork"]


def test_no_connection_and_no_pool_crosses_into_a_worker(db, pre_fork, monkeypatch):
    facts = connection.settings_dict | {"OPTIONS": {"pool": {"min_size": 1, "max_size": 2}}, "CONN_MAX_AGE": 0}
    pooled = DatabaseWrapper(facts, alias="pooled")
    connections["pooled"] = pooled
    monkeypatch.setattr(connections, "all", lambda initialized_only=False: [pooled])
    pooled.ensure_connection()
    pool = pooled.pool
    pre_fork(None, None)
    del connections["pooled"]
    assert pooled.connection is None
    assert pool.closed
    assert "pooled" not in pooled._connection_pools
