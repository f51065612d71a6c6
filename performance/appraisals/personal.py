"""The personal data of appraisals, with its purposes (PIPL)."""
from django.utils.translation import gettext_lazy as _

from config.contributions import personal

APPRAISAL = _("to appraise work by the regulation")
RETENTION = "personnel_retention_years"

personal.register(
    key="performance.Appraisal", retention=RETENTION,
    fields=dict.fromkeys(("employee", "supervisor", "facts", "difficulties", "next_month", "strengths", "weaknesses", "advice", "plan", "comment",
                          "reviewed_by", "reason", "total", "grade", "filed_by"), APPRAISAL),
    impersonal=("id", "version", "department", "hall", "position", "scheme", "period", "state", "due_at", "submitted_at", "interviewed_at", "signed_at",
                "filed_at"))
personal.register(
    key="performance.AppraisalScore", retention=RETENTION, fields=dict.fromkeys(("own_level", "level", "points", "ground"), APPRAISAL),
    impersonal=("id", "appraisal", "group", "indicator", "place", "weight"))
