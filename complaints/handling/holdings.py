"""What a person holds of complaints: those they handle, what they find out, the measures they carry out. It goes to the successor; nobody gets what is
about them, that goes back to who assigns (CMP-11)."""
from django.utils.translation import gettext_lazy as _

from complaints.handling import plans, states
from complaints.handling.facts import ComplaintRoute, InvestigationTask
from complaints.handling.models import Complaint
from complaints.handling.permissions import Can
from complaints.handling.services import common, routing
from complaints.handling.solving import SolutionMeasure
from config.accounts import trace
from config.contributions.holdings import register
from config.errors import Refused


def handled(employee):
    """The open complaints that this person handles."""
    return Complaint.objects.filter(handler=employee, state__in=states.OPEN)


def give_complaints(actor, records, to, now, reason=""):
    """Each goes to the successor, if they may handle it; else it waits to be assigned."""
    for pk in list(records.order_by("pk").values_list("pk", flat=True)):
        row = common.found(Complaint(pk=pk))
        row.was, row.handler = row.state, to if may_take(row, to) else None
        routes = ComplaintRoute.objects.filter(complaint=row, returned_at=None, answered_at=None)
        routes.update(returned_at=now, return_reason=reason[:300])
        if row.handler:
            trace.save(actor, ComplaintRoute(complaint=row, handler=to, at=now, by=common.employee_of(actor), note=reason[:300]), act="assigned")
        common.saved(actor, row, "handler", act="handed over", verb="assign" if row.handler else "handed_over", now=now, reason=reason)


def may_take(row, person):
    """Whether this person may handle it."""
    try:
        routing.check_handler(row, person)
    except Refused:
        return False
    return True


def give_parts(actor, records, to, now, reason=""):
    """Each goes to the successor; where the complaint is about them it goes to who handles it."""
    touched = set()
    for part in records.select_for_update(of=("self",)).select_related("complaint__handler"):
        about = part.complaint.people.filter(employee=to, complained_about=True).exists()
        part.owner = part.complaint.handler if about and part.complaint.handler_id not in (None, part.owner_id) else part.owner if about else to
        trace.save(actor, part, "owner", act="handed over", reason=reason)
        touched.add(part.complaint_id)
    plans.settle(sorted(touched), actor=actor, now=now, verb="handed_over")


register(key="complaints_handled", label=_("Complaints"), owned=handled, hand_over=give_complaints, capability=Can.HANDLE)
register(key="investigation_tasks", label=_("What to find out for complaints"), capability=Can.HANDLE, hand_over=give_parts,
         owned=lambda employee: InvestigationTask.objects.filter(owner=employee, done_at=None, complaint__state__in=states.IN_HAND))
register(key="solution_measures", label=_("Measures for complaints"), capability=Can.HANDLE, hand_over=give_parts,
         owned=lambda employee: SolutionMeasure.objects.filter(owner=employee, done_at=None, complaint__state__in=states.IN_HAND))
