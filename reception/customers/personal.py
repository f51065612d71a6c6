"""Personal data of this room: each field with its purpose, and what erasing the customer does to it."""
from django.utils.translation import gettext_lazy as _

from config.contributions.personal import DELETE, EMPTY, KEEP, NEUTRAL, hold_back, name_subject, register
from reception.customers import erasing
from reception.customers.queries.completeness import still_to_confirm

RETENTION = "customer_data_retention_years"
CONDUCT = _("to know who did what")

name_subject(key="customer", model="reception.Customer", label=_("Customer"), title=lambda customer: customer.number, family=erasing.family,
             known_by=erasing.known_by, forget=erasing.mark)

register(key="reception.Customer", retention=RETENTION, label=_("Customer file"), subject=("pk",), fields={
    "name": _("to address the customer and find the file"), "company": _("to know whom the customer acts for"),
    "note": _("what matters in dealing with the customer"), "choice_reason": _("to respect the customer's choice"),
    "attention": _("what colleagues mind when the customer comes"), "sort_key": _("to order lists by name"), "search_keys": _("to find the file by name"),
    "source": _("to know which promotion works"), "last_seen_at": _("to show the people seen last first"),
    "prefers_channel": _("to reach the customer as they like it"), "prefers_time": _("to reach the customer as they like it"),
    "prefers_language": _("to reach the customer as they like it"), "prefers_manner": _("to reach the customer as they like it")},
    erasing={**dict.fromkeys(("name", "company", "note", "choice_reason", "attention", "sort_key", "search_keys", "source", "prefers_channel",
                              "prefers_time", "prefers_language", "prefers_manner"), EMPTY), "last_seen_at": KEEP},
    impersonal=("id", "version", "number", "owner", "choice", "choice_at", "confirmed_at", "confirmed_by", "merged_into", "created_at", "created_by",
                "erased_at"))
register(key="reception.CustomerKey", retention=RETENTION, label=_("Search keys"), subject=("customer",), erasing=DELETE,
         fields={"key": _("to find the file as typed")}, impersonal=("id", "hall", "customer"))
register(key="reception.ContactPoint", retention=RETENTION, label=_("Ways of contact"), subject=("customer",), erasing=DELETE, fields={
    "value": _("to reach the customer"), "extension": _("to reach the customer"), "digits": _("to find the file by phone"),
    "reversed_digits": _("to find the file by the last digits of the phone")}, impersonal=("id", "customer", "kind", "is_primary", "created_at"))
register(key="reception.Communication", retention=RETENTION, label=_("Communications"), subject=("customer",), fields={
    "topic": _("to go on where the talk ended"), "opinion": _("to know what the customer thinks"), "answer": _("to keep to what we said"),
    "next_step": _("to do what was agreed"), "correction_reason": _("to show why an entry was corrected")},
    erasing={"topic": NEUTRAL, **dict.fromkeys(("opinion", "answer", "next_step", "correction_reason"), EMPTY)},
    impersonal=("id", "customer", "hall", "at", "method", "entered_by", "entered_at", "corrects"))
register(key="reception.DuplicatePair", retention=RETENTION, label=_("Pairs of like files"), subject=("first", "second"), erasing=DELETE, fields={},
         impersonal=("id", "first", "second", "reasons", "state", "found_at", "decided_by", "decided_at"))
register(key="reception.CustomerMerge", retention=RETENTION, label=_("Merges of files"), subject=("kept", "merged"),
         fields={"moved": _("to undo a merge exactly"), "reason": _("to show why files were merged")}, erasing={"moved": EMPTY, "reason": EMPTY},
         impersonal=("id", "kept", "merged", "by", "at", "undone_by", "undone_at"))
register(key="reception.FileCheck", retention=RETENTION, label=_("How complete the file is"), subject=("customer",), erasing=DELETE, fields={},
         impersonal=("customer", "percent", "missing"))
register(key="reception.Confirmation", retention=RETENTION, label=_("Fields to confirm"), subject=("customer",), fields={
    "note": _("to know what is in doubt"), "owner": CONDUCT, "marked_by": CONDUCT, "asked_by": CONDUCT},
    erasing={"note": EMPTY, "owner": KEEP, "marked_by": KEEP, "asked_by": KEEP},
    impersonal=("id", "customer", "field", "marked_at", "due_at", "asked_at", "method", "result"))
hold_back(key="fields to confirm", kind="customer", held=still_to_confirm,
          sentence=_("A field of this file is still to be confirmed with the customer. Confirm it first."))
register(key="reception.Consent", retention=RETENTION, label=_("Consents"), subject=("customer",), fields={
    "customer": _("to show what the customer consented to"), "third_party": _("to show what the customer consented to"),
    "text": _("to show what the customer consented to"), "recorded_by": CONDUCT, "withdrawn_by": CONDUCT},
    erasing={"customer": KEEP, "third_party": KEEP, "text": NEUTRAL, "recorded_by": KEEP, "withdrawn_by": KEEP},
    impersonal=("id", "purpose", "version", "channel", "given_at", "withdrawn_at", "withdrawn_channel"))
register(key="reception.Disclosure", retention=RETENTION, label=_("Disclosures"), subject=("customer",), fields={
    "customer": _("to show who was told what"), "what": _("to show who was told what"), "why": _("to show who was told what"), "by": CONDUCT},
    erasing={"customer": KEEP, "what": NEUTRAL, "why": NEUTRAL, "by": KEEP}, impersonal=("id", "consent", "to_whom", "at"))
