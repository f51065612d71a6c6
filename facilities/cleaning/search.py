"""Cleaning rounds among the results: by day, hall, who did it, or the reason that was written."""
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.contributions.search import register
from config.web import finding
from config.web.choices import word
from facilities.cleaning import queries
from facilities.cleaning.permissions import Can
from facilities.cleaning.records import title


def find(user, words, limit):
    """The newest rounds in reach that fit."""
    rows = finding.matching(queries.rounds_for_list(user), words, "day", "reason", "done_by__name", texts=("hall__name",)).order_by("-day", "-pk")[:limit]
    return [{"label": title(row), "detail": f"{row.hall} · {word(row, 'state')}", "url": reverse("round", args=[row.pk]), "icon": "brush-cleaning"}
            for row in rows]


register(key="rounds", label=_("Cleaning rounds"), find=find, order=66, capability=Can.READ, shortest=2)
