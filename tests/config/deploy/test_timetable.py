"""What the clock starts: the registry's schedules and nothing else, each with a task that exists."""
import os
import subprocess
import sys
import time
from io import StringIO

from celery.schedules import schedule
from django.conf import settings
from django.core.management import call_command
from kombu import Connection

from config import celery
from config.contributions import schedules
from config.embedded.places import CHECKOUT


def printed():
    """The printed timetable as key -> line."""
    out = StringIO()
    call_command("timetable", stdout=out)
    return {line.split()[0]: line for line in out.getvalue().splitlines()}


def test_it_prints_every_registered_schedule_and_the_sign_of_life():
    assert printed().keys() == {one.key for one in schedules.all()} | {celery.HEARTBEAT}
    assert "every 60 s" in printed()["outbox-sweep"]


def test_a_schedule_that_a_room_adds_is_started_and_one_taken_away_is_not():
    schedules.register(key="probe", task="config.celery.heartbeat", cadence=schedule(7), label="Probe")
    try:
        assert celery.timetable()["probe"]["task"] == "config.celery.heartbeat"
        assert "every 7 s" in printed()["probe"]
    finally:
        schedules.SCHEDULES.without("probe")
    assert "probe" not in printed()
    assert "probe" not in celery.timetable()


def test_every_entry_names_a_task_that_exists():
    celery.app.finalize()
    assert {entry["task"] for entry in celery.timetable().values()} <= set(celery.app.tasks)


def test_beat_works_from_the_same_timetable():
    celery.app.finalize()
    assert celery.app.conf.beat_schedule.keys() == celery.timetable().keys()


def waiting(queue):
    """How many messages wait in a queue."""
    with Connection(settings.CELERY_BROKER_URL) as connection:
        return connection.default_channel.client.llen(queue)


def test_a_doorbell_rings_once_and_in_its_own_queue(django_db_setup):
    with Connection(settings.CELERY_BROKER_URL) as connection:
        connection.default_channel.client.flushdb()
    assert celery.ring("config.celery.heartbeat")
    assert celery.ring("config.celery.heartbeat", queue="bulk")
    assert (waiting("desk"), waiting("bulk")) == (1, 1)


def test_a_doorbell_without_a_broker_answers_no_at_once_and_raises_nothing():
    program = "import django; django.setup(); from config import celery; print(celery.ring('config.celery.heartbeat'))"
    start = time.monotonic()
    ended = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, timeout=30, env=os.environ | {
        "REDIS_URL": "redis+socket:///nowhere/valkey.sock", "DJANGO_SETTINGS_MODULE": "config.settings"})
    assert ended.stdout.splitlines()[-1] == "False", ended.stderr
    assert time.monotonic() - start < 15
