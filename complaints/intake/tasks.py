"""The doorbell of the complaint mailbox."""
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from complaints.intake import receiving


@shared_task(name="complaints.intake.tasks.read_mailbox")
def read_mailbox():
    """Read what is new, where the house has a mailbox."""
    if settings.COMPLAINT_MAILBOX:
        receiving.read_mailbox(settings.COMPLAINT_MAILBOX, now=timezone.now())
