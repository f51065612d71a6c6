"""The databases of the bench: clones of the migrated one on the embedded server, filled by the rooms, never the demo's."""
import datetime
import hashlib
import time
from contextlib import ExitStack, contextmanager
from random import Random

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from config.accounts.models import User
from config.bench.people import company
from config.contributions import bench
from config.embedded import places, servers
from config.embedded.supervisor import alone

NAME = "hallkeeper_bench_{}"
MARK = "bench rows"
IN_A_HURRY = ("SET maintenance_work_mem = '512MB'", "SET work_mem = '256MB'", "SET synchronous_commit = off")


@contextmanager
def running_servers():
    """The embedded servers of this instance, started for the time being unless they run already."""
    with ExitStack() as ends:
        ends.callback(connections.close_all)
        if not servers.postgres_ready(settings.INSTANCE):
            ends.enter_context(alone(settings.INSTANCE))
            servers.start(settings.INSTANCE, adopt=lambda child: ends.callback(child.stop))
            call_command("setup", verbosity=0)
        connections.close_all()  # a database that somebody is connected to is not cloned
        yield


def refuse_used():
    """A sentence when the database that is cloned holds anything: then it is somebody's, and none of ours; '' otherwise."""
    with psycopg.connect(**server(places.DATABASE)) as found:
        used = found.execute("SELECT 1 FROM config_user LIMIT 1").fetchone()
    return "The servers of this instance hold data. Start the bench by ./run bench, which uses servers of its own." if used else ""


def server(name="postgres"):
    """The arguments that open the owner's connection to a database of the embedded server."""
    return {"host": str(settings.INSTANCE.sockets), "user": places.OWNER, "dbname": name, "autocommit": True}


def make(size, tell):
    """The name of the database of this size, filled; one that an earlier run kept is used again if it was filled by the same rows."""
    name, wanted = NAME.format(size), f"{MARK} {fingerprint()}"
    with psycopg.connect(**server()) as owner:
        found = owner.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]).fetchone()
        if found == (wanted,):
            tell(f"{size:,} rows: kept by an earlier run.")
            with using(name):
                call_command("migrate", verbosity=0, interactive=False)
            return name
        drop(name)
        owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(sql.Identifier(name), sql.Identifier(places.DATABASE)))
        with using(name):
            fill(size, tell)
        owner.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(wanted)))
    return name


def drop(name):
    """Remove a database of the bench."""
    with psycopg.connect(**server()) as owner:
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def fingerprint():
    """What changes with what the rooms fill in, and with the day: people wait today."""
    digest = hashlib.sha256(datetime.date.today().isoformat().encode())
    for pattern in ("*/*/bench_rows.py", "config/bench/people.py"):
        for path in sorted(places.CHECKOUT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def using(name, role=places.OWNER):
    """Within this block Django works in the database `name`, as that role."""
    before = {alias: dict(connections[alias].settings_dict) for alias in connections}
    switch(dict.fromkeys(before, {"NAME": name, "USER": role}))
    try:
        yield
    finally:
        switch(before)


def switch(facts):
    """Close each connection and go on with these settings."""
    for alias, changed in facts.items():
        connections[alias].close()
        connections[alias].settings_dict.update(changed)


def fill(size, tell):
    """The company of the demo with its people and its day, and `size` rows of each room on top."""
    began = time.monotonic()
    company(Random(size))
    with connections["default"].cursor() as cursor:
        for statement in IN_A_HURRY:
            cursor.execute(statement)
        with indexes_afterwards(cursor, tell):
            for one in bench.fills():
                at = time.monotonic()
                one.write(cursor, size)
                tell(f"{size:,} rows: {one.key} in {time.monotonic() - at:.1f} s")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
    tell(f"{size:,} rows: filled and analysed in {time.monotonic() - began:.1f} s, for {User.objects.count()} users.")


@contextmanager
def indexes_afterwards(cursor, tell):
    """Within this block the tables of the chapters have the indexes of their constraints alone; the others are made at its end, which is
    many times quicker than row by row."""
    cursor.execute("SELECT quote_ident(c.relname), pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
                   "WHERE c.relnamespace = 'public'::regnamespace AND NOT i.indisunique AND NOT i.indisexclusion AND i.indrelid::regclass::text ~ %s",
                   [f"^({'|'.join(settings.CHAPTERS)})_"])
    found = cursor.fetchall()
    for name, _made in found:
        cursor.execute(f"DROP INDEX {name}")
    yield
    at = time.monotonic()
    for _name, made in found:
        cursor.execute(made)
    tell(f"{len(found)} indexes in {time.monotonic() - at:.1f} s")
