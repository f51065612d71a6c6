"""When the clock looks after evidence."""
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from performance.conformity.plans import write_renewals
from performance.conformity.services import RENEWAL
from staff.duties import plans

plans.register(key=RENEWAL, label=_("Renew evidence"), clauses=("S0 §1.3.4",), cadence=crontab(hour=4, minute=40), write=write_renewals,
               page="evidence_of_clauses")
