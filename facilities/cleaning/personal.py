"""The personal data of cleaning rounds, with its purposes (PIPL)."""
from django.utils.translation import gettext_lazy as _

from config.contributions import personal

CONDUCT = _("to know who did what")

personal.register(
    key="facilities.CleaningRound", retention="personnel_retention_years", fields={"done_by": CONDUCT, "checked_by": CONDUCT, "reason": CONDUCT},
    impersonal=("id", "version", "hall", "day", "state", "due_at", "started_at", "done_at", "score"))
personal.register(
    key="facilities.RoundItem", retention="personnel_retention_years", fields={"ticked_by": CONDUCT}, impersonal=("id", "round", "area", "code", "ticked_at"))
