"""The personal data that config's own tables hold (PIPL 5, 6, 19)."""
from django.utils.translation import gettext_lazy as _

from config.contributions import personal

personal.register(
    key="config.User", retention="personnel_retention_years",
    fields={"username": _("to log in"), "display_name": _("to be named as the one who acted"), "password": _("to prove who logs in, as a hash"),
            "last_login": _("to find accounts that nobody uses")},
    impersonal=("id", "is_active", "must_change_password", "sessions_version", "created_at"))
personal.register(
    key="config.Message", retention="customer_data_retention_years",
    fields={"address": _("to reach the addressee"), "subject": _("what was told"), "body": _("what was told")},
    impersonal=("id", "key", "channel", "kind", "record_id", "state", "attempts", "due_at", "claimed_at", "sent_at", "last_problem", "created_at"))
personal.register(
    key="config.Attachment", retention="customer_data_retention_years",
    fields={"name": _("the name the file came with"), "file": _("what was handed in beside a record"), "checksum": _("to find the same file again")},
    impersonal=("id", "kind", "record_id", "hall_id", "content_type", "size", "added_by", "added_at"))
personal.register(
    key="config.JobFile", retention="customer_data_retention_years",
    fields={"name": _("the name the file came with"), "content": _("what a long work reads or made, such as a register or its refused rows")},
    impersonal=("id", "job", "role", "content_type"))
personal.register(
    key="config.Draft", retention="customer_data_retention_years",
    fields={"typed": _("what somebody typed into a form and has not sent; forgotten after six days"), "title": _("the page it was typed on"),
            "path": _("the page it was typed on"), "field": _("where the cursor was")},
    impersonal=("key", "user", "at"))
