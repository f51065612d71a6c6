"""The personal data of the archive, with its purposes (PIPL)."""
from django.utils.translation import gettext_lazy as _

from config.contributions import personal

EVIDENCE, CONDUCT = _("to keep what a case was decided on"), _("to know who did what")
RETENTION = "archive_retention_years"

personal.register(
    key="staff.ArchiveItem", retention=RETENTION,
    fields={"title": EVIDENCE, "owner": EVIDENCE} | dict.fromkeys(("keeper", "filed_by", "destruction_asked_by", "destroyed_by"), CONDUCT),
    impersonal=("id", "version", "number", "kind", "subject_kind", "subject_id", "day", "hall", "place", "cabinet", "shelf", "confidentiality", "keep_until",
                "state", "filed_at", "destroyed_on"))
personal.register(key="staff.ArchiveFile", retention=RETENTION, fields={"name": EVIDENCE, "file": EVIDENCE},
                  impersonal=("id", "item", "content_type", "size", "checksum"))
personal.register(key="staff.HallArchive", retention=RETENTION, fields={"keeper": CONDUCT}, impersonal=("id", "hall"))
personal.register(
    key="staff.AccessRequest", retention=RETENTION, fields=dict.fromkeys(("reason", "asked_by", "decided_by", "decision"), CONDUCT),
    impersonal=("id", "version", "number", "hall", "items", "what", "place", "wanted_at", "state", "asked_at", "decided_at", "ends_at", "handed_out_at",
                "returned_at"))
personal.register(key="staff.ArchiveOpening", retention=RETENTION, fields=dict.fromkeys(("reader", "noted_by"), CONDUCT),
                  impersonal=("id", "request", "item", "file", "at", "place", "outcome"))
personal.register(
    key="staff.Stocktaking", retention=RETENTION, fields=dict.fromkeys(("closed_by", "witness", "decided_by", "decision", "storage_note"), CONDUCT),
    impersonal=("id", "version", "hall", "slot", "due_on", "state", "storage_safe", "closed_at"))
personal.register(key="staff.StocktakingLine", retention=RETENTION, fields={"looked_by": CONDUCT, "action": CONDUCT},
                  impersonal=("id", "stocktaking", "item", "result", "looked_at"))
