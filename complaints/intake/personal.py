"""The personal data of channels, checks and mails, with its purposes (PIPL); a mail goes with the customer of its complaint."""
from django.utils.translation import gettext_lazy as _

from config.contributions import personal
from config.contributions.personal import EMPTY, KEEP

ANSWER, CONDUCT = _("to deal with the complaint and answer the customer"), _("to know who did what")

personal.register(key="complaints.ComplaintChannel", retention="personnel_retention_years", fields={}, label=_("Complaint channels"),
                  impersonal=("id", "version", "hall", "kind", "value", "hours", "public", "active_since", "is_active"))
personal.register(key="complaints.BoxCheck", retention="personnel_retention_years", fields={"done_by": CONDUCT, "note": CONDUCT},
                  label=_("Checks of complaint boxes"), impersonal=("id", "version", "hall", "channel", "day", "due_at", "state", "done_at", "found"))
personal.register(key="complaints.IncomingMail", retention="customer_data_retention_years", label=_("Mails of complaints"), subject=("complaint__customer",),
                  fields={"sender": ANSWER, "sender_name": ANSWER, "subject": ANSWER, "text": ANSWER, "decided_by": CONDUCT},
                  erasing={"sender": EMPTY, "sender_name": EMPTY, "subject": EMPTY, "text": EMPTY, "decided_by": KEEP},
                  impersonal=("id", "message_id", "hall", "received_at", "read_at", "state", "problem", "complaint", "decided_at"))
