"""The personal data of incidents, with its purposes (PIPL)."""
from django.utils.translation import gettext_lazy as _

from config.contributions import personal

CONDUCT, EVIDENCE = _("to know who did what"), _("to examine what happened")
RETENTION = "archive_retention_years"

personal.register(
    key="facilities.Incident", retention=RETENTION,
    fields=dict.fromkeys(("description", "loss", "cause", "lessons", "verdict"), EVIDENCE)
    | dict.fromkeys(("reported_by", "confirmed_by", "filed_by"), CONDUCT),
    impersonal=("id", "version", "number", "kind", "hall", "place", "happened_at", "reported_at", "due_at", "source_kind", "source_id", "state",
                "confirmed_at", "ended_at", "filed_at"))
personal.register(key="facilities.IncidentEntry", retention=RETENTION, fields={"text": EVIDENCE, "by": CONDUCT},
                  impersonal=("id", "incident", "what", "at", "noted_at"))
personal.register(key="facilities.IncidentMeasure", retention=RETENTION, fields={"owner": CONDUCT}, impersonal=("id", "incident", "what", "due_on", "done_at"))
personal.register(key="facilities.IncidentThing", retention=RETENTION, fields={}, impersonal=("id", "incident", "kind", "record_id"))
