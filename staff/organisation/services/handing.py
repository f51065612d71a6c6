"""Handing over what a person holds, to one colleague and in one go, while both go on working here."""
from django.db import transaction
from django.utils.translation import gettext as _

from config.accounts.access import may
from config.contributions.holdings import HOLDINGS
from config.errors import Refused
from staff.organisation.models import Employee
from staff.organisation.permissions import Can
from staff.organisation.queries import is_within


def may_hand_over(user, employee, holding):
    """Whether this person hands over what `employee` holds of that kind: by the right over such records where it reaches the employee, or
    by keeping the organisation. Nobody does it with their own, so that a superior knows of it."""
    if employee.user_id == user.pk:
        return False
    return may(user, Can.EDIT) or is_within(user, employee, holding.capability)


def sees_holdings(user, employee):
    """Whether this person may see what `employee` holds: the own, what a right over such records reaches, and whoever keeps the organisation."""
    return employee.user_id == user.pk or may(user, Can.EDIT) or any(is_within(user, employee, holding.capability) for holding in HOLDINGS.all())


@transaction.atomic
def hand_over_holdings(actor, employee, *, keys, to, reason, now):
    """Give what `employee` holds of these registry keys to `to`, each room in its own way, all of it or nothing; returns [(Holding, count)]."""
    people = {one.pk: one for one in Employee.objects.select_for_update().filter(pk__in=[employee.pk, to.pk]).order_by("pk")}
    employee, to = people[employee.pk], people[to.pk]
    chosen = [holding for holding in HOLDINGS.all() if holding.key in keys]
    if to.pk == employee.pk or to.state != Employee.State.ON_DUTY:
        raise Refused(_("%(name)s cannot take this over. Enter somebody else who is on duty.") % {"name": to.name}, field="to")
    for holding in chosen:
        check_right(actor, employee, holding, to)
    held = [(holding, count) for holding in chosen if (count := holding.owned(employee).count())]
    if not held:
        raise Refused(_("%(name)s holds nothing of this any more. Open the page again.") % {"name": employee.name})
    for holding, _count in held:
        holding.hand_over(actor, holding.owned(employee), to, now, reason=reason)
    return held


def check_right(actor, employee, holding, to):
    """Both people have to lie within the right by which the records are given."""
    if actor.user is None:
        return
    if not may_hand_over(actor.user, employee, holding):
        raise Refused(_("“%(what)s” of %(name)s is not yours to hand over. Ask a superior or human resources.") % {
            "what": holding.label, "name": employee.name}, field="keys")
    if not (may(actor.user, Can.EDIT) or is_within(actor.user, to, holding.capability)):
        raise Refused(_("%(name)s works outside your halls and teams. Enter somebody within them, or ask human resources.") % {"name": to.name}, field="to")
