"""Personal data of this room: each field with its purpose."""
from django.utils.translation import gettext_lazy as _

from config.contributions.personal import register

RETENTION = "customer_data_retention_years"

register(key="reception.Customer", retention=RETENTION, fields={
    "name": _("to address the customer and find the file"), "company": _("to know whom the customer acts for"),
    "note": _("what matters in dealing with the customer"), "choice_reason": _("to respect the customer's choice"),
    "attention": _("what colleagues mind when the customer comes"), "sort_key": _("to order lists by name"), "search_keys": _("to find the file by name"),
    "source": _("to know which promotion works"), "last_seen_at": _("to show the people seen last first")},
    impersonal=("id", "version", "number", "owner", "choice", "choice_at", "confirmed_at", "confirmed_by", "merged_into", "created_at", "created_by"))
register(key="reception.CustomerKey", retention=RETENTION, fields={"key": _("to find the file as typed")}, impersonal=("id", "hall", "customer"))
register(key="reception.ContactPoint", retention=RETENTION, fields={
    "value": _("to reach the customer"), "extension": _("to reach the customer"), "digits": _("to find the file by phone"),
    "reversed_digits": _("to find the file by the last digits of the phone")}, impersonal=("id", "customer", "kind", "is_primary", "created_at"))
register(key="reception.Communication", retention=RETENTION, fields={
    "topic": _("to go on where the talk ended"), "opinion": _("to know what the customer thinks"), "answer": _("to keep to what we said"),
    "next_step": _("to do what was agreed"), "correction_reason": _("to show why an entry was corrected")},
    impersonal=("id", "customer", "hall", "at", "method", "entered_by", "entered_at", "corrects"))
register(key="reception.DuplicatePair", retention=RETENTION, fields={},
         impersonal=("id", "first", "second", "reasons", "state", "found_at", "decided_by", "decided_at"))
register(key="reception.CustomerMerge", retention=RETENTION, fields={"moved": _("to undo a merge exactly"), "reason": _("to show why files were merged")},
         impersonal=("id", "kept", "merged", "by", "at", "undone_by", "undone_at"))
