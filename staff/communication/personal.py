"""The personal data of the communication room, with its purposes (PIPL)."""
from django.utils.translation import gettext_lazy as _

from config.contributions import personal

CONDUCT = _("to know who did what")
READ = _("to know who has read what they have to know")
RETENTION = "personnel_retention_years"

personal.register(
    key="staff.Notice", retention=RETENTION, fields={"author": CONDUCT},
    impersonal=("id", "version", "title", "text", "hall", "team", "position", "read_by", "state", "published_at", "ended_at", "reason"))
personal.register(
    key="staff.NoticeReader", retention=RETENTION, fields={"employee": READ, "confirmed_at": READ}, impersonal=("id", "notice", "named_at", "due_at"))
personal.register(
    key="staff.BoardEntry", retention=RETENTION, fields={"author": CONDUCT},
    impersonal=("id", "version", "topic", "title", "text", "department", "hall", "kind", "record_id", "posted_at", "state", "reason"))
personal.register(
    key="staff.ConfidentialityAgreement", retention=RETENTION,
    fields={"employee": _("to know who promised to keep secrets"), "signature": _("to show who signed"), "signed_at": _("to show who signed"),
            "ends_on": _("to ask for the next one in time")},
    impersonal=("id", "edition", "language", "text"))
personal.register(key="staff.BoardMark", retention=RETENTION, fields={"employee": READ, "read_at": READ}, impersonal=("id", "entry"))
personal.register(key="staff.BoardTopic", retention=RETENTION, fields={"employee": _("to show what somebody follows")}, impersonal=("id", "topic", "since"))
personal.register(
    key="staff.SheetReading", retention=RETENTION, fields={"employee": READ, "confirmed_at": READ}, impersonal=("id", "sheet", "edition", "asked_at", "due_at"))
