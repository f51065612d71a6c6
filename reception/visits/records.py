"""How lower rooms point at a visit, how an act on one is undone, and what becomes of visits when two customer files are merged."""
from django.utils.translation import gettext_lazy as _

from config.contributions import records, undoing
from reception.customers import merges
from reception.visits import undoing as visits

records.register(key="visit", model="reception.Visit", label=_("visit"), title=lambda visit: f"{visit.number} {visit.shown_name}".strip(),
                 page="visit", confidentiality="confidential", number="VS")
records.register(key="register", model="reception.RegisterImport", label=_("register"), title=lambda register: register.file_name,
                 page="register", confidentiality="confidential")
records.register(key="appointment", model="reception.Appointment", label=_("appointment"), title=lambda appointment: appointment.shown_name,
                 page="appointment", confidentiality="confidential")
records.register(key="evacuation", model="reception.Evacuation", label=_("evacuation"), title=str, page="evacuation", confidentiality="confidential")

merges.declare("reception.Visit.customer", merges.MOVE)
merges.declare("reception.Appointment.customer", merges.MOVE)
merges.declare("reception.ImportedRow.new_customer", merges.STAY)

undoing.declare(key="visit", changeable=visits.changeable, locked=visits.locked, restored=visits.restored)
