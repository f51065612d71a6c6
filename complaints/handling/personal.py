"""The personal data of complaints, with its purposes (PIPL), and what erasing the customer does to it: the complaint stays, of nobody."""
from django.utils.translation import gettext_lazy as _

from complaints.handling import erasing
from config.contributions import personal
from config.contributions.personal import EMPTY, KEEP, NEUTRAL

ANSWER, CONDUCT, FAIRNESS = _("to deal with the complaint and answer the customer"), _("to know who did what"), _("to judge by both sides")
RETENTION = "customer_data_retention_years"
OF = ("complaint__customer",)

personal.register(
    key="complaints.Complaint", retention=RETENTION, label=_("Complaints"), subject=("customer",),
    fields=dict.fromkeys(("customer", "contact_name", "contact_phone", "contact_email", "reported_by", "matter", "cause_told", "demand", "product",
                          "promised_manner", "grounds", "facts_found", "cause_detail", "whys", "improvement", "prevention", "no_improvement",
                          "satisfaction", "end_reason", "advice", "language"), ANSWER)
    | dict.fromkeys(("registered_by", "handler", "escalated_to", "closed_by"), CONDUCT),
    erasing={**dict.fromkeys(("contact_name", "contact_phone", "contact_email", "reported_by", "cause_told", "demand", "product", "promised_manner",
                              "facts_found", "cause_detail", "end_reason", "advice"), EMPTY),
             **dict.fromkeys(("matter", "grounds"), NEUTRAL),
             **dict.fromkeys(("customer", "whys", "improvement", "prevention", "no_improvement", "satisfaction", "language", "registered_by", "handler",
                              "escalated_to", "closed_by"), KEEP)},
    impersonal=("id", "version", "number", "public_code", "kind", "hall", "channel", "received_at", "registered_at", "source_kind", "source_id", "impact",
                "urgency", "severity", "safety", "assessed", "apologised", "promised", "promised_until", "told_by", "state", "state_before", "since",
                "turn", "department", "returns", "reopened", "urges", "escalated_at", "level", "turn_began_at", "acknowledged_at", "implemented_at",
                "closed_at", "ack_due_at", "update_due_at", "solve_due_at", "next_due_at", "paused", "reported_at", "validity", "cause",
                "merged_into", "split_from", "repeats"))
personal.register(key="complaints.ComplaintPerson", retention=RETENTION, label=_("People named in complaints"), subject=OF,
                  fields={"employee": FAIRNESS}, erasing={"employee": KEEP}, impersonal=("id", "complaint", "complained_about"))
personal.register(key="complaints.ComplaintEntry", retention=RETENTION, label=_("Lines of complaints"), subject=OF,
                  fields={"text": ANSWER, "by": CONDUCT, "to": CONDUCT}, erasing={"text": NEUTRAL, "by": KEEP, "to": KEEP},
                  impersonal=("id", "complaint", "kind", "at", "method", "channel", "key"))
personal.register(key="complaints.ComplaintPause", retention=RETENTION, label=_("Pauses of complaints"), subject=OF,
                  fields={"reason": ANSWER, "evidence": ANSWER, "ended_how": ANSWER, "by": CONDUCT, "ended_by": CONDUCT},
                  erasing={"reason": NEUTRAL, "evidence": NEUTRAL, "ended_how": EMPTY, "by": KEEP, "ended_by": KEEP},
                  impersonal=("id", "complaint", "began_at", "ended_at"))
personal.register(key="complaints.ComplaintExtension", retention=RETENTION, label=_("Extensions of complaints"), subject=OF,
                  fields={"reason": ANSWER, "asked_by": CONDUCT, "decided_by": CONDUCT}, erasing={"reason": NEUTRAL, "asked_by": KEEP, "decided_by": KEEP},
                  impersonal=("id", "complaint", "asked_at", "days", "outcome", "decided_at", "told_at"))
personal.register(key="complaints.ComplaintDeadline", retention=RETENTION, fields={}, label=_("Moved limits of complaints"), subject=OF,
                  impersonal=("id", "complaint", "limit", "was", "became", "reason", "at"))
