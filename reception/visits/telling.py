"""What the clock tells people of the hall: who waits too long, and who expects a visitor soon (FIELD 2.1 29, GEN-07)."""
from datetime import timedelta

from django.utils.translation import override

from reception.visits import states, watch
from reception.visits.appointments import settings_of
from reception.visits.hosts.queries import leaders
from reception.visits.models import Visit
from reception.visits.queue_models import Appointment
from staff.notifications import services as notifications
from staff.notifications.services import News
from staff.notifications.words import SOURCE, Word
from staff.organisation.models import Hall

KINDS = {"long": "visit-alert", "idle": "visit-idle"}  # of notification, by the kind of alert
LONGEST = timedelta(minutes=240)  # no hall reminds earlier than this; its form allows no more
RECENT = timedelta(hours=24)


def tell_alerts(now):
    """Tell the shift leaders of every hall in which somebody is now of what they have to know, each alert once. Returns how many were told."""
    busy = Visit.objects.filter(state__in=sorted(states.PRESENT), arrived_at__gte=now - RECENT).values("hall")
    return sum(tell_alerts_of(hall, now) for hall in Hall.objects.filter(pk__in=busy).select_related("queue", "manager").order_by("pk"))


def tell_alerts_of(hall, now):
    """The same of one hall."""
    with override(SOURCE):  # whoever waits without a ticket is told by a word, which each reader gets in their language
        found = watch.alerts_in(hall, now)["alerts"]
    people = leaders(hall, now) if found else []
    return sum(notifications.tell(KINDS[alert.kind], [
        News(person.user, f"{alert.visit_id}", ("visit", alert.visit_id), {"hall": hall.name, "who": Word(alert.who), "minutes": alert.minutes})
        for person in people if person.user_id], now=now) for alert in found)


def remind(now):
    """Remind advisers of their appointments, each once; again when the appointment was moved. Returns how many were reminded."""
    rows = (Appointment.objects.filter(state=states.PLANNED, at__gt=now, at__lte=now + LONGEST, employee__user__isnull=False)
            .select_related("hall__queue", "employee__user").order_by("at", "pk"))
    soon = [row for row in rows if row.at - now <= timedelta(minutes=settings_of(row.hall).remind_minutes)]
    return notifications.tell("appointment-soon", [
        News(row.employee.user, f"{row.pk}:{row.at:%Y%m%d%H%M}", ("appointment", row.pk), {"hall": row.hall.name, "at": row.at}) for row in soon], now=now)
