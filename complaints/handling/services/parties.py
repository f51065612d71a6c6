"""Who may do what beyond the right itself: who leads, who decides, and who stays out of it because they handled it or it concerns them (CMP-11,
lifecycles.md, Complaint; FIELD 2.3 rows 29, 30, 33)."""
from django.utils.translation import gettext as _

from complaints.handling.models import Complaint
from complaints.handling.permissions import Can
from complaints.handling.services import common
from config.accounts.access import reach
from config.errors import Refused
from staff.organisation.models import Employee, Team
from staff.organisation.standing import covers


def decides(user, row):
    """Whether this account decides about complaints of the hall: its manager, and who stands above."""
    return user is not None and covers(reach(user, Can.DECIDE), row.hall_id)


def leads(user, row):
    """Whether this account is a superior there: who decides, or who leads a team of the hall (roles.md: a customer-service lead is a supervisor)."""
    if user is None:
        return False
    teams = reach(user, Can.HANDLE).teams
    return decides(user, row) or bool(teams) and Team.objects.filter(pk__in=teams, hall_id=row.hall_id).exists()


def check_leads(actor, row):
    """Refuse whoever is no superior there."""
    if not leads(actor.user, row):
        raise Refused(_("A superior of the hall does this. Report the complaint upwards."))


def check_decides(actor, row):
    """Refuse whoever is not the manager of the hall nor above, and who handled it: nobody decides about what they did themselves."""
    common.check_not_about_actor(actor, row)
    if not decides(actor.user, row):
        raise Refused(_("The manager of the hall decides this."))
    person = common.employee_of(actor)
    if person and person.pk in handlers(row):
        raise Refused(_("You handled this complaint yourself. Somebody else who may decide it has to."))


def handlers(row):
    """The ids of those who handled it in this turn, the present one and those before."""
    ids = set(row.routes.filter(at__gte=row.turn_began_at).values_list("handler_id", flat=True))
    return ids | ({row.handler_id} if row.handler_id else set())


def concerned(row):
    """The ids of those whom it is about: complained about, or found responsible in any turn."""
    named = set(row.people.filter(complained_about=True).values_list("employee_id", flat=True))
    return named | set(row.liabilities.filter(employee__isnull=False).values_list("employee_id", flat=True))


def check_outsider(actor, row):
    """Refuse who asks the customer about handling of their own, or about themselves (FIELD 2.3 row 30)."""
    person = common.employee_of(actor)
    if person is None:
        return
    if person.pk in concerned(row):
        raise Refused(_("This complaint concerns you, so somebody else deals with it."))
    if person.pk in handlers(row):
        raise Refused(_("You handled this complaint. Somebody else asks the customer how satisfied they are."))


def check_owner(row, person, *, what, field="owner"):
    """Refuse to give work on it to who is not here, or whom it is about. `what` is the sentence's act, such as _("look into it")."""
    if person.state != Employee.State.ON_DUTY:
        raise Refused(_("%(name)s is not on duty. Choose somebody else.") % {"name": person}, field=field)
    common.check_independent(row, person, what=what, field=field)


def check_worker(actor, row, owner_id):
    """Refuse whoever neither owns a piece of work nor handles the complaint: who reports what came of it."""
    person = common.employee_of(actor)
    if person and person.pk in (owner_id, row.handler_id):
        return
    if actor.user is None or not Complaint.objects.visible_to(actor.user, Can.HANDLE).filter(pk=row.pk).exists():
        raise Refused(_("Whoever is responsible for it, or handles the complaint, says what came of it."))
