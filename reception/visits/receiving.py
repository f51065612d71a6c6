"""Writing how halls receive: a new version of a reception template (REC-03, REC-04)."""
from django.db import transaction
from django.utils.translation import gettext as _

from config.accounts import trace
from config.errors import Refused
from reception.visits.models import ReceptionTemplate, TemplateVersion


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
