"""What the clock does: thin, calls services."""
from celery import shared_task
from django.utils import timezone

from config.accounts.actor import Actor
from reception.customers import services


@shared_task(name="reception.customers.tasks.find_duplicates")
def find_duplicates():
    """Note new pairs of files that may be one person; running twice notes none twice."""
    return services.find_duplicates(Actor.system("find_duplicate_customers"), now=timezone.now())
