"""Complaints as other rooms point at them, and as what of them is decided."""
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.handling import people, turns, undoing
from complaints.handling.reach import about
from complaints.handling.services import common, ending, following, routing, timing
from config.contributions.records import register
from config.contributions.undoing import declare
from reception.customers import merges
from reception.followups import sources
from reception.followups.models import FollowUp
from reception.followups.services import KIND as CALL
from reception.promises import sources as promised
from staff.archive import kinds
from staff.duties import ladder

MODEL = "complaints.Complaint"

register(key=common.KIND, model=MODEL, label=_("Complaint"), title=str, page="complaint", confidentiality="confidential", number=common.SERIES)
register(key=routing.REFUSAL, model=MODEL, label=_("Complaint not accepted"), title=str, page="complaint", confidentiality="confidential")
register(key=timing.EXTENSION, model=MODEL, label=_("More time for a complaint"), title=str, page="complaint", confidentiality="confidential")
register(key=ending.OFFER, model=MODEL, label=_("Offer to a customer who complains"), title=str, page="complaint", confidentiality="confidential")
register(key=following.APPEAL, model=MODEL, label=_("Appeal against a rating"), title=str, page="complaint", confidentiality="confidential")
register(key=turns.SAID, model="complaints.ComplaintPerson", label=_("Statement"), title=lambda person: gettext("Your statement is asked"),
         page="complaint_statement", confidentiality="confidential")
merges.declare("complaints.Complaint.customer", merges.MOVE)
promised.declare(common.KIND, about=lambda row: (row.customer, row.hall), joins=("customer", "hall"))
declare(key=common.KIND, changeable=undoing.changeable, locked=common.found, restored=undoing.restored)
kinds.hide(common.KIND, about)  # who is complained about finds no file of it in the archive either (CMP-11)
sources.hide(FollowUp.Trigger.COMPLAINT, about)  # nor the call that asks the customer about it
ladder.keep_out(common.KIND, people.about)  # nor is a superior told who left something undone about it
ladder.keep_out(turns.SAID, people.about_who_is_asked)
ladder.keep_out(CALL, people.about_who_is_called)
