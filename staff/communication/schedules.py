"""When the clock looks after the communication room."""
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from staff.communication.agreements import plans as agreements
from staff.communication.agreements.services import REMINDER
from staff.communication.notices import plans as readings
from staff.communication.notices import services as notices
from staff.communication.sheets import plans as sheet_readings
from staff.communication.sheets import services as sheets
from staff.duties import plans

plans.register(key=notices.READING, label=_("Read a notice"), clauses=("S3 §7.1.1",), cadence=crontab(minute=5), write=readings.write_readings,
               page="notices")
plans.register(key=sheets.READING, label=_("Read one's duty sheet"), clauses=("S0 §2.2",), cadence=crontab(minute=25), write=sheet_readings.write_readings,
               page="duty_sheets")
plans.register(key=REMINDER, label=_("Sign the confidentiality agreement"), clauses=("S2 §2.3.1", "S4 §6.1.4"), cadence=crontab(minute=35, hour=6),
               write=agreements.write_reminders, page="sign_agreement")
