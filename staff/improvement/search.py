"""Improvement items in the command bar."""
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.accounts.access import may
from config.contributions.search import register
from staff.improvement import cells
from staff.improvement.models import Action
from staff.improvement.permissions import Can


def find(user, words, limit):
    """Items by number or a part of the problem."""
    asked = words.strip()
    if len(asked) < 2 or not may(user, Can.READ):
        return []
    found = Action.objects.visible_to(user).filter(Q(number__icontains=asked) | Q(problem__icontains=asked)).order_by("-pk")[:limit]
    return [{"label": str(row), "detail": cells.state_word(row), "url": reverse("improvement", args=[row.pk]), "icon": "clipboard-check"} for row in found]


register(key="improvements", label=_("Improvement register"), find=find, order=72)
