"""When the clock opens appraisals and goes on with them."""
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from performance.appraisals import chain
from performance.appraisals import plans as appraisals
from staff.duties import plans

plans.register(key=chain.SELF_REVIEW, label=_("Monthly self-review"), clauses=("S4 §5.5.1",), cadence=crontab(minute=10),
               write=appraisals.write_self_reviews, page="appraisals")
plans.register(key=chain.MONTHLY, label=_("Monthly appraisal"), clauses=("S4 §5.3", "S4 §5.5.1"), cadence=crontab(minute=25),
               write=appraisals.write_scoring, page="appraisals")
