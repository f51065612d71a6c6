"""When the clock asks for boxes and mailboxes to be checked (SCH-16), and reads the mailbox."""
from celery.schedules import crontab, schedule
from django.utils.translation import gettext_lazy as _

from complaints.intake import checks
from complaints.intake import plans as boxes
from config.contributions import schedules
from staff.duties import plans

plans.register(key=checks.SCHEDULE, label=_("Check of complaint box and mailbox"), clauses=("S0 §4.1.1", "S0 §4.3.1"), cadence=crontab(minute="*/10"),
               write=boxes.write, page="box_checks")
schedules.register(key="complaint-mailbox", task="complaints.intake.tasks.read_mailbox", cadence=schedule(300), label=_("Read the complaint mailbox"),
                   clause="S0 §4.1.1")
