"""The archive as other rooms point at it."""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.contributions.records import register
from config.web.templatetags.hk import day
from staff.archive.services import requests, stocktakes

ITEM = "archive_item"


def title_of_item(item):
    """What a link shows."""
    return f"{item.number} {item.title}"


def title_of_request(request):
    """What a link shows."""
    return _("%(number)s by %(who)s") % {"number": request.number, "who": request.asked_by.name}


def title_of_stocktaking(stocktaking):
    """What a link shows."""
    return _("Archive stocktaking of %(day)s") % {"day": day(stocktaking.slot)}


register(key=ITEM, model="staff.ArchiveItem", label=gettext_lazy("Archive item"), title=title_of_item, page="archive_item",
         confidentiality="confidential", number="AR")
register(key=requests.KIND, model="staff.AccessRequest", label=gettext_lazy("Archive access request"), title=title_of_request, page="archive_request",
         confidentiality="confidential", number="AA", joins=("asked_by",))
register(key=stocktakes.KIND, model="staff.Stocktaking", label=gettext_lazy("Archive stocktaking"), title=title_of_stocktaking, page="stocktaking",
         confidentiality="internal")
