"""What the clock does in the archive."""
from celery import shared_task
from django.utils import timezone

from staff.archive.services import stocktakes


@shared_task(name="staff.archive.tasks.check_files")
def check_files():
    """Look at the files of open stocktakings."""
    stocktakes.check_files(timezone.now())
