"""When the outbox is swept."""
from celery.schedules import schedule
from django.utils.translation import gettext_lazy as _

from config.contributions import schedules

schedules.register(key="outbox-sweep", task="config.outbox.tasks.sweep", cadence=schedule(60), label=_("Hand over waiting messages"))
