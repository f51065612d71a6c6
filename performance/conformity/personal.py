"""The personal data of conformity, with its purposes (PIPL)."""
from django.utils.translation import gettext_lazy as _

from config.contributions import personal

CONDUCT, PROOF = _("to know who did what"), _("to show that a clause is followed")
RETENTION = "archive_retention_years"

personal.register(key="performance.ClauseJudgement", retention=RETENTION, fields={"reason": PROOF, "judged_by": CONDUCT},
                  impersonal=("id", "version", "hall", "source", "number", "month", "result", "score", "computed", "computed_score", "judged_at"))
personal.register(key="performance.ClauseEvidence", retention=RETENTION, fields={"title": PROOF, "note": PROOF, "owner": CONDUCT, "added_by": CONDUCT,
                                                                                 "ended_reason": PROOF},
                  impersonal=("id", "version", "hall", "source", "number", "effective_on", "expires_on", "revision", "replaces", "attachment", "checksum",
                              "kind", "record_id",
                              "added_at", "ended_at"))
