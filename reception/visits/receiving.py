"""Writing how halls receive: reception templates, which hall uses which, purposes and sources (REC-02 to REC-04)."""
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from reception.visits.models import HallReception, ReceptionTemplate, TemplateVersion


@transaction.atomic
def add_version(actor, template, *, steps, fields, valid_from, today, reason, opened_on):
    """The next version of a template, in force from `valid_from`. Earlier versions stay as they are, and so do their visits.

    `opened_on` is the number of the newest version when the form was opened; refused when another came meanwhile.
    """
    template = ReceptionTemplate.objects.select_for_update().get(pk=template.pk)
    newest = template.versions.order_by("-number").first()
    if newest and newest.number != opened_on:
        raise Refused(_("Version %(number)s was written after you opened this form. Open the template again and look at it first.") % {"number": newest.number})
    if valid_from <= today:
        raise Refused(_("The day has begun already. Choose a later one: today's visits keep the version they were received by."), field="valid_from")
    version = TemplateVersion(template=template, number=newest.number + 1 if newest else 1, valid_from=valid_from, steps=steps, fields=fields,
                              created_by=actor.user)
    return trace.save(actor, version, act="new version", reason=reason)


@transaction.atomic
def use_in_halls(actor, template, halls):
    """Let exactly these halls receive by `template`: the others that did so go without one until they get another."""
    template = ReceptionTemplate.objects.select_for_update().get(pk=template.pk)
    kept = {hall.pk for hall in halls}
    for row in HallReception.objects.select_for_update().filter(template=template).exclude(hall__in=kept):
        trace.delete(actor, row, act="no longer received by")
    for row in HallReception.objects.select_for_update().filter(hall__in=kept).exclude(template=template):
        row.template = template
        trace.save(actor, row, act="received by another template")
    known = set(HallReception.objects.filter(template=template).values_list("hall_id", flat=True))
    for hall in halls:
        if hall.pk not in known:
            trace.save(actor, HallReception(hall=hall, template=template), act="received by a template")


@transaction.atomic
def write_choice(actor, choice, *, name, is_active, order, service=None):
    """Save a purpose or a source: its names, whether it is still offered, its place in the list; for a purpose its usual service.

    A new one gets a code of its own. Visits keep what they were logged with, also when it is no longer offered.
    """
    choice.name, choice.is_active, choice.order = name, is_active, order
    if hasattr(choice, "service_id"):
        choice.service = service
    if not choice.code:
        choice.code = f"own-{secrets.token_hex(4)}"
    return trace.save(actor, choice, act="changed" if choice.pk else "added")
