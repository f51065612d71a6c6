"""When the clock looks after the figures of complaints."""
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from complaints.analysis import monthly
from config.contributions import schedules
from staff.duties import plans

schedules.register(key="complaint-figures", task="complaints.analysis.tasks.rebuild_figures", cadence=crontab(hour=3, minute=35),
                   label=_("Count the complaints anew"), clause="S0 §4.3.4")
plans.register(key=monthly.SCHEDULE, label=_("Monthly complaint analysis"), clauses=("S0 §4.3.4", "S4 §3.6.5"), cadence=crontab(hour=0, minute=40),
               write=monthly.write_analyses, page="complaint_analyses")
