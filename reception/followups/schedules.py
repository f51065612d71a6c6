"""When the clock makes follow-ups due."""
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from reception.followups import plans as followups
from staff.duties import plans

plans.register(key=followups.AFTER_PURCHASE, label=_("Follow-up after a purchase"), clauses=("S0 §3.3.4.1", "S2 §5.1.1"), cadence=crontab(minute="*/15"),
               write=followups.write_after_purchase, page="follow_ups")
plans.register(key=followups.RETURN_VISIT, label=_("Return visit"), clauses=("S0 §3.3.4.2", "S3 §3.5.1"), cadence=crontab(minute=5, hour="*/6"),
               write=followups.write_return_visits, page="follow_ups")
