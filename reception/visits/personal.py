"""The personal data of visits, with its purposes (PIPL), and what erasing the customer does to it: the visit stays, of nobody."""
from django.utils.translation import gettext_lazy as _

from config.contributions import personal
from config.contributions.personal import EMPTY, KEEP, NEUTRAL
from reception.visits import erasing

SERVICE, CONDUCT = _("to receive and serve the visitor"), _("to know who did what")
SAFETY = _("to know that everybody got out")
RETENTION = "customer_data_retention_years"

personal.register(
    key="reception.Visit", retention=RETENTION, label=_("Visits"), subject=("customer",),
    erasing={**dict.fromkeys(("visitor_name", "need", "interest", "details", "note", "next_step"), EMPTY),
             **dict.fromkeys(("customer", "intention", "receptionist", "adviser", "created_by"), KEEP)},
    fields={"customer": SERVICE, "visitor_name": SERVICE, "need": SERVICE, "interest": SERVICE, "intention": SERVICE, "details": SERVICE, "note": SERVICE,
            "next_step": SERVICE, "receptionist": CONDUCT, "adviser": CONDUCT, "created_by": CONDUCT},
    impersonal=("id", "version", "number", "public_code", "hall", "state", "party_size", "purpose", "source", "template_version", "area", "arrived_at",
                "greeted_at", "served_at", "left_at", "steps", "outcome", "assumed", "imported", "created_at"))
personal.register(
    key="reception.ServiceLeg", retention=RETENTION, label=_("Tickets"), subject=("visit__customer",),
    erasing={"result": EMPTY, **dict.fromkeys(("employee", "wanted_employee", "priority"), KEEP)},
    fields={"employee": CONDUCT, "wanted_employee": SERVICE, "result": SERVICE, "priority": SERVICE},
    impersonal=("id", "visit", "hall", "service", "day", "prefix", "sequence", "state", "queued_at", "priority_from", "wanted_post", "post",
                "called_at", "calls", "started_at", "ended_at", "assumed"))
personal.register(
    key="reception.VisitEvent", retention=RETENTION, label=_("Events of visits"), subject=("visit__customer",),
    erasing={"reason": EMPTY, "user_id": KEEP, "employee_id": KEEP},
    fields={"user_id": CONDUCT, "employee_id": CONDUCT, "reason": SERVICE},
    impersonal=("id", "visit", "leg_id", "hall_id", "verb", "at", "post_id", "area_id", "detail"))
personal.register(
    key="reception.Handover", retention=RETENTION, label=_("Handovers"), subject=("visit__customer",),
    erasing={"note": NEUTRAL, "giver": KEEP, "taker": KEEP}, fields={"giver": CONDUCT, "taker": CONDUCT, "note": SERVICE},
    impersonal=("id", "visit", "offered_at", "accepted_at", "returned_at"))
personal.register(
    key="reception.Station", retention=RETENTION, erasing={"created_by": KEEP}, fields={"created_by": CONDUCT},
    impersonal=("id", "version", "hall", "kind", "name", "key_hash", "created_at", "seen_at", "revoked_at"))
personal.register(
    key="reception.KioskNotice", retention=RETENTION, erasing={"written_by": KEEP}, fields={"written_by": CONDUCT},
    impersonal=("id", "hall", "number", "text", "written_at"))
personal.register(
    key="reception.Appointment", retention=RETENTION, label=_("Appointments"), subject=("customer",), found=erasing.appointments,
    erasing={"name": NEUTRAL, "phone": NEUTRAL, "note": EMPTY, "reason": EMPTY, **dict.fromkeys(("customer", "employee", "created_by"), KEEP)},
    fields={"customer": SERVICE, "name": SERVICE, "phone": SERVICE, "employee": SERVICE, "note": SERVICE, "reason": SERVICE, "created_by": CONDUCT},
    impersonal=("id", "version", "hall", "state", "at", "purpose", "service", "party_size", "token", "visit", "created_at"))
personal.register(
    key="reception.PostSpell", retention=RETENTION, erasing=dict.fromkeys(("employee", "note"), KEEP), fields={"employee": CONDUCT, "note": CONDUCT},
    impersonal=("id", "hall", "post", "state", "reason", "started_at", "ended_at", "assumed"))
personal.register(
    key="reception.Evacuation", retention=RETENTION, erasing=dict.fromkeys(("started_by", "ended_by", "note"), KEEP),
    fields={"started_by": CONDUCT, "ended_by": CONDUCT, "note": SAFETY},
    impersonal=("id", "hall", "kind", "started_at", "ended_at"))
personal.register(
    key="reception.EvacuationPerson", retention=RETENTION, label=_("Lines of evacuation lists"), subject=("visit__customer",),
    erasing={"name": NEUTRAL, **dict.fromkeys(("visit", "employee", "host", "found_by"), KEEP)},
    fields={"visit": SAFETY, "employee": SAFETY, "name": SAFETY, "host": SAFETY, "found_by": CONDUCT},
    impersonal=("id", "evacuation", "kind", "ticket", "area", "post", "people", "found", "found_at", "order"))
personal.register(
    key="reception.HostCall", retention=RETENTION, label=_("Calls of a host"), subject=("visit__customer",),
    fields={"host": CONDUCT, "employee": CONDUCT}, erasing={"host": KEEP, "employee": KEEP},
    impersonal=("id", "visit", "hall", "step", "state", "told_at", "answer_by", "answered_at"))
personal.register(
    key="reception.RegisterImport", retention=RETENTION, label=_("Uploaded registers"), found=erasing.registers,
    fields={"content": SERVICE, "file_name": SERVICE, "created_by": CONDUCT},
    erasing={"content": EMPTY, "state": erasing.state_without_file, "file_name": KEEP, "created_by": KEEP},
    impersonal=("id", "hall", "checksum", "mapping", "state", "summary", "job", "created_at", "finished_at"))
personal.register(
    key="reception.ImportedRow", retention=RETENTION, label=_("Rows of registers"), subject=("visit__customer",),
    fields={"fingerprint": _("so that a row that came in once, or was erased since, does not come in again")}, erasing={"fingerprint": KEEP},
    impersonal=("id", "source", "hall", "sheet", "row", "visit", "new_customer"))

personal.hold_back(key="open visits", kind="customer", held=erasing.still_here,
                   sentence=_("This customer has an open visit. Close it first."))
personal.hold_back(key="appointments", kind="customer", held=erasing.still_expected,
                   sentence=_("This customer has an appointment. Cancel it first, or wait until it is over."))
personal.hold_back(key="registers at work", kind="customer", held=erasing.in_a_register_at_work,
                   sentence=_("A register that tells of this customer is being worked on. Wait until that is done."))
