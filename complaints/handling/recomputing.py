"""The limits of open complaints worked out anew when a working calendar or a rule changes, as long work, a hall a step; where one moved both values
stay (FIELD 2.3 row 11)."""
from django.db import transaction
from django.utils.translation import get_language, gettext_lazy

from complaints.handling import plans, states
from complaints.handling.facts import ComplaintDeadline
from complaints.handling.models import Complaint
from complaints.handling.services import clock
from config.jobs import services as jobs
from config.jobs import works
from staff.organisation.models import Hall

WORK = "complaint-limits"
RULES = ("complaint_ack_hours", "complaint_resolution_days", "complaint_update_days")


def halls_with_open(hall_id=None):
    """The ids of the halls with open complaints, in their order; of one alone where it is given."""
    rows = Complaint.objects.filter(state__in=states.OPEN)
    rows = rows.filter(hall=hall_id) if hall_id else rows
    return sorted(set(rows.order_by().values_list("hall_id", flat=True)))


@transaction.atomic
def start(actor, hall_id, *, reason, now):
    """Leave the job, where a hall has open complaints; returns it or None."""
    halls = halls_with_open(hall_id)
    if not halls:
        return None
    job = jobs.start(actor, WORK, title=reason, language=get_language() or "en", now=now, arguments={"halls": halls, "reason": reason, "at": now.isoformat()})
    job.total = len(halls)
    job.save(update_fields=["total"])
    return job


def step(job):
    """One hall."""
    halls = job.arguments["halls"]
    if job.done < len(halls):
        of_hall(Hall.objects.get(pk=halls[job.done]), reason=job.arguments["reason"], now=job.touched_at)
        job.done += 1
    return job.done >= len(halls)


def of_hall(hall, *, reason, now):
    """Work the limits of a hall out anew, and let the duties follow; returns how many complaints moved."""
    moved = clock.recompute(hall, reason=reason, now=now)
    if moved:
        rows = ComplaintDeadline.objects.filter(complaint__hall=hall, at=now).values_list("complaint_id", flat=True)
        plans.settle(sorted(set(rows)), now=now)
    return moved


def everywhere(now):
    """Every hall with open complaints, where no act told of a change, such as new days from the library; returns how many complaints moved."""
    with_open, count = Hall.objects.filter(pk__in=halls_with_open()).order_by("pk"), 0
    for hall in with_open:
        with transaction.atomic():
            count += of_hall(hall, reason="The working calendar changed.", now=now)
    return count


works.register(key=WORK, step=step, page="complaints", label=gettext_lazy("Limits of complaints, %(title)s"))
