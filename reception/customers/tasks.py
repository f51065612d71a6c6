"""What the clock does: thin, calls services."""
from celery import shared_task
from django.utils import timezone

from config.accounts.actor import Actor
from reception.customers import services
from reception.customers.services import retention


@shared_task(name="reception.customers.tasks.find_duplicates")
def find_duplicates():
    """Note new pairs of files that may be one person; running twice notes none twice."""
    return services.find_duplicates(Actor.system("find_duplicate_customers"), now=timezone.now())


@shared_task(name="reception.customers.tasks.erase_after_retention")
def erase_after_retention():
    """Leave the long work that erases the files kept long enough; nothing while one runs."""
    retention.start(Actor.system("erase_after_retention"), now=timezone.now(), today=timezone.localdate())
