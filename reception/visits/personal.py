"""The personal data of visits, with its purposes (PIPL)."""
from django.utils.translation import gettext_lazy as _

from config.contributions import personal

SERVICE, CONDUCT = _("to receive and serve the visitor"), _("to know who did what")
SAFETY = _("to know that everybody got out")
RETENTION = "customer_data_retention_years"

personal.register(
    key="reception.Visit", retention=RETENTION,
    fields={"customer": SERVICE, "visitor_name": SERVICE, "need": SERVICE, "interest": SERVICE, "intention": SERVICE, "details": SERVICE, "note": SERVICE,
            "next_step": SERVICE, "receptionist": CONDUCT, "adviser": CONDUCT, "created_by": CONDUCT},
    impersonal=("id", "version", "number", "public_code", "hall", "state", "party_size", "purpose", "source", "template_version", "area", "arrived_at",
                "greeted_at", "served_at", "left_at", "steps", "outcome", "assumed", "imported", "created_at"))
personal.register(
    key="reception.ServiceLeg", retention=RETENTION,
    fields={"employee": CONDUCT, "wanted_employee": SERVICE, "result": SERVICE, "priority": SERVICE},
    impersonal=("id", "visit", "hall", "service", "day", "prefix", "sequence", "state", "queued_at", "priority_from", "wanted_post", "post",
                "called_at", "calls", "started_at", "ended_at", "assumed"))
personal.register(
    key="reception.VisitEvent", retention=RETENTION,
    fields={"user_id": CONDUCT, "employee_id": CONDUCT, "reason": SERVICE},
    impersonal=("id", "visit", "leg_id", "hall_id", "verb", "at", "post_id", "area_id", "detail"))
personal.register(
    key="reception.Handover", retention=RETENTION, fields={"giver": CONDUCT, "taker": CONDUCT, "note": SERVICE},
    impersonal=("id", "visit", "offered_at", "accepted_at", "returned_at"))
personal.register(
    key="reception.Station", retention=RETENTION, fields={"created_by": CONDUCT},
    impersonal=("id", "version", "hall", "kind", "name", "key_hash", "created_at", "seen_at", "revoked_at"))
personal.register(
    key="reception.KioskNotice", retention=RETENTION, fields={"written_by": CONDUCT}, impersonal=("id", "hall", "number", "text", "written_at"))
personal.register(
    key="reception.Appointment", retention=RETENTION,
    fields={"customer": SERVICE, "name": SERVICE, "phone": SERVICE, "employee": SERVICE, "note": SERVICE, "reason": SERVICE, "created_by": CONDUCT},
    impersonal=("id", "version", "hall", "state", "at", "purpose", "service", "party_size", "token", "visit", "created_at"))
personal.register(
    key="reception.PostSpell", retention=RETENTION, fields={"employee": CONDUCT, "note": CONDUCT},
    impersonal=("id", "hall", "post", "state", "reason", "started_at", "ended_at", "assumed"))
personal.register(
    key="reception.Evacuation", retention=RETENTION, fields={"started_by": CONDUCT, "ended_by": CONDUCT, "note": SAFETY},
    impersonal=("id", "hall", "kind", "started_at", "ended_at"))
personal.register(
    key="reception.EvacuationPerson", retention=RETENTION,
    fields={"visit": SAFETY, "employee": SAFETY, "name": SAFETY, "host": SAFETY, "found_by": CONDUCT},
    impersonal=("id", "evacuation", "kind", "ticket", "area", "post", "people", "found", "found_at", "order"))
