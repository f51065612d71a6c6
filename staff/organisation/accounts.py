"""An account with all that every page asks of it, its person and the roles that count today, read in one statement (GEN-01).

Building such a statement costs more than running it, and each request needs it: it is built once a process, and run with other values.
"""
import json
from datetime import date
from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.db.models.lookups import In
from django.utils import timezone

from config.accounts.models import User
from staff.organisation.models import Assignment, Deputy, Employee, Hall, Team

EVERYWHERE = ("general", "hr", "admin", "auditor", "orders", "research")  # roles without an anchor: their people work in all halls
SOMEBODY, SOME_DAY = -1, date.min  # stand in the prepared statement where an account and a day come


def account_in_full(pk, also=None):
    """The account of this id with `employee`, `roles_today` (a dict each; `halls` are dicts, `teams` ids) and what `also` annotates, or None.

    `also` is a function that adds annotations to a query of accounts; the same function each time, since the statement is kept by it.
    """
    sql, values = prepared(also)
    given = {SOMEBODY: pk, SOME_DAY: timezone.localdate()}
    rows = User.objects.raw(sql, [given.get(value, value) if isinstance(value, int | date) else value for value in values])
    user = next(iter(rows), None)
    if user is not None:
        user.roles_today = [json.loads(role) for role in user.roles_today]
        facts = json.loads(user.__dict__.pop("person"))
        person = record(Employee, facts) if facts["id"] else None
        user._state.fields_cache["employee"] = person
        if person:
            person._state.fields_cache["user"] = user
    return user


@cache
def prepared(also):
    """(SQL, values) of reading SOMEBODY on SOME_DAY."""
    anchors = Q(pk=OuterRef("hall")) | Q(pk=OuterRef("team__hall")) | Q(department=OuterRef("department")) | Q(In(OuterRef("role"), EVERYWHERE))
    halls = Hall.objects.filter(anchors).order_by("pk").values(row=as_object(Hall))
    teams = Team.objects.filter(department=OuterRef("department")).values("pk")
    stood_in_for = Deputy.objects.filter(deputy__user=OuterRef(OuterRef("pk")), starts_on__lte=SOME_DAY, ends_on__gte=SOME_DAY).values("employee")
    roles = (Assignment.objects.filter(Q(employee__user=OuterRef("pk")) | Q(employee__in=stood_in_for), starts_on__lte=SOME_DAY)
             .exclude(ends_on__lt=SOME_DAY).order_by("pk").values(row=JSONObject(
                 employee_id="employee_id", role="role", hall_id="hall_id", team_id="team_id", team_hall_id="team__hall_id",
                 department_id="department_id", halls=ArraySubquery(halls), teams=ArraySubquery(teams))))
    accounts = User.objects.filter(pk=SOMEBODY)
    if also:
        accounts = also(accounts)
    return accounts.annotate(person=as_object(Employee, "employee__"), roles_today=ArraySubquery(roles)).query.sql_with_params()


def as_object(model, path=""):
    """All columns of a model as one JSON value."""
    return JSONObject(**{field.attname: f"{path}{field.attname}" for field in model._meta.concrete_fields})


def record(model, facts):
    """A record out of its columns as JSON gave them."""
    fields = model._meta.concrete_fields
    return model.from_db(None, [field.attname for field in fields], [field.to_python(facts[field.attname]) for field in fields])