personal.register(key="complaints.ComplaintRoute", retention=RETENTION, label=_("Routing of complaints"), subject=OF,
                  fields={"handler": CONDUCT, "by": CONDUCT, "answered_by": CONDUCT, "note": ANSWER, "answer": ANSWER, "return_reason": ANSWER},
                  erasing={"handler": KEEP, "by": KEEP, "answered_by": KEEP, "note": EMPTY, "answer": EMPTY, "return_reason": EMPTY},
                  impersonal=("id", "complaint", "department", "at", "answered_at", "returned_at"))
personal.register(key="complaints.InvestigationTask", retention=RETENTION, label=_("Investigation tasks"), subject=OF,
                  fields={"what": ANSWER, "owner": CONDUCT, "result": ANSWER}, erasing={"what": NEUTRAL, "owner": KEEP, "result": EMPTY},
                  impersonal=("id", "complaint", "due_on", "done_at"))
personal.register(key="complaints.Evidence", retention=RETENTION, label=_("Evidence"), subject=OF,
                  fields={"text": FAIRNESS, "person": FAIRNESS, "witness": FAIRNESS, "added_by": CONDUCT, "struck_reason": FAIRNESS},
                  erasing={"text": NEUTRAL, "person": KEEP, "witness": EMPTY, "added_by": KEEP, "struck_reason": EMPTY},
                  impersonal=("id", "complaint", "kind", "shows_on", "attachment", "checksum", "added_at", "struck_at"))
personal.register(key="complaints.Liability", retention=RETENTION, label=_("Responsible parties"), subject=OF,
                  fields={"employee": FAIRNESS, "name": FAIRNESS, "decided_by": CONDUCT}, erasing={"employee": KEEP, "name": EMPTY, "decided_by": KEEP},
                  impersonal=("id", "complaint", "party", "department", "share", "decided_at", "turn"))
personal.register(key="complaints.Demand", retention=RETENTION, label=_("Demands"), subject=OF, fields={"text": ANSWER, "reason": ANSWER},
                  erasing={"text": NEUTRAL, "reason": NEUTRAL}, impersonal=("id", "complaint", "reasonable"))
personal.register(key="complaints.SolutionRound", retention=RETENTION, label=_("Rounds of a solution"), subject=OF,
                  fields={"offer": ANSWER, "opinion": ANSWER, "offered_by": CONDUCT, "approved_by": CONDUCT},
                  erasing={"offer": NEUTRAL, "opinion": EMPTY, "offered_by": KEEP, "approved_by": KEEP},
                  impersonal=("id", "complaint", "number", "turn", "compensation", "goodwill", "offered_at", "approval", "approved_at", "answer",
                              "consent_by", "answered_at"))
personal.register(key="complaints.SolutionMeasure", retention=RETENTION, label=_("Measures of a solution"), subject=OF,
                  fields={"what": ANSWER, "owner": CONDUCT, "result": ANSWER}, erasing={"what": NEUTRAL, "owner": KEEP, "result": EMPTY},
                  impersonal=("id", "complaint", "round", "due_on", "done_at"))
personal.register(key="complaints.ComplaintRating", retention=RETENTION, label=_("Ratings of complaints"), subject=OF,
                  fields={"stars": ANSWER, "comment": ANSWER, "taken_by": CONDUCT, "appealed_by": FAIRNESS, "appeal_reason": FAIRNESS,
                          "decided_by": CONDUCT, "decision": FAIRNESS},
                  erasing={"stars": KEEP, "comment": EMPTY, "taken_by": KEEP, "appealed_by": KEEP, "appeal_reason": KEEP, "decided_by": KEEP,
                           "decision": KEEP},
                  impersonal=("id", "complaint", "turn", "at", "method", "appeal", "appealed_at", "decided_at"))
personal.hold_back(key="open complaints", kind="customer", held=erasing.still_open,
                   sentence=_("This customer has an open complaint. Bring it to its end first."))
