"""Verbs on the frame of the organisation: departments, teams, positions, services. One verb saves each, new or known."""
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from config.web.versions import claim_version
from staff.organisation.models import Department, Position, Posting, Service, Team


@transaction.atomic
def save_department(actor, department, *, version=None, now, code, name, parent, head):
    """A department under another; only the company itself stands under none. `department` None makes a new one."""
    row = held(Department, department, version)
    top = Department.objects.filter(parent=None).exclude(pk=row.pk).first()
    if parent is None and top:
        raise Refused(_("“%(top)s” stands above all departments. Choose the department this one is part of.") % {"top": top}, field="parent")
    above = parent
    while above:
        if above.pk == row.pk:
            raise Refused(_("“%(parent)s” is part of this department itself. Choose another.") % {"parent": parent}, field="parent")
        above = above.parent
    row.code, row.name, row.parent, row.head = code, name, parent, head
    return kept(actor, row)


@transaction.atomic
def save_team(actor, team, *, version=None, now, code, name, department, hall):
    """A team of a hall, or straight below a department. A team with people does not move to another hall."""
    row = held(Team, team, version)
    if hall and hall.department_id != department.pk:
        raise Refused(_("The hall “%(hall)s” belongs to another department. Choose “%(department)s”.") % {
            "hall": hall, "department": hall.department}, field="department")
    moves = row.pk and row.hall_id != (hall.pk if hall else None)
    if moves and Posting.objects.filter(team=row).exclude(ends_on__lt=timezone.localtime(now).date()).exists():
        raise Refused(_("People are posted in this team. Post them elsewhere before the team moves."), field="hall")
    row.code, row.name, row.department, row.hall = code, name, department, hall
    return kept(actor, row)


@transaction.atomic
def save_position(actor, position, *, version=None, now, code, name, role, serves_customers, order):
    """A position of STF-02, or one of the company's own."""
    row = held(Position, position, version)
    row.code, row.name, row.role, row.serves_customers, row.order = code, name, role, serves_customers, order
    return kept(actor, row)


@transaction.atomic
def save_service(actor, service, *, version=None, now, code, name, prefix):
    """A service that halls can offer; its letter begins its tickets, so no two services share one."""
    row = held(Service, service, version)
    if Service.objects.filter(prefix=prefix).exclude(pk=row.pk).exists():
        raise Refused(_("Another service has the ticket letter %(letter)s. Choose another.") % {"letter": prefix}, field="prefix")
    row.code, row.name, row.prefix = code, name, prefix
    return kept(actor, row)


def held(model, record, version):
    """The row itself, locked and claimed, or a new one."""
    if record is None:
        return model()
    row = model.objects.select_for_update(of=("self",)).get(pk=record.pk)
    claim_version(row, version)
    return row


def kept(actor, row):
    """Save it, unless its code is taken."""
    if type(row).objects.filter(code=row.code).exclude(pk=row.pk).exists():
        raise Refused(_("The code %(code)s is taken. Choose another.") % {"code": row.code}, field="code")
    return trace.save(actor, row, act="changed" if row.pk else "created")
