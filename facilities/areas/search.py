"""Areas in the command bar and among the results: by name in any language, or by how it sounds."""
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.contributions.search import register
from config.web.choices import word
from facilities.areas.models import Area
from facilities.areas.permissions import Can
from staff.organisation.search import called


def find(user, words, limit):
    """Areas of the halls in reach, those in use first."""
    rows = sorted(called(Area.objects.visible_to(user).select_related("hall"), words), key=lambda row: not row.is_active)
    return [{"label": str(row), "detail": f"{row.hall} · {word(row, 'kind')}", "url": reverse("area", args=[row.pk]), "icon": "map-pin"}
            for row in rows[:limit]]


register(key="areas", label=_("Areas"), find=find, order=65, capability=Can.READ)
