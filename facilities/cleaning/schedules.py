"""When the clock makes cleaning rounds."""
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from facilities.cleaning import plans as rounds
from staff.duties import plans

plans.register(key=rounds.DAILY, label=_("Daily cleaning"), clauses=("S0 §5.1.2", "S3 §4.3.1"), cadence=crontab(minute="*/10"), write=rounds.write_daily,
               page="rounds")
