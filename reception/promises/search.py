"""Promises that are still to be kept, in the command bar."""
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.accounts.access import may
from config.contributions.search import register
from config.web.templatetags import hk
from reception.promises import cells, queries, states
from reception.promises.permissions import Can


def find(user, words, limit):
    """The running promises in reach whose words hold the text, the next first; few are running at a time."""
    words = words.strip()
    if not may(user, Can.READ) or len(words) < 2:
        return []
    rows = queries.for_list(user).filter(state__in=states.RUNNING, what__icontains=words).order_by("due_at", "pk")[:limit]
    return [{"label": row.what, "detail": f"{row.customer} · {cells.state_word(row)} · {hk.moment(row.due_at)}", "url": reverse("promise", args=[row.pk]),
             "icon": "handshake"} for row in rows]


register(key="promises", label=_("Promises"), find=find, order=40)
