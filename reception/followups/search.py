"""Follow-ups among the results: by whom to call."""
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.contributions.search import register
from config.web.choices import word
from config.web.templatetags.hk import day
from reception.followups import queries
from reception.followups.permissions import Can
from reception.followups.records import title


def find(user, words, limit):
    """The follow-ups in reach of customers whose name or number fits, what is due last first."""
    rows = queries.narrowed(queries.for_list(user), user, words).order_by("-due_at", "-pk")[:limit]
    return [{"label": title(row), "detail": f"{word(row, 'state')} · {day(row.due_at)} · {row.hall}", "url": reverse("follow_up", args=[row.pk]),
             "icon": "phone-outgoing"} for row in rows]


register(key="follow-ups", label=_("Follow-ups"), find=find, order=32, capability=Can.READ, page="follow_ups", shortest=2)
