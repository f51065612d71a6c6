"""Who sees which complaints, and who may handle which: scopes of the matrix, narrowed by independence (CMP-11, CMP-26, RELIABILITY 5)."""
from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from complaints.handling.permissions import Can
from config.accounts.access import among, reach
from staff.organisation.models import Posting, Team

MINOR = "minor"


class ComplaintQuerySet(models.QuerySet):
    """Complaints by viewer."""

    def visible_to(self, user, capability=Can.READ):
        """Those in reach, without those about the viewer: who is complained about sees neither complainant nor file (CMP-11)."""
        far = reach(user, capability)
        if not far:
            return self.none()
        rows = self if far.everything else self.filter(covered(far, handling=capability != Can.READ))
        rows = rows.exclude(among(about(far.employee_id), "pk")) if far.employee_id else rows
        return narrowed(rows, far) if capability in (Can.HANDLE, Can.LOOK) else rows

    def open(self):
        """Those that somebody still has to do with."""
        from complaints.handling import states

        return self.filter(state__in=states.OPEN)


def about(employee_id):
    """The ids of the complaints in which this person is complained about."""
    return apps.get_model("complaints.ComplaintPerson").objects.filter(employee_id=employee_id, complained_about=True).values("complaint_id")


def covered(far, *, handling):
    """The condition that a reach goes over a complaint: its hall, its people's team, what is one's own."""
    scope = Q(hall_id__in=far.halls)
    if far.teams:
        people = Posting.objects.on(timezone.localdate()).filter(team_id__in=far.teams).values("employee_id")
        halls = Team.objects.filter(pk__in=far.teams).values("hall_id")
        scope |= among(people, "handler_id") | among(people, "registered_by_id") | Q(handler=None) & among(halls, "hall_id")
    if far.employee_id:
        scope |= own(far.employee_id, handling=handling)
    return scope


def own(employee_id, *, handling):
    """What is one's own: handled by oneself, of one's own customers; in the register also what one wrote down or has a part in."""
    mine = Q(handler_id=employee_id) | Q(customer__owner_id=employee_id)
    if handling:
        return mine
    part = Q(registered_by_id=employee_id) | Q(escalated_to_id=employee_id)
    for model, field in (("InvestigationTask", "owner_id"), ("SolutionMeasure", "owner_id")):
        rows = apps.get_model("complaints", model).objects.filter(**{field: employee_id}).values("complaint_id")
        part |= among(rows, "pk")
    return mine | part


def narrowed(rows, far):
    """An adviser handles minor complaints of own customers alone; the part that another role reaches without a limit stays whole."""
    if MINOR not in far.limits:
        return rows
    if far.full and far.full.everything:
        return rows
    minor = Q(severity=MINOR)
    return rows.filter(minor | covered(far.full, handling=True) if far.full else minor)
