"""When the clock looks after the working calendar."""
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from config.contributions import schedules

schedules.register(key="calendar-fill", task="staff.regulation.tasks.fill", cadence=crontab(minute=40, hour=3),
                   label=_("Take the holidays of this year and the next from the library"), clause="GEN-21")
