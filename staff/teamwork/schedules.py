"""When the clock looks after requests, and opens the plans of halls and teams."""
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from staff.duties import plans
from staff.teamwork import plans as requests
from staff.teamwork import services
from staff.teamwork.workplans import planning
from staff.teamwork.workplans import services as workplans

plans.register(key=services.ANSWER, label=_("Answer a request"), clauses=("S3 §7.1.2",), cadence=crontab(minute=15), write=requests.write_answers,
               page="requests")
plans.register(key=services.WORK, label=_("Do what was asked"), clauses=("S3 §7.1.2", "S0 §2.2.5.4"), cadence=crontab(minute=15), write=requests.write_work,
               page="requests")
PLANNING = ("S0 §2.2.1.1", "S0 §2.2.2.1", "S4 §5.5.1")
plans.register(key=workplans.PLANNING, label=_("Make the work plan"), clauses=PLANNING, cadence=crontab(minute=20, hour="*/2"), write=planning.write_plans,
               page="work_plans")
plans.register(key=workplans.TASK, label=_("Task of the work plan"), clauses=PLANNING, cadence=crontab(minute=40), write=planning.write_tasks,
               page="work_plans")
