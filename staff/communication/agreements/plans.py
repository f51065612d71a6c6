"""SCH-51: whoever has not signed the agreement, or whose agreement ends soon, has it on My day until it is signed."""
import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from staff.communication.agreements import rules
from staff.communication.agreements.services import REMINDER
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.organisation.models import Employee, Posting


def write_reminders(since, until):
    """Ask everybody who works today, has an account and has to sign; returns how many were asked anew."""
    day = timezone.localtime(until).date()
    ends = day + datetime.timedelta(days=rules.RENEWAL_DAYS)
    people = Employee.objects.employed_on(day).filter(Q(bound_until=None) | Q(bound_until__lt=ends), user__is_active=True)
    postings = (Posting.objects.on(day).filter(employee__in=people.exclude(state=Employee.State.LEFT)).annotate(bound_until=F("employee__bound_until"))
                .select_related("hall"))
    return duties.make([duty_of(posting, posting.bound_until, day, until) for posting in postings])


def duty_of(posting, bound_until, day, now):
    """What one person has to do: the last day of the agreement is the last on which it is on time."""
    zone = ZoneInfo(posting.hall.timezone if posting.hall_id else settings.TIME_ZONE)
    last = max(bound_until or day, day)
    due = datetime.datetime.combine(last + datetime.timedelta(days=1), datetime.time(), zone)
    return Duty(schedule=REMINDER, slot=f"until {bound_until}" if bound_until else "first", hall=posting.hall, employee_id=posting.employee_id,
                starts_at=now, due_at=max(due, now))
