"""The personal data of duties, with its purposes (PIPL)."""
from django.utils.translation import gettext_lazy as _

from config.contributions import personal

CONDUCT = _("to know who did what")

personal.register(
    key="staff.Duty", retention="personnel_retention_years", fields={"employee": CONDUCT, "done_by": CONDUCT, "told_to": CONDUCT, "reason": CONDUCT},
    impersonal=("id", "schedule", "slot", "kind", "record_id", "hall", "role", "starts_at", "due_at", "misses_at", "state", "done_at", "level"))
personal.register(
    key="staff.Decision", retention="personnel_retention_years",
    fields=dict.fromkeys(("asked_by", "reason", "decided_by", "on_behalf_of", "answer"), CONDUCT),
    impersonal=("id", "kind", "record_id", "hall", "capability", "amount", "asked_at", "outcome", "decided_at"))
personal.register(
    key="staff.ShiftHandover", retention="personnel_retention_years",
    fields=dict.fromkeys(("giver", "taker", "cash", "things", "notes", "remark"), CONDUCT),
    impersonal=("id", "hall", "post", "lines", "given_at", "taken_at"))
