"""The personal data of requests and plans, with its purposes (PIPL)."""
from django.utils.translation import gettext_lazy as _

from config.contributions import personal

CONDUCT = _("to know who did what")
RATED = _("to appraise teamwork by the regulation")
RETENTION = "personnel_retention_years"

personal.register(
    key="staff.WorkRequest", retention=RETENTION,
    fields={"asked_by": CONDUCT, "owner": CONDUCT, "answered_by": CONDUCT, "score": RATED, "comment": RATED, "answer": CONDUCT, "withdrawn_because": CONDUCT},
    impersonal=("id", "version", "number", "kind", "title", "need", "from_department", "from_hall", "to_department", "to_hall", "needed_by", "sent_at",
                "due_at", "state", "answered_at", "result", "delivered_at", "rated_at", "closed_at"))
personal.register(key="staff.RequestPart", retention=RETENTION, fields={"employee": CONDUCT}, impersonal=("id", "request", "what", "done_at"))
personal.register(
    key="staff.WorkPlan", retention=RETENTION, fields={"planner": CONDUCT, "reviewed_by": CONDUCT},
    impersonal=("id", "version", "hall", "team", "period", "opens_at", "due_at", "state", "goal", "set_at", "review_note", "reviewed_at"))
personal.register(
    key="staff.PlanTask", retention=RETENTION, fields={"owner": CONDUCT, "result": CONDUCT},
    impersonal=("id", "version", "plan", "text", "due_on", "serves", "state", "ended_at"))
