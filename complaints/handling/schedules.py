"""When the clock looks after complaints (schedules.md, SCH-17 and SCH-18; a duty of each step has its own name on My day)."""
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from complaints.handling import escalating, turns
from complaints.handling.plans import writer
from config.contributions import schedules
from staff.duties import plans

EVERY = ((turns.ACK, _("Give the first answer to a complaint"), ("S3 §3.5.3", "S0 §4.3.1"), "1-59/15"),
         (turns.ANSWER, _("Answer a suggestion or praise"), ("S4 §3.5.4",), "2-59/15"),
         (turns.ASSESS, _("Judge how grave a complaint is"), ("S0 §4.1.2",), "3-59/15"),
         (turns.ASSIGN, _("Give a complaint to a handler"), ("S4 §3.6.2",), "4-59/15"),
         (turns.STEP, _("Next step of a complaint"), ("S0 §4.2.1", "S0 §4.2.3"), "6-59/15"),
         (turns.UPDATE, _("Tell a customer how the complaint stands"), ("S4 §3.6.4",), "7-59/15"),
         (turns.TASK, _("Find something out for a complaint"), ("S0 §4.2.1",), "8-59/15"),
         (turns.MEASURE, _("Measure for a complaint"), ("S0 §4.2.3", "S3 §3.5.3"), "9-59/15"),
         (turns.STATEMENT, _("Give your statement"), ("S0 §4.3.2",), "11-59/15"),
         (turns.VISIT, _("Ask a customer after a complaint how satisfied they are"), ("S0 §4.2.4", "S3 §8.2.5"), "12-59/15"))
for key, label, clauses, minutes in EVERY:
    plans.register(key=key, label=label, clauses=clauses, cadence=crontab(minute=minutes), write=writer(key), page="complaints")
schedules.register(key=escalating.KEY, task="complaints.handling.tasks.watch", cadence=crontab(minute="*/5"),
                   label=_("Complaint clocks: remind, and tell superiors of what is late"), clause="S3 §3.5.3, S0 §4.3.1")
schedules.register(key="complaint-limits", task="complaints.handling.tasks.work_out", cadence=crontab(minute=40),
                   label=_("Work out the limits of complaints anew where a calendar changed"), clause="S3 §3.5.3")
