"""Verbs on roles and deputies. Nobody changes the own rights (GEN-01)."""
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from staff.organisation.matrix import ROLES
from staff.organisation.models import Assignment, Deputy, Employee, Posting

ANCHORED_AT_HALL = {"reception", "sales", "agent", "telesales", "designer", "technician", "logistics", "manager"}
NO_ANCHOR = {"general", "hr", "admin", "auditor", "orders"}
LONGEST_DEPUTY = 92  # days; whoever is away longer is replaced, not represented


@transaction.atomic
def assign_role(actor, employee, *, role, hall=None, team=None, department=None, starts_on, ends_on=None, now):
    """A role at an anchor (hall, team, department or none) from a day, perhaps until a day; an auditor's always ends."""
    employee = Employee.objects.select_for_update().get(pk=employee.pk)
    not_oneself(actor, employee)
    check_anchor(role, hall, team, department)
    if role == "auditor" and ends_on is None:
        raise Refused(_("An auditor's access ends on a day. Enter it."), field="ends_on")
    if ends_on and ends_on < starts_on:
        raise Refused(_("The last day lies before the first. Correct one of the two."), field="ends_on")
    same = Assignment.objects.filter(employee=employee, role=role, hall=hall, team=team, department=department)
    same = same.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    if (same.filter(starts_on__lte=ends_on) if ends_on else same).exists():
        raise Refused(_("%(name)s has this role there already. End it first, or choose other days.") % {"name": employee.name}, field="role")
    row = Assignment(employee=employee, role=role, hall=hall, team=team, department=department, starts_on=starts_on, ends_on=ends_on)
    return trace.save(actor, row, act="assigned")


@transaction.atomic
def end_role(actor, assignment, *, ends_on, reason, now):
    """The role ends with the day `ends_on`; a role that has not begun yet is taken back."""
    assignment = Assignment.objects.select_for_update(of=("self",)).select_related("employee").get(pk=assignment.pk)
    not_oneself(actor, assignment.employee)
    if ends_on < assignment.starts_on:
        raise Refused(_("The role began later than that. Choose its first day or a later one."), field="ends_on")
    if assignment.ends_on and assignment.ends_on < timezone.localtime(now).date():
        raise Refused(_("This role has ended already."))
    assignment.ends_on = ends_on
    return trace.save(actor, assignment, "ends_on", act="ended", reason=reason)


@transaction.atomic
def name_deputy(actor, employee, *, deputy, starts_on, ends_on, now):
    """`deputy` stands in for `employee` from day to day, both included; the deputy acts in the own name (STF-01)."""
    people = {person.pk: person for person in Employee.objects.select_for_update().filter(pk__in=[employee.pk, deputy.pk]).order_by("pk")}
    employee, deputy = people[employee.pk], people[deputy.pk]
    if deputy.pk == employee.pk:
        raise Refused(_("Nobody is their own deputy. Enter somebody else."), field="deputy")
    if deputy.state != Employee.State.ON_DUTY:
        raise Refused(_("%(name)s is not on duty. Enter somebody who is.") % {"name": deputy.name}, field="deputy")
    if actor.user and deputy.user_id == actor.user.pk and employee.user_id != actor.user.pk:
        raise Refused(_("Nobody makes themselves a deputy. Ask the superior or a colleague."), field="deputy")
    if ends_on < starts_on:
        raise Refused(_("The last day lies before the first. Correct one of the two."), field="ends_on")
    if (ends_on - starts_on).days > LONGEST_DEPUTY:
        raise Refused(_("A deputy stands in for at most %(days)s days. Choose an earlier last day.") % {"days": LONGEST_DEPUTY}, field="ends_on")
    check_near(employee, deputy, starts_on)
    check_no_chain(employee, deputy, starts_on, ends_on)
    taken = Deputy.objects.filter(employee=employee, starts_on__lte=ends_on, ends_on__gte=starts_on).select_related("deputy").first()
    if taken:
        raise Refused(_("%(deputy)s is already deputy in that time. End this first, or choose other days.") % {"deputy": taken.deputy.name},
                      field="starts_on")
    return trace.save(actor, Deputy(employee=employee, deputy=deputy, starts_on=starts_on, ends_on=ends_on), act="named")


def check_near(employee, deputy, day):
    """Whose work is bound to a hall or a department is represented from there: by somebody of the same hall (without one, of the same
    department), by the own superior, by one of the own people, or by a colleague below the same superior."""
    mine, theirs = (Posting.objects.on(day).filter(employee=person).first() for person in (employee, deputy))
    if mine is None:
        return
    same = theirs is not None and (theirs.hall_id == mine.hall_id if mine.hall_id else theirs.department_id == mine.department_id)
    beside = theirs is not None and mine.superior_id in (deputy.pk, theirs.superior_id) and mine.superior_id is not None
    below = theirs is not None and theirs.superior_id == employee.pk
    if not (same or beside or below):
        raise Refused(_("%(name)s works elsewhere. Enter somebody of the same hall or department, the superior, or a colleague below the same superior.")
                      % {"name": deputy.name}, field="deputy")


def check_no_chain(employee, deputy, starts_on, ends_on):
    """Rights go one step: nobody who is represented stands in for others meanwhile, nor is represented while standing in."""
    then = Deputy.objects.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).select_related("employee", "deputy")
    if away := then.filter(employee=deputy).first():
        raise Refused(_("%(name)s is represented by %(deputy)s in that time. Enter somebody who is there.") % {
            "name": deputy.name, "deputy": away.deputy.name}, field="deputy")
    if standing := then.filter(deputy=employee).first():
        raise Refused(_("%(name)s stands in for %(other)s in that time. End that first, or choose other days.") % {
            "name": employee.name, "other": standing.employee.name}, field="starts_on")


@transaction.atomic
def end_deputy(actor, deputy, *, now):
    """The deputy stands in no longer: yesterday was the last day; one that has not begun is taken back."""
    deputy = Deputy.objects.select_for_update().get(pk=deputy.pk)
    today = timezone.localtime(now).date()
    if deputy.ends_on < today:
        raise Refused(_("This has ended already."))
    if deputy.starts_on >= today:
        trace.delete(actor, deputy, act="taken back")
        return None
    deputy.ends_on = today - timedelta(days=1)
    return trace.save(actor, deputy, "ends_on", act="ended")


def check_anchor(role, hall, team, department):
    """Each role has its own kind of anchor (roles.md)."""
    if role not in ROLES:
        raise Refused(_("Choose a role from the list."), field="role")
    if role == "department" and department is None:
        raise Refused(_("A department manager has a department. Choose it."), field="department")
    if role == "supervisor" and team is None:
        raise Refused(_("A supervisor has a team. Choose it."), field="team")
    if role in ANCHORED_AT_HALL and hall is None:
        raise Refused(_("This role is held in a hall. Choose it."), field="hall")
    if role in NO_ANCHOR and (hall or team or department):
        raise Refused(_("This role holds for the whole company. Leave hall, team and department empty."), field="role")
    if team and hall and team.hall_id != hall.pk:
        raise Refused(_("The team “%(team)s” works in another hall. Choose its hall, or another team.") % {"team": team}, field="team")


def not_oneself(actor, employee):
    """Rights are given by others."""
    if actor.user and employee.user_id == actor.user.pk:
        raise Refused(_("Nobody changes their own rights. Ask a colleague."))
