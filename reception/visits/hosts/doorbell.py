"""The doorbell of calls of hosts, rung by the acts that give a visitor to somebody."""
from django.db import transaction

from config import celery

TASK = "reception.visits.tasks.call_hosts"


def ring(visit):
    """After the commit a worker tells the host of this visit; without a broker the clock does within a minute. The desk waits for neither."""
    pk = visit.pk
    transaction.on_commit(lambda: celery.ring(TASK, pk))
