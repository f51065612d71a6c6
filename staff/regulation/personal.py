"""The personal data of the regulation room, with its purposes (PIPL)."""
from django.utils.translation import gettext_lazy as _

from config.contributions import personal

CONDUCT = _("to know who did what")

personal.register(
    key="staff.ParameterChange", retention="personnel_retention_years",
    fields={"asked_by": CONDUCT, "decided_by": CONDUCT, "reason": CONDUCT, "answer": CONDUCT},
    impersonal=("id", "subject", "values", "hall", "position", "valid_from", "state", "asked_at", "decided_at"))
personal.register(
    key="staff.ParameterValue", retention="personnel_retention_years", fields={"entered_by": CONDUCT, "reason": CONDUCT},
    impersonal=("id", "key", "value", "whole", "hall", "position", "valid_from", "valid_until", "change"))
personal.register(
    key="staff.Question", retention="personnel_retention_years", fields={
    "asked_by": _("to answer who asked"), "text": _("the question itself, public to staff"), "answer": _("the answer, public to staff"),
    "answered_by": _("to know who interprets the rule"),
}, impersonal=("id", "version", "regulation", "source", "number", "asked_at", "answered_at"))
personal.register(
    key="staff.ReadingConfirmation", retention="personnel_retention_years", fields={
    "employee": _("to prove who has read which version"), "confirmed_at": _("to prove when"),
}, impersonal=("id", "edition"))
