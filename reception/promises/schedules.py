"""When the clock breaks promises that were not kept."""
from celery.schedules import crontab
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reception.promises import services
from staff.duties import plans


def write(_since, _until):
    """Break what is past its moment; the duties were made with the promises. Returns how many broke."""
    return services.break_late(timezone.now())


plans.register(key=services.SCHEDULE, label=_("Keep a promise"), clauses=("S3 §2.3.3", "S0 §4.1.2", "S4 §1.3.2"), cadence=crontab(minute="*/5"), write=write,
               page="promises")
