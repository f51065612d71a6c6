"""Verbs on people: coming, changing, an account, going on duty."""
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from config.accounts import services as accounts
from config.accounts import trace
from config.contributions import guards
from config.errors import Refused
from config.web.versions import claim_version
from staff.organisation.models import Employee
from staff.organisation.names import sort_key
from staff.organisation.services.postings import post_to
from staff.organisation.services.rights import assign_role
from staff.organisation.states import TRANSITIONS


@transaction.atomic
def create_person(actor, *, name, number, kind, hired_on, position, department, hall=None, team=None, superior=None, username="", now):
    """A person joins, in training: with a first posting, the usual role of the position, and an account if a user name is given.

    Returns (employee, first password or ''). The password is shown once and must be changed at the first log-in (STF-01, STF-04).
    """
    number = number.strip() or next_staff_number()
    if Employee.objects.filter(number=number).exists():
        raise Refused(_("The staff number %(number)s belongs to somebody else. Choose another.") % {"number": number}, field="number")
    employee = Employee(number=number, name=name, sort_key=sort_key(name), kind=kind, hired_on=hired_on)
    try:
        with transaction.atomic():
            trace.save(actor, employee, act="joined")
    except IntegrityError as taken:
        raise Refused(_("The staff number %(number)s was given to somebody else just now. Send the form again.") % {"number": number},
                      field="number") from taken
    post_to(actor, employee, position=position, department=department, hall=hall, team=team, superior=superior, starts_on=hired_on, now=now)
    if position.role != "auditor":  # whose access needs an end, which is asked where roles are assigned
        assign_role(actor, employee, role=position.role, starts_on=hired_on, now=now, **anchor_of(position.role, department, hall, team))
    password = give_account(actor, employee, username=username, now=now) if username else ""
    return employee, password


def anchor_of(role, department, hall, team):
    """Where the usual role of a position is anchored: its department, its team, its hall, or nowhere."""
    if role == "department":
        return {"department": department}
    if role == "supervisor" and team:
        return {"team": team}
    return {"hall": hall} if hall and role not in {"general", "hr", "admin", "auditor", "orders"} else {}


def next_staff_number():
    """The number after the highest of the form E0001."""
    last = Employee.objects.filter(number__regex=r"^E[0-9]{4,8}$").order_by("-number").values_list("number", flat=True)
    return f"E{max((int(number[1:]) for number in last[:1]), default=0) + 1:04d}"


@transaction.atomic
def give_account(actor, employee, *, username, now):
    """An account for somebody without one; returns the first password, which is shown once."""
    employee = locked(employee)
    if employee.user_id:
        raise Refused(_("%(name)s has an account already.") % {"name": employee.name})
    if employee.state == Employee.State.LEFT:
        raise Refused(_("%(name)s does not work here any more.") % {"name": employee.name})
    employee.user, password = accounts.create_account(actor, username=username, display_name=employee.name, now=now)
    trace.save(actor, employee, "user", act="account given")
    return password


@transaction.atomic
def change_person(actor, employee, *, name, number, kind, version=None, now):
    """Correct name, staff number or employment kind."""
    employee = locked(employee)
    claim_version(employee, version)
    if Employee.objects.filter(number=number).exclude(pk=employee.pk).exists():
        raise Refused(_("The staff number %(number)s belongs to somebody else. Choose another.") % {"number": number}, field="number")
    employee.name, employee.number, employee.kind, employee.sort_key = name, number, kind, sort_key(name)
    if employee.user_id and employee.user.display_name != name:
        employee.user.display_name = name
        trace.save(actor, employee.user, "display_name", act="renamed")
    return trace.save(actor, employee, "name", "number", "kind", "sort_key", "version", act="changed")


@transaction.atomic
def put_on_duty(actor, employee, *, reason, now):
    """The person has finished onboarding and has the rights of the position from now on. Rooms above may object (an exam not passed)."""
    employee = locked(employee)
    if actor.user and employee.user_id == actor.user.pk:
        raise Refused(_("Nobody puts themselves on duty. Ask a colleague."))
    employee.state = TRANSITIONS["put_on_duty"].apply(
        employee.state, _("%(name)s is not in training. Only somebody in training is put on duty.") % {"name": employee.name})
    guards.ask("employee", "put_on_duty", employee, actor)
    employee.version += 1
    return trace.save(actor, employee, "state", "version", act="put on duty", reason=reason)


def locked(employee):
    """The row of a person, held until the transaction ends."""
    return Employee.objects.select_for_update(of=("self",)).select_related("user").get(pk=employee.pk)
