"""The personal data of follow-ups, with its purposes (PIPL), and what erasing the customer does to it."""
from django.utils.translation import gettext_lazy as _

from config.contributions import personal
from config.contributions.personal import EMPTY, KEEP, NEUTRAL
from reception.followups import queries

SERVICE, CONDUCT = _("to ask how the customer is served"), _("to know who did what")
RETENTION = "customer_data_retention_years"

personal.register(
    key="reception.FollowUp", retention=RETENTION, label=_("Follow-ups"), subject=("customer",),
    fields={"customer": SERVICE, "opinions": SERVICE, "satisfaction": SERVICE, "loyalty": SERVICE, "usage": SERVICE, "employee": CONDUCT,
            "recorded_by": CONDUCT},
    erasing={"opinions": EMPTY, **dict.fromkeys(("customer", "satisfaction", "loyalty", "usage", "employee", "recorded_by"), KEEP)},
    impersonal=("id", "version", "hall", "visit", "trigger", "slot", "source_id", "state", "begins_at", "due_at", "tries", "again_at", "method", "recorded_at"))
personal.register(
    key="reception.FollowUpTry", retention=RETENTION, label=_("Calls in vain"), subject=("follow_up__customer",), fields={"by": CONDUCT, "note": SERVICE},
    erasing={"by": KEEP, "note": EMPTY}, impersonal=("id", "follow_up", "at", "method"))
personal.register(
    key="reception.FollowUpIssue", retention=RETENTION, label=_("Issues of follow-ups"), subject=("follow_up__customer",),
    fields={"text": SERVICE, "answer": SERVICE}, erasing={"text": NEUTRAL, "answer": EMPTY}, impersonal=("id", "follow_up", "department", "answered_at"))

personal.hold_back(key="open follow-ups", kind="customer", held=queries.still_to_call,
                   sentence=_("A follow-up of this customer is still open. Record or close it first."))
