"""The nightly tidying of what only matters for a while."""
from celery import shared_task
from django.contrib.sessions.backends.cached_db import SessionStore
from django.utils import timezone

from config.accounts import throttle
from config.privacy import erasing
from config.web import bulk, drafts, oneoff, own_data, undo


@shared_task(name="config.web.tasks.tidy")
def tidy():
    """Forget expired sessions, used one-off keys, old drafts, log-in tries that no longer count, old runs over many rows, acts that
    nobody can undo any more, copies of somebody's data, and stored files of people who were erased."""
    now = timezone.now()
    SessionStore.clear_expired()
    throttle.sweep(now=now)
    drafts.sweep(now=now)
    oneoff.sweep(now=now)
    undo.sweep(now=now)
    bulk.sweep(now=now)
    own_data.sweep(now=now)
    erasing.remove_files()
