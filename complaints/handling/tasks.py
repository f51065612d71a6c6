"""What the clock does for complaints."""
from celery import shared_task
from django.utils import timezone

from complaints.handling import escalating, recomputing, telling


@shared_task(name="complaints.handling.tasks.watch")
def watch():
    """SCH-17: remind before a limit, go up the ladder after it."""
    now = timezone.now()
    telling.remind(now)
    escalating.escalate(now)


@shared_task(name="complaints.handling.tasks.work_out")
def work_out():
    """Limits by the calendar as it is now, where no act told of its change."""
    recomputing.everywhere(timezone.now())
