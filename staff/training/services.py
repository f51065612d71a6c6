"""Verbs on competences: entering and ending one by hand, kinds of competence, what a service asks for."""
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from staff.organisation.models import Employee
from staff.training.models import Competence, CompetenceHeld, ServiceNeed


@transaction.atomic
def enter(actor, employee, *, competence, valid_from, valid_until=None, now):
    """The person masters this from a day, perhaps until a day. Nobody enters the own competences."""
    employee = Employee.objects.select_for_update().get(pk=employee.pk)
    if actor.user and employee.user_id == actor.user.pk:
        raise Refused(_("Nobody enters their own competences. Ask your superior."))
    if employee.state == Employee.State.LEFT:
        raise Refused(_("%(name)s does not work here any more.") % {"name": employee.name})
    if valid_until and valid_until < valid_from:
        raise Refused(_("The last day lies before the first. Correct one of the two."), field="valid_until")
    running = CompetenceHeld.objects.filter(employee=employee, competence=competence).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=valid_from))
    running = (running.filter(valid_from__lte=valid_until) if valid_until else running).order_by("valid_from").first()
    if running:
        raise Refused(_("%(name)s holds “%(competence)s” from %(day)s already. End this first, or choose other days.") % {
            "name": employee.name, "competence": competence, "day": date_format(running.valid_from)}, field="competence")
    held = CompetenceHeld(employee=employee, competence=competence, valid_from=valid_from, valid_until=valid_until, entered_by=actor.user)
    return trace.save(actor, held, act="entered")


@transaction.atomic
def end(actor, held, *, reason, now):
    """The person does not master it any more: yesterday was the last day. One that begins today or later is taken back."""
    held = CompetenceHeld.objects.select_for_update(of=("self",)).select_related("employee").get(pk=held.pk)
    if actor.user and held.employee.user_id == actor.user.pk:
        raise Refused(_("Nobody changes their own competences. Ask your superior."))
    today = timezone.localtime(now).date()
    if held.valid_until and held.valid_until < today:
        raise Refused(_("This has ended already."))
    if held.valid_from >= today:
        trace.delete(actor, held, act="taken back", reason=reason)
        return None
    held.valid_until = today - timedelta(days=1)
    return trace.save(actor, held, "valid_until", act="ended", reason=reason)


@transaction.atomic
def save_competence(actor, competence, *, code, name, services, now):
    """A kind of competence, new or known, and the services that may be given only by who holds it."""
    competence = Competence.objects.select_for_update().get(pk=competence.pk) if competence else Competence()
    if Competence.objects.filter(code=code).exclude(pk=competence.pk).exists():
        raise Refused(_("The code %(code)s is taken. Choose another.") % {"code": code}, field="code")
    competence.code, competence.name = code, name
    trace.save(actor, competence, act="changed" if competence.pk else "created")
    present = {need.service_id: need for need in competence.needed_by.all()}
    for service in services:
        if service.pk not in present:
            trace.save(actor, ServiceNeed(service=service, competence=competence), act="asked for")
    for pk, need in present.items():
        if pk not in {service.pk for service in services}:
            trace.delete(actor, need, act="asked for no longer")
    return competence
