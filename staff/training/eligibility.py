"""`may_serve`: why a person may not give a service today (FIELD 2.1 22)."""
from django.utils import timezone
from django.utils.translation import gettext as _

from staff.organisation.models import Employee
from staff.training.models import CompetenceHeld, ServiceNeed


def may_serve(employee, service, at):
    """Reasons, in words, why `employee` may not give `service` at the moment `at`; an empty list means they may."""
    return reasons_for([employee], service, at)[employee.pk]


def reasons_for(employees, service, at):
    """{employee id: reasons} for many people at once, in two queries."""
    day = timezone.localtime(at).date()
    needs = list(ServiceNeed.objects.filter(service=service).select_related("competence")) if service else []
    held = {}
    for row in CompetenceHeld.objects.filter(employee__in=employees, competence__in=[n.competence_id for n in needs], valid_from__lte=day):
        held.setdefault((row.employee_id, row.competence_id), []).append(row)
    return {employee.pk: _reasons(employee, needs, held, day) for employee in employees}


def _reasons(employee, needs, held, day):
    reasons = [] if employee.state == Employee.State.ON_DUTY else [_("%(name)s is not on duty yet.") % {"name": employee.name}]
    for need in needs:
        rows = held.get((employee.pk, need.competence_id), [])
        if not rows:
            reasons.append(_("%(name)s does not hold “%(competence)s”.") % {"name": employee.name, "competence": need.competence})
        elif all(row.valid_until and row.valid_until < day for row in rows):
            reasons.append(_("“%(competence)s” of %(name)s has expired.") % {"name": employee.name, "competence": need.competence})
    return reasons
