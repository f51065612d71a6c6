"""The personal data among the figures of complaints, with its purpose (PIPL)."""
from django.utils.translation import gettext_lazy as _

from config.contributions import personal
from config.contributions.personal import EMPTY, KEEP

COUNT = _("to count complaints by what they have in common")
ANALYSIS = _("to find what goes wrong and who mends it")

personal.register(key="complaints.ComplaintFact", retention="customer_data_retention_years", label=_("Figures of complaints"), subject=("complaint__customer",),
                  fields={"handler": COUNT, "product": COUNT, "stars": COUNT}, erasing={"handler": KEEP, "product": EMPTY, "stars": KEEP},
                  impersonal=("complaint", "hall", "kind", "channel", "severity", "cause", "received_on", "closed_on", "due_on", "acked", "ack_in_time",
                              "ack_minutes", "repeat", "solved", "in_time", "solve_minutes", "rated", "reopened"))
personal.register(key="complaints.ComplaintAnalysis", retention="archive_retention_years",
                  fields={"problems": ANALYSIS, "weaknesses": ANALYSIS, "figures": ANALYSIS, "signed_by": ANALYSIS},
                  impersonal=("id", "version", "hall", "month", "state", "drafted_at", "due_at", "signed_at"))
personal.register(key="complaints.AnalysisMeasure", retention="archive_retention_years", fields={"what": ANALYSIS, "owner": ANALYSIS},
                  impersonal=("id", "analysis", "action"))
