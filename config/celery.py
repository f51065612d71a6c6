"""The Celery application. Its timetable is what the rooms registered in their schedules.py; nothing is scheduled elsewhere."""
import logging
import os

from celery import Celery, Task
from celery.signals import beat_init, setup_logging, worker_init, worker_ready
from kombu import Exchange, Queue
from kombu.exceptions import OperationalError

from config import env
from config.stack import roomy

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
log = logging.getLogger(__name__)
HEARTBEAT = "heartbeat"  # the cache key under which the worker leaves the time of its last sign of life
HEARTBEAT_SECONDS = 15
ONCE_MORE = {"max_retries": 1, "interval_start": 0, "interval_step": 0}  # a connection of before the broker's restart is replaced


class RoomyTask(Task):
    """A task with room for its calls (config/stack.py)."""

    @roomy
    def __call__(self, *args, **kwargs):
        return self.run(*args, **kwargs)


with env.one_sentence():
    from django.conf import settings

    _ = settings.SECRET_KEY  # read the settings now, where a wrong variable ends in its sentence
    app = Celery("hallkeeper", task_cls=RoomyTask)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.task_queues = [Queue(name, Exchange(name), routing_key=name) for name in ("desk", "bulk")]


def timetable():
    """What beat does and when, by key: an entry of the registry each, and the worker's sign of life."""
    from config.contributions import schedules

    entries = {one.key: {"task": one.task, "schedule": one.cadence, "args": one.args} for one in schedules.all()}
    entries[HEARTBEAT] = {"task": "config.celery.heartbeat", "schedule": HEARTBEAT_SECONDS,
                          "options": {"expires": 2 * HEARTBEAT_SECONDS}}
    return entries


@app.on_after_finalize.connect
def set_timetable(sender, **kwargs):
    """Give beat its timetable once every room has registered."""
    sender.conf.beat_schedule = timetable()


@setup_logging.connect
def keep_our_logging(**kwargs):
    """Leave logging as the settings made it; Celery would add its own handlers."""


@worker_init.connect
@beat_init.connect
def start_on_real_data(**kwargs):
    """Neither worker nor beat of production starts on demo data."""
    from config.embedded.demo_mark import refuse_demo_data

    refuse_demo_data()


@app.task(name="config.celery.heartbeat")
def heartbeat():
    """Say that beat, queue and worker are alive; /readyz reads it."""
    import time

    from django.core.cache import cache

    cache.set(HEARTBEAT, time.time(), timeout=10 * HEARTBEAT_SECONDS)


@worker_ready.connect
def say_so_at_once(**kwargs):
    """The first sign of life follows the worker's start, not beat's next turn."""
    ring("config.celery.heartbeat")


def ring(task, *args, **options):
    """Call a task by name; False when the broker is away. The row that waits is found by its sweep then, so nothing is lost."""
    try:
        app.send_task(task, args=args, retry=True, retry_policy=ONCE_MORE, **options)
    except (OperationalError, OSError) as absence:
        log.warning("the broker is away: %s", type(absence).__name__)
        return False
    return True
