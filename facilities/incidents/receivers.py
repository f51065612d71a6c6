"""What the incidents room hears of others."""
from django.dispatch import receiver
from django.utils.translation import gettext as _

from config.web.templatetags.hk import day
from facilities.incidents import services
from facilities.incidents.models import Incident
from staff.archive.events import items_missing
from staff.archive.models import ArchiveItem, Stocktaking
from staff.archive.records import ITEM
from staff.archive.services.stocktakes import KIND as STOCKTAKING


@receiver(items_missing, dispatch_uid="incidents")
def papers_are_missing(sender, stocktaking_id, item_ids, actor, now, **more):
    """What a stocktaking did not find is an incident, one for all of it (REC-81)."""
    taking = Stocktaking.objects.select_related("hall__department__head__user", "hall__manager__user").get(pk=stocktaking_id)
    if Incident.objects.filter(source_kind=STOCKTAKING, source_id=taking.pk).exists():
        return
    numbers = ", ".join(ArchiveItem.objects.filter(pk__in=item_ids).order_by("pk").values_list("number", flat=True))
    services.report(
        actor, kind=Incident.Kind.ARCHIVE, hall=taking.hall, place=_("Archive"), happened_at=now, now=now, source=(STOCKTAKING, taking.pk),
        description=_("The stocktaking of %(day)s did not find: %(numbers)s.") % {"day": day(taking.slot), "numbers": numbers},
        things=[(ITEM, pk) for pk in item_ids])
