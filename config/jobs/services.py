"""Starting, running and cancelling long work. The row is the work; the queue is a doorbell."""
from datetime import timedelta

from django.db import OperationalError, transaction
from django.utils import timezone, translation
from psycopg.errors import DeadlockDetected

from config import celery
from config.errors import Refused
from config.jobs.events import job_ended
from config.jobs.models import Job, JobFile
from config.jobs.works import WORKS

STALE_AFTER = timedelta(seconds=30)
MAX_ATTEMPTS = 5
OPEN = (Job.State.WAITING, Job.State.RUNNING)


@transaction.atomic
def start(actor, work, *, title, now, language="en", arguments=None, kind="", record_id=None, files=()):
    """Write a job row (and its files as (role, name, type, bytes)); a worker takes it up after the commit."""
    job = Job.objects.create(work=work, title=title, user=actor.user, language=language, arguments=arguments or {}, kind=kind,
                             record_id=record_id, created_at=now, touched_at=now)
    JobFile.objects.bulk_create([JobFile(job=job, role=role, name=name, content_type=content_type, content=content)
                                 for role, name, content_type, content in files])
    transaction.on_commit(lambda: ring(job.pk))
    return job


def ring(job_id):
    """Ring the doorbell; with the broker away the sweep finds the row a minute later."""
    celery.ring("config.jobs.tasks.run", job_id, queue="bulk")


def take_step(job_id):
    """Do one step of a job in one transaction; returns whether there is more to do. Two workers never step the same job. A step and another one that
    wait for each other's rows are parted by the database: the one that it chose is taken again."""
    try:
        return _take_step(job_id)
    except OperationalError as error:
        if not isinstance(error.__cause__, DeadlockDetected):
            raise
        return True


def _take_step(job_id):
    with transaction.atomic():
        job = Job.objects.select_for_update(skip_locked=True).filter(pk=job_id, state__in=OPEN).first()
        if job is None:
            return False
        if job.cancel_asked:
            _finish(job, Job.State.CANCELLED)
            return False
        job.state = Job.State.RUNNING
        try:
            with transaction.atomic(), translation.override(job.language):
                finished = WORKS.get(job.work).step(job)
        except Refused as refusal:
            job.refresh_from_db()  # what the step had counted was taken back with it
            job.problem = str(refusal)[:300]
            _finish(job, Job.State.FAILED)
            return False
        job.attempts = 0
        if finished:
            _finish(job, Job.State.DONE)
            return False
        job.touched_at = timezone.now()
        job.save()
        return True


def _finish(job, state):
    job.state, job.finished_at, job.touched_at = state, timezone.now(), timezone.now()
    job.save()
    work = WORKS.get(job.work)
    if state != Job.State.DONE and work and work.stopped:
        work.stopped(job)
    job_ended.send(sender=Job, job_id=job.pk, now=job.finished_at)


def blame(job_id):
    """A step died with a bug: try again later each time, and park the job after five tries so that it cannot stop the others."""
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=job_id, state__in=OPEN).first()
        if job is None:  # somebody else brought it to an end meanwhile
            return
        job.attempts += 1
        job.touched_at = timezone.now() + STALE_AFTER * (2 ** job.attempts - 2)  # the sweep takes it up `STALE_AFTER` after this
        if job.attempts >= MAX_ATTEMPTS:
            job.problem = "internal"
            _finish(job, Job.State.FAILED)
        else:
            job.save()


def stale(*, now):
    """Ids of open jobs that nobody touched lately: their worker died or the doorbell was never heard."""
    return list(Job.objects.filter(state__in=OPEN, touched_at__lt=now - STALE_AFTER).order_by("touched_at").values_list("pk", flat=True)[:50])


def ask_to_cancel(actor, job):
    """The owner asks the work to stop; it stops before its next step."""
    Job.objects.filter(pk=job.pk, user=actor.user).update(cancel_asked=True)
