"""What the clock does in the notifications room."""
from celery import shared_task
from django.utils import timezone

from staff.notifications import services


@shared_task(name="staff.notifications.tasks.digests")
def digests():
    """Leave the mails of the day that are due."""
    services.send_digests(timezone.now())
