"""When forgotten jobs are picked up again."""
from celery.schedules import schedule
from django.utils.translation import gettext_lazy as _

from config.contributions import schedules

schedules.register(key="jobs-sweep", task="config.jobs.tasks.sweep", cadence=schedule(60), label=_("Pick up jobs whose worker died"))
