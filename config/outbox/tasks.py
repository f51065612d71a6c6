"""The doorbell of the outbox: a sweep each minute hands waiting messages over, one at a time."""
import time

from celery import shared_task
from django.utils import timezone

from config.outbox import gateway, services

LONGEST = 50  # seconds of one sweep: the next comes after 60, and a task is ended by force after 120


@shared_task(name="config.outbox.tasks.sweep")
def sweep():
    """Hand over what waits and doubt what never came back. With a gateway that hangs it stops in time; the next sweep goes on."""
    services.doubt(now=timezone.now())
    until = time.monotonic() + LONGEST
    for message_id in services.waiting(now=timezone.now()):
        if time.monotonic() > until:
            return
        deliver(message_id)


@shared_task(name="config.outbox.tasks.deliver")
def deliver(message_id):
    """Deliver one message if nobody else holds it."""
    message = services.claim(message_id, now=timezone.now())
    if message is None:
        return
    try:
        gateway.send(message)
    except gateway.NotTaken as problem:
        services.postpone(message, problem, now=timezone.now())
    except gateway.Unknown as problem:
        services.unknown(message, problem)
    else:
        services.mark_sent(message, now=timezone.now())
