"""Where people work, dated: a new posting ends the one before on the day before (STF-01)."""
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from staff.organisation.models import Employee, Posting


@transaction.atomic
def post_to(actor, employee, *, position, department, hall=None, team=None, superior=None, starts_on, now):
    """The person works there from `starts_on` (a date) on, under one superior; the running posting ends on the day before."""
    employee = Employee.objects.select_for_update().get(pk=employee.pk)
    check_dates(employee, starts_on)
    check_place(department, hall, team)
    check_superior(employee, superior, starts_on)
    running = Posting.objects.filter(employee=employee, starts_on__lt=starts_on).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)).first()
    if running:
        running.ends_on = starts_on - timedelta(days=1)
        trace.save(actor, running, "ends_on", act="ended by a new posting")
    posting = Posting(employee=employee, position=position, department=department, hall=hall, team=team, superior=superior, starts_on=starts_on)
    try:
        with transaction.atomic():
            return trace.save(actor, posting, act="posted")
    except IntegrityError as overlap:
        raise Refused(taken_sentence(employee, starts_on), field="starts_on") from overlap


def taken_sentence(employee, day):
    """Who is posted elsewhere on that day or later, in words."""
    other = Posting.objects.filter(employee=employee, starts_on__gte=day).select_related("position").order_by("starts_on").first()
    if other is None:
        return _("%(name)s has another posting in that time. Choose another day.") % {"name": employee.name}
    return _("%(name)s is posted as %(position)s from %(day)s. Choose a later day.") % {
        "name": employee.name, "position": other.position, "day": date_format(other.starts_on)}


def check_dates(employee, starts_on):
    """A posting lies within the employment."""
    if starts_on < employee.hired_on:
        raise Refused(_("%(name)s is employed from %(day)s. Choose this day or a later one.") % {
            "name": employee.name, "day": date_format(employee.hired_on)}, field="starts_on")
    if employee.left_on and starts_on >= employee.left_on:
        raise Refused(_("%(name)s does not work here any more on that day.") % {"name": employee.name}, field="starts_on")


def check_place(department, hall, team):
    """Team, hall and department belong together."""
    if team and team.hall_id and (hall is None or team.hall_id != hall.pk):
        raise Refused(_("The team “%(team)s” works in another hall. Choose its hall, or another team.") % {"team": team}, field="team")
    if team and not team.hall_id and team.department_id != department.pk:
        raise Refused(_("The team “%(team)s” belongs to another department. Choose “%(department)s”.") % {
            "team": team, "department": team.department}, field="department")
    if hall and hall.department_id != department.pk:
        raise Refused(_("The hall “%(hall)s” belongs to another department. Choose “%(department)s”.") % {
            "hall": hall, "department": hall.department}, field="department")


def check_superior(employee, superior, day):
    """Everybody but the top person has one superior, who works here, and nobody stands above themselves by a detour."""
    if superior is None:
        top = Posting.objects.on(day).filter(superior__isnull=True).exclude(employee=employee).select_related("employee").first()
        if top:
            raise Refused(_("%(name)s stands above everybody else; only one person has no superior. Enter the superior.") % {
                "name": top.employee.name}, field="superior")
        return
    if superior.pk == employee.pk:
        raise Refused(_("Nobody is their own superior. Enter somebody else."), field="superior")
    if superior.state == Employee.State.LEFT or (superior.left_on and superior.left_on <= day):
        raise Refused(_("%(name)s does not work here on that day. Enter another superior.") % {"name": superior.name}, field="superior")
    above = dict(Posting.objects.on(day).values_list("employee_id", "superior_id"))
    seen, person = set(), superior.pk
    while person and person not in seen:
        seen.add(person)
        person = above.get(person)
        if person == employee.pk:
            raise Refused(_("%(superior)s works under %(name)s. Enter somebody who does not.") % {
                "superior": superior.name, "name": employee.name}, field="superior")
