"""What the clock starts in this room."""
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from config.contributions.schedules import register

register(key="find_duplicate_customers", task="reception.customers.tasks.find_duplicates", cadence=crontab(hour=3, minute=20),
         label=_("Look for customer files that may be one person"), clause="S4 §3.1.3")
