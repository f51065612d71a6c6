"""When the visits room is looked at by the clock."""
from celery.schedules import crontab, schedule
from django.utils.translation import gettext_lazy as _

from config.contributions import schedules

schedules.register(key="visits-day-end", task="reception.visits.tasks.close_days", cadence=crontab(minute="*/15"),
                   label=_("Close visits left open when the hall shut, as assumed"), clause="S0 §3.2.3")
schedules.register(key="visits-hosts", task="reception.visits.tasks.call_hosts", cadence=schedule(60),
                   label=_("Tell hosts of their visitors, and ask the next one where nobody answers"), clause="S0 §3.3.1.1")
schedules.register(key="visits-telling", task="reception.visits.tasks.tell", cadence=schedule(60),
                   label=_("Tell shift leaders who waits too long, and advisers of their appointments"), clause="S3 §3.1.1")
