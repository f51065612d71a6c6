"""What the clock does in the organisation."""
from celery import shared_task
from django.utils import timezone

from config.accounts.actor import Actor
from staff.organisation import services


@shared_task(name="staff.organisation.tasks.settle_leavers")
def settle_leavers():
    """Close the accounts of people whose day of leaving has come."""
    services.settle_leavers(Actor.system("settle_leavers"), now=timezone.now())
