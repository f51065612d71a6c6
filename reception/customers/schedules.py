"""What the clock starts in this room."""
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from config.contributions.schedules import register
from reception.customers.services import checking, completeness
from staff.duties import plans

register(key="find_duplicate_customers", task="reception.customers.tasks.find_duplicates", cadence=crontab(hour=3, minute=20),
         label=_("Look for customer files that may be one person"), clause="S4 §3.1.3")
register(key="erase_after_retention", task="reception.customers.tasks.erase_after_retention", cadence=crontab(hour=2, minute=40),
         label=_("Erase customer files that were kept long enough"), clause="S3 §6.1.3")


def check(since, _until):
    """How complete the files are that were opened or changed since; the duties were made with the marks. No duty is new."""
    checking.check_changed(since)
    return 0


plans.register(key=completeness.SCHEDULE, label=_("Confirm with the customer"), clauses=("S4 §3.1.3", "S3 §6.1.1"), cadence=crontab(minute="*/5"), write=check,
               page="incomplete_files")
