"""What the clock does in the visits room."""
from datetime import timedelta
from zoneinfo import ZoneInfo

from celery import shared_task
from django.utils import timezone

from config.accounts.actor import Actor
from reception.visits import (
    appointments,
    importing,  # noqa: F401 - it registers the long work of bringing registers in
    posts,
    queries,
    services,
    states,
    telling,
)
from reception.visits.hosts import services as hosts
from reception.visits.models import Visit
from reception.visits.queue_models import Appointment, PostSpell
from staff.organisation.models import Hall

GRACE = timedelta(minutes=30)  # people are still served a while after the door is shut


@shared_task(name="reception.visits.tasks.close_days")
def close_days():
    """Close, in every hall whose day has ended, what was left open, unless the hall keeps it open; catches up with days on which nothing ran."""
    now = timezone.now()
    for hall in Hall.objects.filter(pk__in=Visit.objects.filter(state__in=states.PRESENT).values("hall")).exclude(queue__closes_left_open=False):
        end_days(hall, now)
    unended = Appointment.objects.filter(state=states.PLANNED, at__lt=now).values("hall").union(PostSpell.objects.filter(ended_at=None).values("hall"))
    for hall in Hall.objects.filter(pk__in=unended):
        end_posts(hall, now)


@shared_task(name="reception.visits.tasks.call_hosts")
def call_hosts(visit_id=None):
    """Tell hosts of their visitors, of one visit when the doorbell names it; by the clock also pass on what nobody answered."""
    now = timezone.now()
    hosts.call_waiting(now, visit_id)
    if visit_id is None:
        hosts.pass_on(now)


@shared_task(name="reception.visits.tasks.tell")
def tell():
    """Tell shift leaders of who waits too long, and advisers of their appointments."""
    now = timezone.now()
    telling.tell_alerts(now)
    telling.remind(now)


def end_posts(hall, now):
    """One hall: posts that were left open or paused end with their day, and who was expected and did not come is noted as missed."""
    actor = Actor.system("visits-day-end")

    def closing(moment):
        day = hall.day_of(moment)
        until, midnight = queries.closing_time(hall, day), queries.day_bounds(hall, day)[1]
        return until if now >= min(until + GRACE, midnight) else None

    posts.end_days(actor, hall, closing)
    appointments.miss(actor, hall, before=queries.day_bounds(hall, hall.day_of(now))[1 if closing(now) else 0])


def end_days(hall, now):
    """One hall: each past day with open visits is closed at that day's own closing time, the oldest first."""
    actor = Actor.system("visits-day-end")
    oldest = Visit.objects.filter(hall=hall, state__in=states.PRESENT).order_by("arrived_at").values_list("arrived_at", flat=True).first()
    if oldest is None:
        return
    zone = ZoneInfo(hall.timezone)
    day, today = timezone.localtime(oldest, zone).date(), timezone.localtime(now, zone).date()
    while day <= today:
        until = queries.closing_time(hall, day)
        _start, midnight = queries.day_bounds(hall, day)
        if now >= min(until + GRACE, midnight):
            while services.close_day(actor, hall, until=until if day == today else midnight, shown=until, now=now):
                pass
        day += timedelta(days=1)
