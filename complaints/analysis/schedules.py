"""When the clock looks after the figures of complaints."""
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from config.contributions import schedules

schedules.register(key="complaint-figures", task="complaints.analysis.tasks.rebuild_figures", cadence=crontab(hour=3, minute=35),
                   label=_("Count the complaints anew"), clause="S0 §4.3.4")
