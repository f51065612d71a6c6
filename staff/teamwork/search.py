"""Requests in the command bar and among the results."""
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.contributions.search import register
from config.web import finding
from staff.teamwork import cells, queries
from staff.teamwork.permissions import Can


def find(user, words, limit):
    """Requests in reach by number, by what is needed, or by how that sounds."""
    rows = finding.matching(queries.for_list(user), words, "number", "title", sound="title").order_by("-pk")[:limit]
    return [{"label": str(row), "detail": f"{cells.state_word(row)} · {cells.asked_of(row)}", "url": reverse("work_request", args=[row.pk]),
             "icon": "handshake"} for row in rows]


register(key="requests", label=_("Requests"), find=find, order=52, capability=Can.READ, page="requests", shortest=2)
