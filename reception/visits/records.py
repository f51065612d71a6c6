"""How lower rooms point at a visit, how an act on one is undone, and what becomes of visits when two customer files are merged."""
from django.utils.translation import gettext_lazy as _

from config.contributions import records, undoing
from reception.customers import merges
from reception.promises import sources
from reception.visits import undoing as visits

records.register(key="visit", model="reception.Visit", label=_("visit"), title=lambda visit: f"{visit.number} {visit.shown_name}".strip(),
                 page="visit", confidentiality="confidential", number="VS")
records.register(key="register", model="reception.RegisterImport", label=_("register"), title=lambda register: register.file_name,
                 page="register", confidentiality="confidential")
records.register(key="appointment", model="reception.Appointment", label=_("appointment"), title=lambda appointment: appointment.shown_name,
                 page="appointment", confidentiality="confidential")
records.register(key="evacuation", model="reception.Evacuation", label=_("evacuation"), title=str, page="evacuation", confidentiality="confidential")
records.register(key="host_call", model="reception.HostCall", label=_("call of a host"),
                 title=lambda call: f"{call.visit.number} {call.visit.shown_name}".strip(), page="host_call", confidentiality="confidential",
                 joins=("visit__customer",))

sources.declare("visit", about=lambda visit: (visit.customer, visit.hall), joins=("customer", "hall"))
merges.declare("reception.Visit.customer", merges.MOVE)
merges.declare("reception.Appointment.customer", merges.MOVE)
merges.declare("reception.ImportedRow.new_customer", merges.STAY)

undoing.declare(key="visit", changeable=visits.changeable, locked=visits.locked, restored=visits.restored)
