"""The personal data among the figures of complaints, with its purpose (PIPL)."""
from django.utils.translation import gettext_lazy as _

from config.contributions import personal
from config.contributions.personal import EMPTY, KEEP

COUNT = _("to count complaints by what they have in common")

personal.register(key="complaints.ComplaintFact", retention="customer_data_retention_years", label=_("Figures of complaints"), subject=("complaint__customer",),
                  fields={"handler": COUNT, "product": COUNT, "stars": COUNT}, erasing={"handler": KEEP, "product": EMPTY, "stars": KEEP},
                  impersonal=("complaint", "hall", "kind", "channel", "severity", "cause", "received_on", "closed_on", "due_on", "acked", "ack_in_time",
                              "ack_minutes", "repeat", "solved", "in_time", "solve_minutes", "rated", "reopened"))
