"""Visits in the command bar: by number, by ticket, by what finds the customer."""
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.accounts.access import may
from config.contributions import search
from reception.visits import queries
from reception.visits.permissions import Can


def find(user, words, limit):
    """The newest visits in reach that the words may mean."""
    if not may(user, Can.READ) or len(words.strip()) < 2:
        return []
    rows = queries.narrowed(queries.visits_for_list(user), user, words.strip()).order_by("-arrived_at", "-pk")[:limit]
    return [{"label": f"{visit.number} {visit.shown_name}".strip(), "detail": f"{visit.hall} · {visit.purpose}", "url": reverse("visit", args=[visit.pk]),
             "icon": "footprints"} for visit in rows]


search.register(key="visits", label=_("Visits"), find=find, order=30)
