"""The archive in the command bar and among the results: items, requests for access, stocktakings."""
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.contributions.search import register
from config.web import finding
from config.web.choices import word
from config.web.templatetags.hk import day
from staff.archive.models import AccessRequest, ArchiveItem, Stocktaking
from staff.archive.permissions import Can
from staff.archive.records import title_of_item, title_of_request, title_of_stocktaking


def find(user, words, limit):
    """Items by number, or by a part of the title as it is written or as it sounds."""
    rows = finding.matching(ArchiveItem.objects.visible_to(user), words, "number", "title", sound="title").order_by("-pk")[:limit]
    return [{"label": title_of_item(item), "detail": word(item, "kind"), "url": reverse("archive_item", args=[item.pk]), "icon": "archive"} for item in rows]


def find_requests(user, words, limit):
    """Requests for access by number, reason, or who asks."""
    rows = finding.matching(AccessRequest.objects.visible_to(user), words, "number", "reason", "asked_by__name")
    return [{"label": title_of_request(row), "detail": f"{word(row, 'state')} · {row.reason}", "url": reverse("archive_request", args=[row.pk]),
             "icon": "file-lock"} for row in rows.select_related("asked_by").order_by("-pk")[:limit]]


def find_stocktakings(user, words, limit):
    """Stocktakings by hall, or by the day on which they began."""
    rows = finding.matching(Stocktaking.objects.visible_to(user), words, "slot", texts=("hall__name",))
    return [{"label": title_of_stocktaking(row), "detail": f"{row.hall} · {word(row, 'state')} · {day(row.due_on)}",
             "url": reverse("stocktaking", args=[row.pk]), "icon": "clipboard-list"} for row in rows.select_related("hall").order_by("-slot", "-pk")[:limit]]


register(key="archive", label=_("Archive"), find=find, order=70, capability=Can.READ, page="archive", shortest=2)
register(key="archive-requests", label=_("Access to the archive"), find=find_requests, order=71, capability=Can.READ, page="archive_requests", shortest=2)
register(key="stocktakings", label=_("Stocktakings"), find=find_stocktakings, order=72, capability=Can.READ, shortest=2)
