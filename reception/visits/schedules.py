"""When the visits room is looked at by the clock."""
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from config.contributions import schedules

schedules.register(key="visits-day-end", task="reception.visits.tasks.close_days", cadence=crontab(minute="*/15"),
                   label=_("Close visits left open when the hall shut, as assumed"), clause="S0 §3.2.3")
