"""The doorbells of long work."""
import logging

from celery import shared_task
from django.utils import timezone

from config.jobs import services

log = logging.getLogger(__name__)
STEPS_A_RING = 20


@shared_task(name="config.jobs.tasks.run")
def run(job_id):
    """Step a job a while, then ring again, so that no task runs near the visibility timeout."""
    try:
        for _ in range(STEPS_A_RING):
            if not services.take_step(job_id):
                return
    except Exception:
        log.exception("a step failed", extra={"job": job_id})
        services.blame(job_id)
        raise
    services.ring(job_id)


@shared_task(name="config.jobs.tasks.sweep")
def sweep():
    """Ring again for jobs that nobody touched lately."""
    for job_id in services.stale(now=timezone.now()):
        services.ring(job_id)
