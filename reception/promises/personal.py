"""The personal data of promises, with its purposes (PIPL), and what erasing the customer does to it."""
from django.utils.translation import gettext_lazy as _

from config.contributions import personal
from config.contributions.personal import EMPTY, KEEP, NEUTRAL
from reception.promises import queries

SERVICE, CONDUCT = _("to keep what we promised"), _("to know who did what")

personal.register(
    key="reception.Promise", retention="customer_data_retention_years", label=_("Promises"), subject=("customer",),
    fields={"customer": SERVICE, "what": SERVICE, "result": SERVICE, "reason": SERVICE, "promised_by": CONDUCT, "owner": CONDUCT, "ended_by": CONDUCT},
    erasing={"what": NEUTRAL, "reason": NEUTRAL, "result": EMPTY, **dict.fromkeys(("customer", "promised_by", "owner", "ended_by"), KEEP)},
    impersonal=("id", "version", "hall", "kind", "record_id", "due_at", "promised_at", "told_by", "state", "ended_at", "answer_by"))

personal.hold_back(key="open promises", kind="customer", held=queries.still_promised,
                   sentence=_("A promise to this customer is still open. Keep or withdraw it first."))
