"""What is due tells whoever takes a shift over: what is open in the hall for a role, and what the giver has not done."""
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config.contributions.handovers import register
from staff.duties.models import Duty
from staff.duties.plans import PLANS

MOST = 30


def find(hall, giver, now):
    """What has begun and is open, the earliest due first: of the roles in the hall, and of the giver there."""
    rows = Duty.objects.begun(now).filter(Q(employee=None) | Q(employee=giver), hall=hall).order_by("due_at", "pk")[:MOST]
    return [{"kind": row.kind, "id": row.record_id, "schedule": row.schedule, "since": row.due_at.isoformat()} for row in rows]


def tell(line):
    """What the plan is called."""
    plan = PLANS.get(line["schedule"])
    return plan.label if plan else line["schedule"]


register(key="duties", label=_("Due and not done"), find=find, tell=tell, order=30)
