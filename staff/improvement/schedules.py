"""When the clock looks after the improvement register."""
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from staff.duties import plans
from staff.improvement import services
from staff.improvement.plans import writer
from staff.improvement.suggestions import services as suggestions
from staff.improvement.suggestions.plans import write_answers

CLAUSES = ("S0 §1.3.4", "S3 §1.3.4")
for key, label in ((services.MEASURE, _("Agree on a measure")), (services.WORK, _("Carry out the measure")), (services.RECHECK, _("Re-check what was done")),
                   (services.EFFECT, _("Check the effect of the improvement"))):
    plans.register(key=key, label=label, clauses=CLAUSES, cadence=crontab(minute=10), write=writer(key), page="improvements")
plans.register(key=suggestions.ANSWER, label=_("Answer a suggestion"), clauses=("S0 §2.2.3.5", "S4 §2.1.4"), cadence=crontab(minute=25), write=write_answers,
               page="suggestions")
