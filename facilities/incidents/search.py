"""Incidents in the command bar and among the results: by number, place, or words of the report."""
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.contributions.search import register
from config.web import finding
from config.web.templatetags.hk import moment
from facilities.incidents import cells, queries
from facilities.incidents.permissions import Can


def find(user, words, limit):
    """The newest incidents in reach that fit."""
    rows = finding.matching(queries.for_list(user), words, "number", "place", "description", sound="place").order_by("-happened_at", "-pk")[:limit]
    return [{"label": str(row), "detail": f"{cells.state_word(row)} · {moment(row.happened_at)} · {row.hall} {row.place}",
             "url": reverse("incident", args=[row.pk]), "icon": "siren"} for row in rows]


register(key="incidents", label=_("Incidents"), find=find, order=67, capability=Can.READ, page="incidents", shortest=2)
