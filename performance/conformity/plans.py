"""Evidence that runs out is its owner's duty before its last day: a new revision, or taking it back (FIELD 2.7 row 4)."""
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from performance.conformity.models import ClauseEvidence
from performance.conformity.services import EVIDENCE, RENEWAL
from staff.duties import services as duties
from staff.duties.models import Duty
from staff.regulation import values

NOTICE = "evidence_renewal_days"
LONGEST = timedelta(days=366)  # what the parameter may say at most


def write_renewals(since, until):
    """A duty for everything that runs out within the days of notice (evidence_renewal_days), due on its last day; returns how many are new."""
    today = timezone.localtime(until).date()
    rows = ClauseEvidence.objects.newest().filter(expires_on__isnull=False, expires_on__lte=today + LONGEST).select_related("hall").order_by("pk")
    notice = {hall: timedelta(days=values.value(NOTICE, today, hall)) for hall in {row.hall_id for row in rows}}
    return duties.make([duty_of(row, until) for row in rows if row.expires_on <= today + notice[row.hall_id]])


def duty_of(row, now):
    """What its owner has to do."""
    ends = datetime.combine(row.expires_on + timedelta(days=1), time(), ZoneInfo(row.hall.timezone))
    return Duty(schedule=RENEWAL, slot=f"until {row.expires_on}", kind=EVIDENCE, record_id=row.pk, hall=row.hall, employee_id=row.owner_id,
                starts_at=min(now, ends), due_at=ends)
