"""An account with all that every page asks of it, its person and the roles that count today, read in one statement (GEN-01).

Each request needs it, so it is built once a process (config/prepared.py).
"""
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.db.models.lookups import In
from django.utils import timezone

from config import prepared
from config.accounts.models import User
from config.as_json import as_object, record
from staff.organisation.models import Assignment, Deputy, Employee, Hall, Team

EVERYWHERE = ("general", "hr", "admin", "auditor", "orders", "research")  # roles without an anchor: their people work in all halls


def account_in_full(pk, also=None):
    """The account of this id with `employee`, `roles_today` (a dict each; `halls` are dicts, `teams` ids) and what `also` annotates, or None.

    `also` is a function that adds annotations to a query of accounts; the same function each time, since the statement is kept by it.
    """
    user = next(iter(prepared.rows(("account", also), lambda: account(also), pk=pk, day=timezone.localdate())), None)
    if user is not None:
        person = record(Employee, user.__dict__.pop("person"))
        user._state.fields_cache["employee"] = person
        if person:
            person._state.fields_cache["user"] = user
    return user


def account(also):
    """The query of the account PK as it is on the DAY."""
    anchors = Q(pk=OuterRef("hall")) | Q(pk=OuterRef("team__hall")) | Q(department=OuterRef("department")) | Q(In(OuterRef("role"), EVERYWHERE))
    halls = Hall.objects.filter(anchors).order_by("pk").values(row=as_object(Hall))
    teams = Team.objects.filter(department=OuterRef("department")).values("pk")
    stood_in_for = Deputy.objects.filter(deputy__user=OuterRef(OuterRef("pk")), starts_on__lte=prepared.DAY, ends_on__gte=prepared.DAY).values("employee")
    roles = (Assignment.objects.filter(Q(employee__user=OuterRef("pk")) | Q(employee__in=stood_in_for), starts_on__lte=prepared.DAY)
             .exclude(ends_on__lt=prepared.DAY).order_by("pk").values(row=JSONObject(
                 employee_id="employee_id", user_id="employee__user_id", role="role", hall_id="hall_id", team_id="team_id", team_hall_id="team__hall_id",
                 department_id="department_id", halls=ArraySubquery(halls), teams=ArraySubquery(teams))))
    accounts = User.objects.filter(pk=prepared.PK)
    if also:
        accounts = also(accounts)
    return accounts.annotate(person=as_object(Employee, "employee__"), roles_today=ArraySubquery(roles))
