"""When the clock looks after incidents."""
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from facilities.incidents import plans as incidents
from facilities.incidents import services
from staff.duties import plans

plans.register(key=services.CONFIRM, label=_("Confirm an incident"), clauses=("S3 §8.1.1", "S3 §8.1.2"), cadence=crontab(minute="*/5"),
               write=incidents.write_confirmations, page="incidents")
plans.register(key=services.MEASURE, label=_("Measure after an incident"), clauses=("S3 §8.1.4",), cadence=crontab(minute=25), write=incidents.write_measures,
               page="incidents")
