"""The areas somebody is responsible for go to the successor."""
from django.utils.translation import gettext_lazy as _

from config.accounts import trace
from config.contributions.holdings import register
from facilities.areas.models import Area
from facilities.areas.permissions import Can


def hand_over(actor, records, to, now, reason=""):
    """Make the successor responsible."""
    for area in records.select_for_update(of=("self",)):
        area.responsible = to
        trace.save(actor, area, "responsible", act="handed over", reason=reason)


register(key="areas", label=_("Areas in one's care"), owned=lambda employee: Area.objects.filter(responsible=employee), hand_over=hand_over,
         capability=Can.EDIT)
