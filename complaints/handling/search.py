"""Complaints in the command bar and among the results: by number, public code, name, telephone, or words of the matter."""
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from complaints.handling.models import Complaint
from complaints.handling.permissions import Can
from config.contributions.search import register
from config.web import finding
from config.web.choices import word
from config.web.templatetags.hk import moment


def find(user, words, limit):
    """The newest complaints in reach that fit."""
    rows = Complaint.objects.visible_to(user).select_related("hall")
    found = finding.matching(rows, words, "number", "public_code", "contact_name", "contact_phone", "matter", sound="contact_name")
    return [{"label": str(row), "detail": f"{word(row, 'kind')} · {word(row, 'state')} · {moment(row.received_at)} · {row.hall}",
             "url": reverse("complaint", args=[row.pk]), "icon": "message-square-warning"} for row in found.order_by("-received_at", "-pk")[:limit]]


register(key="complaints", label=_("Complaints"), find=find, order=30, capability=Can.READ, page="complaints", shortest=2)
