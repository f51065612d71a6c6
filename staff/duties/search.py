"""What is due in the command bar and among the results: by what is to be done, or by who has to."""
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.contributions.search import register
from config.web.choices import word
from config.web.templatetags.hk import moment
from staff.duties import cells, queries, states
from staff.duties.permissions import Can


def find(user, words, limit):
    """What is open or was missed in reach, the next first; two statements, and one a kind of record that it is about."""
    rows = list(queries.visible_to(user).filter(queries.meant(words), state__in=[states.OPEN, states.MISSED]).select_related("hall", "employee").order_by(
        "due_at", "pk")[:limit])
    return [{"label": one.title, "detail": f"{one.label} · {word(one.duty, 'state')} · {moment(one.duty.due_at)} · {cells.whose(one.duty)}",
             "url": one.address or reverse(queries.LIST), "icon": "calendar-check"} for one in queries.told(rows, user, timezone.now())]


register(key="duties", label=_("What is due"), find=find, order=45, capability=Can.READ, page="duties", shortest=2)
