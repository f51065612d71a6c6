"""When what only matters for a while is forgotten."""
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from config.contributions import schedules

schedules.register(key="tidy", task="config.web.tasks.tidy", cadence=crontab(hour=3, minute=40),
                   label=_("Forget expired sessions, one-off keys and log-in tries"))
