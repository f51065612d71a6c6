"""What the visits room objects to in rooms below: hours of a hall in which nobody could receive who is expected (GEN-21)."""
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import ngettext

from config.contributions.guards import register
from reception.visits import states
from reception.visits.queue_models import Appointment


def expected_outside(other, actor):
    """A sentence where somebody is expected at a moment at which the hall would be shut."""
    zone = ZoneInfo(other.hall.timezone)
    rows = Appointment.objects.filter(hall=other.hall, state=states.PLANNED, at__gte=datetime.combine(other.first, time(), zone))
    if other.last:
        rows = rows.filter(at__lt=datetime.combine(other.last + timedelta(days=1), time(), zone))
    count = sum(not is_open(other.calendar, at) for at in rows.values_list("at", flat=True))
    return count and ngettext("%(n)s visitor is expected when the hall would be shut. Move the appointment first.",
                              "%(n)s visitors are expected when the hall would be shut. Move their appointments first.", count) % {"n": count}


def is_open(calendar, moment):
    """Whether a hall with this Calendar is open at that moment."""
    return any(opens <= moment < closes for opens, closes in calendar.intervals(calendar.day_of(moment)))


register(key="expected-visitors", kind="hall", verb="other_hours", objection=expected_outside)
