"""The personal data that config's own tables hold (PIPL 5, 6, 19), and what erasing a person does to it."""
from django.utils.translation import gettext_lazy as _

from config.contributions import personal
from config.contributions.personal import DELETE, EMPTY, KEEP
from config.privacy import finding

CUSTOMERS, STAFF = "customer_data_retention_years", "personnel_retention_years"

personal.register(
    key="config.User", retention=STAFF,
    fields={"username": _("to log in"), "display_name": _("to be named as the one who acted"), "password": _("to prove who logs in, as a hash"),
            "last_login": _("to find accounts that nobody uses")},
    impersonal=("id", "is_active", "must_change_password", "sessions_version", "created_at"))
personal.register(
    key="config.Message", retention=CUSTOMERS, label=_("Messages sent or waiting"), record="", found=finding.messages, erasing=DELETE,
    fields={"address": _("to reach the addressee"), "subject": _("what was told"), "body": _("what was told")},
    impersonal=("id", "key", "channel", "kind", "record_id", "state", "attempts", "due_at", "claimed_at", "sent_at", "last_problem", "created_at"))
personal.register(
    key="config.Attachment", retention=CUSTOMERS, label=_("Attached files"), record="", erasing=DELETE,
    fields={"name": _("the name the file came with"), "file": _("what was handed in beside a record"), "checksum": _("to find the same file again")},
    impersonal=("id", "kind", "record_id", "hall_id", "content_type", "size", "added_by", "added_at"))
personal.register(
    key="config.JobFile", retention=CUSTOMERS, label=_("Files of long work"), record="job__", found=finding.job_files, erasing=DELETE,
    fields={"name": _("the name the file came with"), "content": _("what a long work reads or made, such as a register or its refused rows")},
    impersonal=("id", "job", "role", "content_type"))
personal.register(
    key="config.Draft", retention=CUSTOMERS, label=_("Half-typed forms"), found=finding.drafts, erasing=DELETE,
    fields={"typed": _("what somebody typed into a form and has not sent; forgotten after six days"), "title": _("the page it was typed on"),
            "path": _("the page it was typed on"), "field": _("where the cursor was")},
    impersonal=("key", "user", "at"))
personal.register(
    key="config.Act", retention=CUSTOMERS, label=_("Acts that can be undone"), record="", erasing=DELETE,
    fields={"rows": _("to undo an act; forgotten after two days"), "facts": _("to undo an act; forgotten after two days")},
    impersonal=("id", "user", "kind", "record_id", "at", "batch", "undone_at"))
personal.register(
    key="config.BulkRun", retention=CUSTOMERS, label=_("Acts on many rows"), found=finding.runs,
    fields={"results": _("to tell what became of each row; forgotten after a month"), "answers": _("to do the act; forgotten after a month")},
    erasing={"results": finding.results_without, "answers": finding.answers_without},
    impersonal=("id", "user", "page", "act", "back", "ids", "batch", "job", "at"))
personal.register(
    key="config.SavedView", retention=CUSTOMERS, label=_("Saved views"), found=finding.views, erasing=DELETE,
    fields={"name": _("to find the list again"), "query": _("what the list is narrowed to")},
    impersonal=("id", "owner", "page", "hall_id", "team_id", "created_at"))
personal.register(
    key="config.ApiToken", retention=STAFF,
    fields={"name": _("to know which program reads"), "user": _("in whose name a program reads"), "used_at": _("to find tokens that nobody uses")},
    impersonal=("id", "scope", "digest", "sessions_version", "created_at", "ends_on", "revoked_at"))
personal.register(
    key="config.Erasure", retention=STAFF, fields={"by": _("to know who did what"), "digests": _("to show of a number that it was erased")},
    impersonal=("id", "kind", "record_ids", "hall_ids", "cause", "reason", "at", "counts"))
personal.register(
    key="config.LegalHold", retention=CUSTOMERS, label=_("Legal holds"), record="",
    fields={"reason": _("why the file must be kept"), "release_reason": _("why it need not be kept any more"), "set_by": _("to know who did what"),
            "released_by": _("to know who did what")},
    erasing={"reason": EMPTY, "release_reason": personal.NEUTRAL, "set_by": KEEP, "released_by": KEEP},
    impersonal=("id", "kind", "record_id", "set_at", "released_at"))
