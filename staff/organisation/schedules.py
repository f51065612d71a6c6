"""What the clock starts in the organisation."""
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from config.contributions.schedules import register

register(key="settle_leavers", task="staff.organisation.tasks.settle_leavers", cadence=crontab(minute="*/10"),
         label=_("Close the accounts of people whose day of leaving has come"), clause="GEN-01")
