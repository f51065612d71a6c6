"""The personal data of the improvement room, with its purposes (PIPL)."""
from django.utils.translation import gettext_lazy as _

from config.contributions import personal

CONDUCT = _("to know who did what")
RETENTION = "personnel_retention_years"

personal.register(
    key="staff.Action", retention=RETENTION, fields={"raised_by": CONDUCT, "owner": CONDUCT, "checker": CONDUCT, "rechecked_by": CONDUCT},
    impersonal=("id", "version", "number", "source", "kind", "record_id", "hall", "department", "problem", "cause", "raised_at", "state", "turn", "begins_at",
                "due_at", "done_at", "rechecked_at", "check_on", "closed_at"))
personal.register(
    key="staff.Measure", retention=RETENTION, fields={"owner": CONDUCT, "agreed_by": CONDUCT, "checked_by": CONDUCT},
    impersonal=("id", "action", "corrective", "preventive", "due_on", "agreed_at", "result", "done_at", "note", "effective", "effect", "checked_at"))
personal.register(
    key="staff.Suggestion", retention=RETENTION, fields={"suggested_by": CONDUCT, "assigned_to": CONDUCT},
    impersonal=("id", "version", "number", "topic", "title", "content", "grounds", "hall", "department", "sent_at", "due_at", "state", "outcome", "reply",
                "answered_at", "closed_at", "action"))
