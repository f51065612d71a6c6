"""What the clock does in the duties room."""
from celery import shared_task
from django.utils import timezone

from staff.duties import reminding, services


@shared_task(name="staff.duties.tasks.run")
def run(key):
    """Work one schedule off; harmless twice, and after days without a clock."""
    services.run(key, now=timezone.now())


@shared_task(name="staff.duties.tasks.catch_up")
def catch_up():
    """Work off what was rung for in vain."""
    services.catch_up(timezone.now())


@shared_task(name="staff.duties.tasks.miss")
def miss():
    """Close what was missed."""
    services.miss(timezone.now())


@shared_task(name="staff.duties.tasks.escalate")
def escalate():
    """Tell superiors of what stays undone."""
    services.escalate(timezone.now())


@shared_task(name="staff.duties.tasks.remind")
def remind():
    """Tell people of what is new, soon, late or passed on to them."""
    reminding.remind(timezone.now())
