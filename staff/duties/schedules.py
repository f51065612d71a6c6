"""When the duties room itself is looked at by the clock."""
from celery.schedules import crontab, schedule
from django.utils.translation import gettext_lazy as _

from config.contributions import schedules

schedules.register(key="duties-catch-up", task="staff.duties.tasks.catch_up", cadence=schedule(60),
                   label=_("Work off what the clock rang for in vain"), clause="GEN-25")
schedules.register(key="duties-missed", task="staff.duties.tasks.miss", cadence=crontab(minute="*/5"),
                   label=_("Close what can no longer be done as missed"), clause="GEN-25")
schedules.register(key="SCH-55", task="staff.duties.tasks.escalate", cadence=crontab(minute=20),
                   label=_("Tell superiors of what stays undone"), clause="S0 §4.3.1, S0 §3.2.3")
schedules.register(key="duties-remind", task="staff.duties.tasks.remind", cadence=crontab(minute="*/10"),
                   label=_("Tell people of what is due, soon and late"), clause="S4 §1.3.3, S0 §4.3.1")
