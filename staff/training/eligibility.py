"""`may_serve`: why a person may not give a service today (FIELD 2.1 22)."""
from collections import defaultdict

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
    needs = needs_of([service] if service else [])
    held = held_by(employees, needs, day)
    return {employee.pk: _reasons(employee, needs, held, day) for employee in employees}


def services_given_by(employee, services, at):
    """Those of `services` (ids) that this person may give at the moment `at`, in two queries."""
    day = timezone.localtime(at).date()
    needs = needs_of(services)
    held = held_by([employee], needs, day)
    return [pk for pk in services if not _reasons(employee, [need for need in needs if need.service_id == pk], held, day)]


def who_may(employees, services, at):
    """{service id: ids of those of `employees` who may give it at the moment `at`}, in two queries."""
    day = timezone.localtime(at).date()
    needs = needs_of(services)
    held = held_by(employees, needs, day)
    return {pk: {one.pk for one in employees if not _reasons(one, [need for need in needs if need.service_id == pk], held, day)} for pk in services}


def needs_of(services):
    """The competences that services ask for."""
    return list(ServiceNeed.objects.filter(service__in=services).select_related("competence"))


def held_by(employees, needs, day):
    """{(employee id, competence id): entries} of what these people hold of what is needed."""
    held = defaultdict(list)
    for row in CompetenceHeld.objects.filter(employee__in=employees, competence__in=[n.competence_id for n in needs], valid_from__lte=day):
        held[row.employee_id, row.competence_id].append(row)
    return held


def _reasons(employee, needs, held, day):
    reasons = [] if employee.state == Employee.State.ON_DUTY else [_("%(name)s is not on duty yet.") % {"name": employee.name}]
    for need in needs:
        rows = held.get((employee.pk, need.competence_id), [])
        if not rows:
            reasons.append(_("%(name)s does not hold “%(competence)s”.") % {"name": employee.name, "competence": need.competence})
        elif all(row.valid_until and row.valid_until < day for row in rows):
            reasons.append(_("“%(competence)s” of %(name)s has expired.") % {"name": employee.name, "competence": need.competence})
    return reasons
