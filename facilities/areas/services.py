"""Verbs on areas (FAC-01)."""
from django.db import transaction
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from config.web.versions import claim_version
from facilities.areas.models import Area
from staff.organisation.models import Employee

FACTS = ("name", "kind", "floor", "capacity", "responsible", "is_active", "order")


@transaction.atomic
def create_area(actor, *, hall, now, **facts):
    """A new area in a hall."""
    check_keeper(facts.get("responsible"))
    return trace.save(actor, Area(hall=hall, **facts), act="created")


@transaction.atomic
def change_area(actor, area, *, version=None, now, **facts):
    """Change an area, or take it out of use. It stays in its hall: what happened in it happened there."""
    area = Area.objects.select_for_update(of=("self",)).select_related("responsible").get(pk=area.pk)
    claim_version(area, version)
    if facts["responsible"] != area.responsible:
        check_keeper(facts["responsible"])
    for name in FACTS:
        setattr(area, name, facts[name])
    return trace.save(actor, area, *FACTS, "version", act="changed")


def check_keeper(person):
    """Who is responsible works here."""
    if person and person.state != Employee.State.ON_DUTY:
        raise Refused(_("%(name)s is not on duty. Enter somebody who is.") % {"name": person.name}, field="responsible")
