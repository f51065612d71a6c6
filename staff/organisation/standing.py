"""In whose right somebody decides: the own, or as a deputy that of the person represented (GEN-02)."""
from dataclasses import replace

from django.utils.translation import gettext as _

from config.errors import Refused
from staff.organisation.access import grants_of, joined, present
from staff.organisation.models import Employee


def rights_by_person(user, capability):
    """{employee id: Reach} of a capability that this person has today: by the own roles first, then by those of each person represented."""
    employee, roles = present(user)
    if employee is None:
        return {}
    grants = {pk: grants_of(employee, [role for role in roles if role.employee_id == pk]).get(str(capability))
              for pk in dict.fromkeys([employee.pk, *(role.employee_id for role in roles)])}
    return {pk: joined(found, user.pk, employee.pk) for pk, found in grants.items() if found}


def covers(far, hall_id):
    """Whether a reach goes over a matter of this hall; one without a hall is the whole company's."""
    return far.everything or (hall_id is not None and hall_id in far.halls)


def deciding(actor, capability, hall_id, asked_by):
    """The actor with the person in whose right they decide a matter of `asked_by` (an account): whoever has the right themselves acts for
    nobody. Refuses the own matter, and as a deputy one of the person represented."""
    if actor.user is None or actor.user.pk == asked_by.pk:
        raise Refused(_("You asked for this yourself. Somebody else who may decide it has to."))
    rights = rights_by_person(actor.user, capability)
    found = [pk for pk, far in rights.items() if covers(far, hall_id)]
    if not found or found[0] == present(actor.user)[0].pk:
        return actor
    represented = list(Employee.objects.filter(pk__in=found).exclude(user=None).select_related("user").order_by("pk"))
    for person in represented:
        if person.user_id != asked_by.pk:
            return replace(actor, on_behalf_of=person.user)
    raise Refused(_("%(name)s asked for this, for whom you stand in. Somebody with a right of their own has to decide it.") % {"name": asked_by})
