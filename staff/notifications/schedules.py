"""When the notifications room is looked at by the clock."""
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from config.contributions import schedules

schedules.register(key="notification-digests", task="staff.notifications.tasks.digests", cadence=crontab(minute="*/10"),
                   label=_("Send the mail of the day to whoever wants one"), clause="GEN-07")
